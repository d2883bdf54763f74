import type { Table } from '../catalog/catalog';

/** What is known of a run's targets without asking: its input, and places or tables that its pipeline names. */
export interface WrittenBy {
  /** JSON text. */
  readonly input?: string;
  /** `s3://` addresses, or tables as `database.table`. */
  readonly targets?: readonly string[];
}

/** Planning costs requests: no more tables than this are looked at after a run. */
const mostTables = 3;

/**
 * The partitioned tables that a run may have written partitions of: those that lie at, below or above an `s3://`
 * address it names, and those it names as `database.table`. The closest fit first, at most three.
 */
export function writtenTables(run: WrittenBy, tables: readonly Table[]): readonly Table[] {
  const texts = [...textsIn(parsed(run.input)), ...(run.targets ?? [])];
  const addresses = texts.flatMap((text) =>
    [...text.matchAll(/s3[an]?:\/\/[^\s"'`,;<>]+/g)].map(([all]) => all),
  );
  const names = new Set(texts.map((text) => text.toLowerCase()));
  const fits = tables.flatMap((table) => {
    const fit = fitOf(table, { addresses, names });
    return fit === undefined ? [] : [{ table, fit }];
  });
  // A table may be known from more than one source.
  const closest = new Map<string, Table>();
  for (const { table } of fits.toSorted((a, b) => a.fit - b.fit)) {
    const name = `${table.database}.${table.name}`;
    if (!closest.has(name)) closest.set(name, table);
  }
  return [...closest.values()].slice(0, mostTables);
}

/** How far a table is from what was named, 0 for the very place; `undefined`: another place altogether. */
function fitOf(
  table: Table,
  named: { readonly addresses: readonly string[]; readonly names: ReadonlySet<string> },
): number | undefined {
  if (table.partitionKeys.length === 0 || table.location === undefined) return undefined;
  if (table.kind !== undefined && table.kind !== 'hive') return undefined;
  if (named.names.has(`${table.database}.${table.name}`.toLowerCase())) return 0;
  const place = folderOf(table.location);
  const distances = named.addresses.map(folderOf).flatMap((address) => {
    if (!address.startsWith(place) && !place.startsWith(address)) return [];
    // A bare bucket names nothing: every table in it would lie below.
    if (address.split('/').length < 3 && place !== address) return [];
    return [Math.abs(address.length - place.length)];
  });
  return distances.length === 0 ? undefined : Math.min(...distances);
}

/** `bucket/prefix/`, the same for all spellings of the scheme. */
function folderOf(address: string): string {
  const path = address.replace(/^s3[an]?:\/\//, '');
  return path.endsWith('/') ? path : `${path}/`;
}

function parsed(input: string | undefined): unknown {
  if (input === undefined) return undefined;
  try {
    return JSON.parse(input) as unknown;
  } catch {
    return input;
  }
}

/** Every text in a JSON value, and pairs that name a table or a key in a bucket, joined. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.values(value).flatMap(textsIn);
  return [...own, ...joined(Object.entries(value))];
}

/** `{ "database": "bank", "table": "payments" }` names a table, `{ "bucket": "b", "key": "k" }` a place. */
function joined(entries: readonly (readonly [string, unknown])[]): readonly string[] {
  const find = (wanted: RegExp): string | undefined => {
    const found = entries.find(
      ([name, value]) => typeof value === 'string' && wanted.test(name.replace(/^-+/, '')),
    );
    return found === undefined ? undefined : String(found[1]);
  };
  const database = find(/^(target_?)?(database|db)(_?name)?$/i);
  const table = find(/^(target_?)?table(_?name)?$/i);
  const bucket = find(/^(target_?)?bucket(_?name)?$/i);
  const key = find(/^(target_?)?(key|prefix|path)$/i);
  return [
    ...(database === undefined || table === undefined ? [] : [`${database}.${table}`]),
    ...(bucket === undefined || key === undefined || key.includes('://') ? [] : [`s3://${bucket}/${key}`]),
  ];
}
