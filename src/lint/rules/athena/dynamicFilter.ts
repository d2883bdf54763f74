import type { Table } from '../../../catalog/catalog';
import type { TableScan } from '../../../scan/scan';

/** The key of a scan that is limited only by what a subquery or join gives while the query runs. */
export function dynamicKey(
  scan: TableScan & { readonly table: Table },
  by: 'join' | 'subquery',
): TableScan['keys'][number] | undefined {
  const { keys, table } = scan;
  if (table.partitionCount !== undefined && table.partitionCount <= 1) return undefined;
  // A constant on any key bounds what is read, and what is unknown might.
  const bounded = keys.some(({ verdict }) => ['prunes', 'late', 'unknown'].includes(verdict.kind));
  if (bounded) return undefined;
  return keys.find(({ verdict }) => verdict.kind === 'dynamic' && verdict.by === by);
}
