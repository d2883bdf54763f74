import { defineRule } from '../../rule';
import { dynamicKey } from './dynamicFilter';
import { partitionedScans, severityOf, whatIsRead } from './unfilteredScan';

/** A key that only a join limits. */
export const athenaPartitionKeyOnlyInJoin = defineRule({
  code: 'ATH111',
  id: 'athena-partition-key-only-in-join',
  dialects: ['athena'],
  severity: 'information',
  title: 'Bound the partition key beside the join',
  why: 'A join on the key may skip partitions while the query runs, if the other table is small; nothing promises it, and nothing bounds the cost. A range of constants on the key does.',
  sources: [
    'https://trino.io/docs/current/admin/dynamic-filtering.html',
    'https://docs.aws.amazon.com/athena/latest/ug/engine-versions-reference-0003.html',
  ],
  catalog:
    'CREATE EXTERNAL TABLE logins (login_id string, account string) PARTITIONED BY (dt string) STORED AS PARQUET; CREATE EXTERNAL TABLE calendar (dt string, quarter string) STORED AS PARQUET',
  bad: "SELECT l.login_id FROM logins l JOIN calendar c ON l.dt = c.dt WHERE c.quarter = 'Q1'",
  good: "SELECT l.login_id FROM logins l JOIN calendar c ON l.dt = c.dt WHERE c.quarter = 'Q1' AND l.dt BETWEEN '2025-01-01' AND '2025-03-31'",
  on: {
    TableRef(ref, context) {
      for (const scan of partitionedScans(ref, context)) {
        const found = dynamicKey(scan, 'join');
        if (found === undefined) continue;
        const { table } = scan;
        const severity = severityOf(scan, context) === 'hint' ? 'hint' : 'information';
        context.report(
          ref.name,
          `Only a join limits ${found.key.name} of ${table.name}, while the query runs: ${whatIsRead(table).replace('will be', 'may be')}.`,
          { subject: ref, severity },
        );
        return;
      }
    },
  },
});
