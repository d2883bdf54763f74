import { formatBytes } from '../../../base/format';
import type { TableScan } from '../../../scan/scan';
import { readsKnownTable } from '../../../scan/knownTables';
import { analyse } from '../../../scan/scansOf';
import { defineRule } from '../../rule';
import { bytesRead } from './scanEstimate';
import { eachStatement } from './wholeStatement';

const worthIt = 1024 ** 3;

/** The same part of a table, read more than once. */
export const athenaRepeatedScan = defineRule({
  code: 'ATH139',
  id: 'athena-repeated-scan',
  dialects: ['athena'],
  severity: 'information',
  title: 'Read a table once',
  why: 'A WITH query is not kept: it runs, and is billed, each time it is named. Aggregates with FILTER or CASE often get by on one reading.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html'],
  catalog:
    'CREATE EXTERNAL TABLE logins (account string, device string, succeeded boolean) PARTITIONED BY (dt string) STORED AS PARQUET',
  figures: { logins: { bytes: 900_000_000_000, partitionCount: 300 } },
  bad: "WITH day AS (SELECT account, succeeded FROM logins WHERE dt = '2025-03-09') SELECT a.account FROM day a JOIN day b ON a.account = b.account WHERE a.succeeded AND NOT b.succeeded",
  good: "SELECT account FROM logins WHERE dt = '2025-03-09' GROUP BY account HAVING bool_or(succeeded) AND NOT bool_and(succeeded)",
  on: eachStatement(({ statement, catalog, report }) => {
    if (statement.body.kind === 'CreateView' || statement.body.kind === 'WrapperStatement') return;
    if (!readsKnownTable(statement, catalog)) return;
    const readings = new Map<string, { readonly scan: TableScan; readonly bytes: number; count: number }>();
    for (const scan of analyse(statement, catalog).scans) {
      const bytes = bytesRead(scan);
      if (scan.table === undefined || bytes === undefined || bytes <= worthIt) continue;
      const key = keyOf(scan);
      const same = readings.get(key);
      if (same === undefined) readings.set(key, { scan, bytes, count: 1 });
      else same.count++;
    }
    for (const { scan, bytes, count } of readings.values()) {
      if (count < 2) continue;
      report(
        scan.ref.name,
        `${scan.table?.name ?? ''} is read ${count} times, about ${formatBytes(bytes)} each: up to ${formatBytes(bytes * (count - 1))} could be spared.`,
      );
    }
  }),
});

/** The same for readings of one table that leave the same partitions. */
function keyOf({ table, keys }: TableScan): string {
  const domains = keys.map(({ verdict }) => (verdict.kind === 'prunes' ? verdict.domain : verdict.kind));
  return JSON.stringify([table?.database, table?.name, domains], (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}
