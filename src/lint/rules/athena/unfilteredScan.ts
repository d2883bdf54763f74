import { formatBytes, formatCount, formatUsd } from '../../../base/format';
import type { Table } from '../../../catalog/catalog';
import type { TableScan } from '../../../scan/scan';
import { readsKnownTable } from '../../../scan/knownTables';
import { analyse } from '../../../scan/scansOf';
import { columnsIn } from '../../../scan/term';
import type { ParsedStatement, Query, TableRef } from '../../../sql/ast';
import type { Severity } from '../../finding';
import type { RuleContext } from '../../rule';
import { outerSelects } from './outerSelects';
import { stopsEarly } from './stopsEarly';

/** A reading of a Hive table with partition keys, with what is known of the table. */
type PartitionedScan = TableScan & { readonly table: Table };

const none: readonly PartitionedScan[] = [];

// A dozen rules ask of each table of a statement in a row; a context's catalog is made anew for each statement.
let last: {
  readonly catalog: RuleContext['catalog'] | undefined;
  readonly byRef: ReadonlyMap<TableRef, readonly PartitionedScan[]>;
} = { catalog: undefined, byRef: new Map() };

/** The readings of a table at one place in a statement that will really happen, with what is known of the table. */
export function partitionedScans(
  ref: TableRef,
  { statement, catalog }: RuleContext,
): readonly PartitionedScan[] {
  if (last.catalog !== catalog) last = { catalog, byRef: scansByRef(statement, catalog) };
  return last.byRef.get(ref) ?? none;
}

function scansByRef(
  statement: ParsedStatement,
  catalog: RuleContext['catalog'],
): ReadonlyMap<TableRef, readonly PartitionedScan[]> {
  const byRef = new Map<TableRef, PartitionedScan[]>();
  const { body } = statement;
  if (body.kind === 'WrapperStatement' && body.verb === 'EXPLAIN') return byRef;
  if (!readsKnownTable(statement, catalog)) return byRef;
  for (const scan of analyse(statement, catalog).scans) {
    if (!isOfPartitioned(scan)) continue;
    const others = byRef.get(scan.ref);
    if (others === undefined) byRef.set(scan.ref, [scan]);
    else others.push(scan);
  }
  return byRef;
}

function isOfPartitioned(scan: TableScan): scan is PartitionedScan {
  return scan.table !== undefined && scan.table.partitionKeys.length > 0 && isHive(scan.table);
}

/** Other table formats prune by statistics of their own. */
function isHive(table: Table): boolean {
  if (table.kind !== undefined && table.kind !== 'hive') return false;
  const format = (
    table.parameters?.['table_type'] ??
    table.parameters?.['spark.sql.sources.provider'] ??
    ''
  ).toLowerCase();
  return !['iceberg', 'delta', 'hudi'].includes(format);
}

/** True when nothing limits the partitions that a scan reads, and nothing unknown might. */
export function readsEveryPartition(scan: TableScan & { readonly table: Table }): boolean {
  const { table } = scan;
  if (table.partitionCount !== undefined && table.partitionCount <= 1) return false;
  if (table.partitionKeys.some((key) => table.parameters?.[`projection.${key.name}.type`] === 'injected'))
    return false;
  return scan.keys.every(({ verdict }) => verdict.kind === 'none' || verdict.kind === 'blocked');
}

/** True when an OR with something else than keys is what lets every partition through. */
export function isDefeatedByOr(scan: TableScan): boolean {
  return scan.keys.some(({ verdict }) => verdict.kind === 'blocked' && verdict.reason === 'or');
}

/** A scan that costs little however many partitions it reads is worth a hint only. */
export function severityOf(
  scan: TableScan & { readonly table: Table },
  { statement }: RuleContext,
): Severity {
  const { table } = scan;
  const footersOnly =
    scan.keysOnly && (table.format === undefined || table.format === 'parquet' || table.format === 'orc');
  const byPath = scan.conditions.some(({ term }) =>
    columnsIn(term).some((column) => column.name === '$path'),
  );
  const small = table.bytes !== undefined && table.bytes < 100 * 1024 * 1024;
  if (footersOnly || byPath || small) return 'hint';
  const { body } = statement;
  if (body.kind === 'SelectStatement' && body.query.body === scan.select && stopsEarly(body.query))
    return 'hint';
  // A view reads nothing by itself, and a filter on the columns that it gives reaches the table.
  if (body.kind === 'CreateView') return givesKey(body.query, table) ? 'hint' : 'information';
  return 'warning';
}

function givesKey(query: Query, { partitionKeys }: Table): boolean {
  const keys = new Set(partitionKeys.map(({ name }) => name.toLowerCase()));
  return outerSelects(query).some(({ items }) =>
    items.some(
      ({ expression }) =>
        expression.kind === 'Star' ||
        (expression.kind === 'ColumnRef' && keys.has(expression.name.parts.at(-1)?.name.toLowerCase() ?? '')),
    ),
  );
}

/** Dollars a terabyte in most regions, and the least that a query is billed for in bytes (Athena's price list). */
const price = { perTerabyte: 5, terabyte: 2 ** 40, least: 10 * 1024 * 1024 };

/** `all 731 partitions, 88 GB, will be read (about $0.43)`, as far as it is known. */
export function whatIsRead({ partitionCount, bytes }: Table): string {
  const count =
    partitionCount === undefined ? 'every partition' : `all ${formatCount(partitionCount)} partitions`;
  if (bytes === undefined) return `${count} will be read`;
  const cost = (Math.max(bytes, price.least) / price.terabyte) * price.perTerabyte;
  return `${count}, ${formatBytes(bytes)}, will be read (about ${formatUsd(cost)})`;
}

/** `year, month or day`. */
export function listed(names: readonly string[], word: 'or' | 'and'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`;
}
