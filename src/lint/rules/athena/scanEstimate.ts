import type { Table } from '../../../catalog/catalog';
import { valuesOf } from '../../../scan/domain';
import { allColumns } from '../../../scan/plan';
import { prune } from '../../../scan/prune';
import type { TableScan } from '../../../scan/scan';
import { readType } from '../../../scan/sqlType';
import { someTerm } from '../../../scan/term';

/** Dollars a terabyte in most regions (Athena's price list). */
const perTerabyte = 5;

/** What so many bytes cost to scan, in USD. */
export function costOf(bytes: number): number {
  return (bytes / 2 ** 40) * perTerabyte;
}

/**
 * About how many bytes a scan reads: what is left of its partitions, and of a columnar file the columns that are
 * needed. Undefined when the table's size is not known, or how much of it the filters leave.
 */
export function bytesRead(scan: TableScan): number | undefined {
  const bytes = bytesReached(scan);
  return bytes === undefined || scan.table === undefined ? undefined : bytes * columnShare(scan, scan.table);
}

/** How large the partitions of a scan are, whichever of their columns it needs. */
export function bytesReached(scan: TableScan): number | undefined {
  const { table } = scan;
  if (table?.bytes === undefined) return undefined;
  const partitions = partitionShare(scan, table);
  return partitions === undefined ? undefined : table.bytes * partitions;
}

function partitionShare(scan: TableScan, table: Table): number | undefined {
  // Other formats skip files by statistics that are not known here.
  if (table.kind !== undefined && table.kind !== 'hive') return scan.conditions.length === 0 ? 1 : undefined;
  if (scan.keys.length === 0) return 1;
  const verdicts = scan.keys.map(({ verdict }) => verdict);
  if (verdicts.every(({ kind }) => kind === 'none' || kind === 'blocked')) return 1;
  if (verdicts.some(({ kind }) => kind === 'unknown' || kind === 'dynamic') || asksTheClock(scan))
    return undefined;
  const listed = table.partitionValues;
  if (listed !== undefined) {
    if (listed.length === 0) return undefined;
    return (
      prune(
        scan,
        listed.map((values) => ({ values })),
        0,
      ).partitions.length / listed.length
    );
  }
  if (table.partitionCount === undefined || table.partitionCount === 0) return undefined;
  let count = 1;
  for (const verdict of verdicts) {
    const values = verdict.kind === 'prunes' ? valuesOf(verdict.domain) : undefined;
    if (values === undefined) return undefined;
    count *= values.length;
  }
  return Math.min(1, count / table.partitionCount);
}

const clocks = new Set(['current_date', 'current_timestamp', 'localtimestamp', 'now']);

function asksTheClock({ conditions }: TableScan): boolean {
  return conditions.some(({ term }) =>
    someTerm(term, (part) => part.kind === 'apply' && clocks.has(part.operator)),
  );
}

function columnShare({ columns, keysOnly }: TableScan, table: Table): number {
  if (table.format !== 'parquet' && table.format !== 'orc') return 1;
  if (columns === 'all') return 1;
  if (keysOnly) return 0;
  const keys = new Set(table.partitionKeys.map(({ name }) => name));
  const size = (name: string, type: string): number => table.columnBytes?.[name] ?? width(type);
  let read = 0;
  let whole = 0;
  for (const { name, type } of allColumns(table)) {
    if (keys.has(name)) continue;
    whole += size(name, type);
    if (columns.includes(name)) read += size(name, type);
  }
  return whole === 0 ? 1 : read / whole;
}

const widths: Readonly<Record<string, number>> = {
  boolean: 1,
  tinyint: 1,
  smallint: 2,
  integer: 4,
  real: 4,
  date: 4,
  bigint: 8,
  double: 8,
  decimal: 8,
  timestamp: 8,
  varchar: 16,
};

// Texts and nested values weigh more than numbers; how much more only the files tell.
function width(type: string): number {
  return widths[readType(type).base] ?? 40;
}
