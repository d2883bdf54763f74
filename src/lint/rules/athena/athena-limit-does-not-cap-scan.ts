import { formatBytes } from '../../../base/format';
import { readsKnownTable } from '../../../scan/knownTables';
import { analyse } from '../../../scan/scansOf';
import { defineRule } from '../../rule';
import { bytesRead } from './scanEstimate';
import { needsAllRows } from './stopsEarly';

const worthIt = 1024 ** 3;

/** A LIMIT behind something that reads everything. */
export const athenaLimitDoesNotCapScan = defineRule({
  code: 'ATH122',
  id: 'athena-limit-does-not-cap-scan',
  dialects: ['athena'],
  severity: 'hint',
  title: 'LIMIT does not make a query cheap',
  why: 'A LIMIT stops early only where rows come early. An ORDER BY, a GROUP BY or a filter that few rows pass needs all of the input, and all of it is billed: filter the partitions.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html'],
  catalog:
    'CREATE EXTERNAL TABLE logins (login_id string, account string) PARTITIONED BY (dt string) STORED AS PARQUET',
  figures: { logins: { bytes: 80_000_000_000, partitionCount: 800 } },
  bad: 'SELECT login_id FROM logins ORDER BY login_id LIMIT 10',
  good: "SELECT login_id FROM logins WHERE dt = '2025-03-09' ORDER BY login_id LIMIT 10",
  on: {
    SelectStatement({ query }, { statement, catalog, report }) {
      const { limit, body, orderBy } = query;
      if (limit === undefined || body.kind !== 'Select') return;
      if (orderBy.length === 0 && !needsAllRows(body)) return;
      if (!readsKnownTable(statement, catalog)) return;
      const bytes = analyse(statement, catalog).scans.reduce((sum, scan) => sum + (bytesRead(scan) ?? 0), 0);
      if (bytes <= worthIt) return;
      report(limit, `LIMIT does not spare the scan: about ${formatBytes(bytes)} are read first.`);
    },
  },
});
