import type { CatalogSnapshot, Table } from '../../src/catalog/catalog';
import type { TableScan } from '../../src/scan/scan';
import { analyse, scansOf } from '../../src/scan/scansOf';
import { parseStatement } from '../../src/sql/parse';

/** `t(id bigint, d date) by year int, month int` as a table of Parquet files. */
export function tableOf(definition: string, more: Partial<Table> = {}): Table {
  const match = /^(\w+)\((.*?)\)(?: by (.*))?$/.exec(definition);
  const columns = (list: string | undefined) =>
    (list ?? '')
      .split(/,\s*(?![^()]*\))/)
      .filter((part) => part !== '')
      .map((part) => ({ name: part.split(' ')[0] ?? '', type: part.split(' ').slice(1).join(' ') }));
  return {
    database: 'bank',
    name: match?.[1] ?? '',
    columns: columns(match?.[2]),
    partitionKeys: columns(match?.[3]),
    kind: 'hive',
    format: 'parquet',
    ...more,
  };
}

/** A catalog of these tables, found by name alone or with the database `bank`. */
export function snapshotOf(...tables: readonly Table[]): CatalogSnapshot {
  return {
    table: (parts) =>
      parts.length > 1 && parts.at(-2) !== 'bank'
        ? undefined
        : tables.find((table) => table.name === parts.at(-1)),
  };
}

export const demoTable = tableOf(
  'customer_transactions(transaction_id string, customer_id string, transaction_date date, amount decimal(18,2), transaction_type string) by year int, month int, day int',
  { partitionCount: 731, newestPartition: ['2024', '12', '30'] },
);

/** The scans of an Athena statement. */
export function scans(sql: string, ...tables: readonly Table[]): readonly TableScan[] {
  return scansOf(parseStatement(sql, 'athena'), snapshotOf(...tables));
}

/** The analysis of an Athena statement. */
export function analysed(sql: string, ...tables: readonly Table[]) {
  return analyse(parseStatement(sql, 'athena'), snapshotOf(...tables));
}

/** The only scan. */
export function scan(sql: string, ...tables: readonly Table[]): TableScan {
  const [first, ...others] = scans(sql, ...tables);
  if (first === undefined || others.length > 0) throw new Error(`${others.length + 1} scans`);
  return first;
}

/** `dt: prunes exactly` and the like, one a key; of several tables one a table. */
export function verdicts(sql: string, ...tables: readonly Table[]): string {
  return scans(sql, ...tables)
    .map(({ table, keys }) => {
      const words = keys.map(({ key, verdict }) => {
        switch (verdict.kind) {
          case 'prunes':
            return `${key.name} ${verdict.exact ? 'exact' : 'superset'}`;
          case 'late':
            return `${key.name} ${verdict.understood ? 'late' : 'late, amount unknown'}`;
          case 'dynamic':
            return `${key.name} ${verdict.by}`;
          case 'blocked':
            return `${key.name} blocked: ${verdict.reason}`;
          case 'unknown':
            return `${key.name} unknown: ${verdict.why}`;
          case 'none':
          default:
            return `${key.name} none`;
        }
      });
      return `${table?.name ?? 'unknown table'}: ${words.join(', ')}`;
    })
    .join('; ');
}
