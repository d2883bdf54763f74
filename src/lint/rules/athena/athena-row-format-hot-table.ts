import { formatBytes } from '../../../base/format';
import { allColumns } from '../../../scan/plan';
import { readsKnownTable } from '../../../scan/knownTables';
import { analyse } from '../../../scan/scansOf';
import { defineRule } from '../../rule';
import { bytesRead } from './scanEstimate';

const worthIt = 1024 ** 3;
const ownedByAws = /cloudtrail|(^|_)(alb|elb|nlb|vpc|waf|cloudfront)(_|$)|flow_?logs?|access_?logs?/;

/** A few columns of a large table that has to be read whole. */
export const athenaRowFormatHotTable = defineRule({
  code: 'ATH125',
  id: 'athena-row-format-hot-table',
  dialects: ['athena'],
  severity: 'information',
  title: 'Query Parquet or ORC instead of large text files',
  why: 'CSV and JSON are read whole for each column asked for. Parquet and ORC keep the columns apart and compress them better: of all advice on cost it saves the most.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/columnar-storage.html',
    'https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html',
  ],
  catalog:
    "CREATE EXTERNAL TABLE payment_exports (payment_id string, account string, amount string, note string) PARTITIONED BY (dt string) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' LOCATION 's3://lake/raw/payments/'",
  figures: { payment_exports: { bytes: 900_000_000_000, partitionCount: 300 } },
  bad: "SELECT account FROM payment_exports WHERE dt = '2025-03-09'",
  good: "CREATE TABLE payments WITH (format = 'PARQUET', external_location = 's3://lake/payments/', partitioned_by = ARRAY['dt']) AS SELECT payment_id, account, amount, dt FROM payment_exports WHERE dt = '2025-03-09'",
  on: {
    TableRef(ref, { statement, catalog, report }) {
      if (!readsKnownTable(statement, catalog)) return;
      const scan = analyse(statement, catalog).scans.find((each) => each.ref === ref);
      const table = scan?.table;
      if (scan === undefined || table === undefined || scan.columns === 'all') return;
      if (table.format !== 'csv' && table.format !== 'json' && table.format !== 'text') return;
      const { columns } = scan;
      const all = allColumns(table);
      const bytes = bytesRead(scan);
      if (bytes === undefined || bytes <= worthIt || columns.length * 2 >= all.length) return;
      report(
        ref.name,
        `About ${formatBytes(bytes)} of ${table.format === 'text' ? 'text' : table.format.toUpperCase()} are read for ${columns.length} of ${all.length} columns: Parquet would read those alone.`,
        // Logs that AWS writes come as they are.
        { severity: ownedByAws.test(table.name) ? 'hint' : 'information' },
      );
    },
  },
});
