import { nameOfTable, type CatalogReader, type Column, type Partition, type Table } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { hiveNull, partitionLevel } from '../zones/partitionPrefix';
import { lastPart, parseS3Uri } from '../zones/s3Uri';

/**
 * The values of a table's newest partition in key order, or `undefined` where that cannot be told cheaply.
 * Glue cannot sort, and a table may have 100,000 partitions, so at most `keys + 3` requests are made:
 * 1. two pages of up to 1,000 partitions; when that is all of them, the greatest is the answer;
 * 2. otherwise one S3 listing per key down a `key=value` layout, each time into the greatest prefix;
 * 3. the partition found so is looked up in the catalog, since Athena reads only what the catalog knows;
 *    if it is not there, the greatest of step 1 stands.
 * Of a table with partition projection the catalog knows nothing and Athena reads what S3 has: step 2 alone.
 * Keys are compared by their types, `9` before `10` for numbers.
 */
export async function newestPartition(
  from: { readonly catalog: CatalogReader; readonly store: ObjectStore },
  request: { readonly connection: Connection; readonly table: Table },
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const { connection, table } = request;
  if (table.newestPartition !== undefined) return table.newestPartition;
  if (table.partitionKeys.length === 0) return undefined;
  if (table.parameters?.['projection.enabled']?.toLowerCase() === 'true') {
    return greatestInStore(from.store, request, signal);
  }
  const name = table.linksTo ?? nameOfTable(table);
  const seen: Partition[] = [];
  let next: string | undefined;
  for (let page = 0; page < 2; page += 1) {
    const got = await from.catalog.partitions(
      connection,
      { table: name, limit: 1000, ...(next === undefined ? {} : { next }) },
      signal,
    );
    seen.push(...got.items);
    next = got.next;
    if (next === undefined) break;
  }
  const greatest = greatestOf(
    table.partitionKeys,
    seen.map((one) => one.values),
  );
  if (next === undefined) return greatest;
  const deeper = await greatestInStore(from.store, request, signal);
  if (deeper === undefined) return greatest;
  const expression = onePartition(table.partitionKeys, deeper);
  if (expression === undefined) return greatest;
  const found = await from.catalog.partitions(connection, { table: name, limit: 1, expression }, signal);
  return found.items[0]?.values ?? greatest;
}

/** Walks down `key=value/` prefixes; `undefined` for a layout that has others. */
async function greatestInStore(
  store: ObjectStore,
  { connection, table }: { readonly connection: Connection; readonly table: Table },
  signal: AbortSignal,
): Promise<string[] | undefined> {
  const place = table.location === undefined ? undefined : parseS3Uri(table.location);
  if (place === undefined) return undefined;
  let prefix = place.key === '' || place.key.endsWith('/') ? place.key : `${place.key}/`;
  const values: string[] = [];
  for (const key of table.partitionKeys) {
    const page = await store.list(
      connection,
      { bucket: place.bucket, prefix, delimiter: '/', limit: 1000 },
      signal,
    );
    const levels = page.prefixes.flatMap((one) => {
      const level = partitionLevel(lastPart(one));
      return level?.key === key.name && level.value !== null ? [{ prefix: one, value: level.value }] : [];
    });
    const best = levels.toSorted((a, b) => compare(key, a.value, b.value)).at(-1);
    // More than a page of prefixes: the greatest may be on another one.
    if (best === undefined || page.next !== undefined) return undefined;
    values.push(best.value);
    prefix = best.prefix;
  }
  return values;
}

function greatestOf(
  keys: readonly Column[],
  list: readonly (readonly string[])[],
): readonly string[] | undefined {
  let best: readonly string[] | undefined;
  for (const values of list) {
    if (values.includes(hiveNull)) continue;
    if (best === undefined || compareAll(keys, values, best) > 0) best = values;
  }
  return best;
}

function compareAll(keys: readonly Column[], a: readonly string[], b: readonly string[]): number {
  for (const [at, key] of keys.entries()) {
    const order = compare(key, a[at] ?? '', b[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function compare(key: Column, a: string, b: string): number {
  if (isNumber(key)) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function isNumber({ type }: Column): boolean {
  return /^(tinyint|smallint|int|integer|bigint|float|double|decimal)\b/.test(type);
}

/** One partition in Glue's own filter syntax; `undefined` for names and values that it cannot take. */
export function onePartition(keys: readonly Column[], values: readonly string[]): string | undefined {
  const parts: string[] = [];
  for (const [at, key] of keys.entries()) {
    const value = values[at] ?? '';
    if (!/^\w+$/.test(key.name)) return undefined;
    if (isNumber(key)) {
      if (!/^-?\d+(\.\d+)?$/.test(value)) return undefined;
      parts.push(`${key.name} = ${value.replace(/^(-?)0+(?=\d)/, '$1')}`);
    } else parts.push(`${key.name} = '${value.replaceAll("'", "''")}'`);
  }
  return parts.join(' AND ');
}
