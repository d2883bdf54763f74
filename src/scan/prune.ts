import type { Partition, Table } from '../catalog/catalog';
import { domainOf } from './columnDomain';
import { contains, everything, intersection, isEverything, type Domain } from './domain';
import { evaluate } from './evaluate';
import type { TableScan } from './scan';
import { readType } from './sqlType';
import { allTerms, someTerm } from './term';
import { readKeyValue, type Value } from './value';
import { keyColumn } from './verdict';

/** What is left of a table's partitions. */
export interface Pruned<P> {
  readonly partitions: readonly P[];
  /** True when the engine reads exactly these; otherwise it may read fewer, never more. */
  readonly exact: boolean;
}

/**
 * The partitions that a scan may read, by what Athena's engine does with the conditions on their keys.
 * `now` in milliseconds since 1970 is what `current_date` means, in UTC as Athena has it.
 */
export function prune<P extends Pick<Partition, 'values'>>(
  scan: Pick<TableScan, 'relation' | 'conditions'> & { readonly table?: Pick<Table, 'partitionKeys'> },
  partitions: readonly P[],
  now: number,
): Pruned<P> {
  const keys = scan.table?.partitionKeys ?? [];
  const at = new Map(keys.map(({ name, type }, index) => [name, { index, type: readType(type) }]));
  const mentionsKey = scan.conditions.filter(({ term }) =>
    someTerm(term, (part) => part.kind === 'column' && part.relation === scan.relation && at.has(part.name)),
  );
  let exact = mentionsKey.every(({ term }) =>
    allTerms(term).every(
      (part) =>
        part.kind !== 'opaque' &&
        (part.kind !== 'column' || (part.relation === scan.relation && at.has(part.name))),
    ),
  );
  const domains = keys.flatMap((key, index) => {
    const column = keyColumn(key, scan.relation);
    const domain = mentionsKey.reduce<Domain>(
      (all, { term }) => intersection(all, domainOf(term, { column, now })),
      everything,
    );
    return isEverything(domain) ? [] : [{ index, domain, type: readType(key.type) }];
  });
  const left = partitions.filter((partition) => {
    for (const { index, domain, type } of domains) {
      const value = readKeyValue(partition.values[index] ?? '', type);
      if (value !== undefined && contains(domain, value) === false) return false;
    }
    const values = new Map<string, Value | undefined>();
    const column = ({ relation, name }: { relation: number; name: string }): Value | undefined => {
      const key = relation === scan.relation ? at.get(name) : undefined;
      if (key === undefined) return undefined;
      if (!values.has(name)) {
        const value = partition.values[key.index];
        values.set(name, value === undefined ? undefined : readKeyValue(value, key.type));
      }
      return values.get(name);
    };
    let certain = true;
    for (const { term } of mentionsKey) {
      const value = evaluate(term, { column, now });
      if (value === null || (value?.kind === 'boolean' && !value.boolean)) return false;
      if (value === undefined) certain = false;
    }
    exact &&= certain;
    return true;
  });
  return { partitions: left, exact };
}
