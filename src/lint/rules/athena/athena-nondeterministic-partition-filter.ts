import { defineRule } from '../../rule';
import { partitionedScans, readsEveryPartition, whatIsRead } from './unfilteredScan';

/** A filter on a key that is drawn by lot. */
export const athenaNondeterministicPartitionFilter = defineRule({
  code: 'ATH112',
  id: 'athena-nondeterministic-partition-filter',
  dialects: ['athena'],
  severity: 'information',
  title: 'A random filter skips no partitions',
  why: 'random(), uuid() and shuffle() differ from row to row, so that Athena tests them on the rows it has read. The current date is fixed for a query and does skip partitions.',
  sources: [
    'https://github.com/trinodb/trino/blob/master/core/trino-main/src/main/java/io/trino/sql/planner/iterative/rule/PushPredicateIntoTableScan.java',
  ],
  catalog:
    'CREATE EXTERNAL TABLE logins (login_id string, account string) PARTITIONED BY (dt string) STORED AS PARQUET',
  bad: "SELECT login_id FROM logins WHERE dt = CAST(date_add('day', -random(7), current_date) AS varchar)",
  good: "SELECT login_id FROM logins WHERE dt = CAST(date_add('day', -7, current_date) AS varchar)",
  on: {
    TableRef(ref, context) {
      for (const scan of partitionedScans(ref, context)) {
        const found = scan.keys.find(
          ({ verdict }) => verdict.kind === 'blocked' && verdict.reason === 'volatile',
        );
        if (found === undefined || !readsEveryPartition(scan)) continue;
        const at = found.verdict.kind === 'blocked' ? found.verdict.at : undefined;
        context.report(
          at ?? ref,
          `The filter on ${found.key.name} differs from row to row: ${whatIsRead(scan.table)}.`,
          { subject: ref },
        );
        return;
      }
    },
  },
});
