import type { Column } from '../catalog/catalog';
import { domainOf } from './columnDomain';
import { writeValue } from './cast';
import { everything, intersection, isEverything, valuesOf, type Domain } from './domain';
import type { TableScan } from './scan';
import { familyOf, readType } from './sqlType';
import type { Value } from './value';
import { keyColumn } from './verdict';

/** Glue refuses a longer `Expression` in GetPartitions; in bytes. */
export const longestExpression = 2048;

/** Words of JSQLParser, which reads the expression at Glue's side, that cannot name a column there. */
const reserved = new Set(
  `all and any as between both by case cast check connect constraint create cross current_date current_timestamp default
  distinct double else end except exists fetch final first for force foreign from full group grouping having if ilike in
  index inner intersect interval into is join key lateral left like limit minus natural not null offset on only open
  optimize or order outer over partition pivot position procedure public qualify regexp right row rownum select semi set
  some start table tables then top trailing union unique unpivot update use using value values view when where window with xor`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/**
 * The `Expression` for GetPartitions that leaves out what a scan certainly does not read; `undefined` when there
 * is nothing to leave out. Keys of type date and timestamp never take part: Glue compares them as text.
 */
export function glueExpression(
  scan: Pick<TableScan, 'relation' | 'conditions' | 'table'>,
  now: number,
): string | undefined {
  const parts: string[] = [];
  let bytes = 0;
  for (const key of scan.table?.partitionKeys ?? []) {
    const column = keyColumn(key, scan.relation);
    const domain = scan.conditions.reduce<Domain>(
      (all, { term }) => intersection(all, domainOf(term, { column, now })),
      everything,
    );
    const part = isEverything(domain) ? undefined : expressionOf(key, domain);
    if (part === undefined) continue;
    const size = new TextEncoder().encode(part).length + (parts.length === 0 ? 0 : ' AND '.length);
    if (bytes + size > longestExpression) continue;
    parts.push(part);
    bytes += size;
  }
  return parts.length === 0 ? undefined : parts.join(' AND ');
}

function expressionOf(key: Column, domain: Domain): string | undefined {
  const type = readType(key.type);
  const family = familyOf(type);
  // Glue does not find `01` when it is asked for 1: only text is compared as it was written.
  if (
    family !== 'text' ||
    type.base === 'char' ||
    !/^[a-z_]\w*$/i.test(key.name) ||
    reserved.has(key.name.toLowerCase())
  ) {
    return undefined;
  }
  // NULL partitions have a name of their own, and nothing is left out to find none.
  if (domain.nulls || domain.ranges.length === 0) return undefined;
  const values = valuesOf(domain);
  if (values !== undefined) {
    return values.length === 1 && values[0] !== undefined
      ? `${key.name} = ${quoted(values[0])}`
      : `${key.name} IN (${values.map(quoted).join(', ')})`;
  }
  const ranges = domain.ranges.map(({ low, high }) =>
    [
      ...(low === undefined ? [] : [`${key.name} ${low.inclusive ? '>=' : '>'} ${quoted(low.value)}`]),
      ...(high === undefined ? [] : [`${key.name} ${high.inclusive ? '<=' : '<'} ${quoted(high.value)}`]),
    ].join(' AND '),
  );
  if (ranges.some((range) => range === '')) return undefined;
  return ranges.length === 1 ? `(${ranges[0]})` : `(${ranges.map((range) => `(${range})`).join(' OR ')})`;
}

function quoted(value: Exclude<Value, null>): string {
  return `'${(writeValue(value) ?? '').replaceAll("'", "''")}'`;
}
