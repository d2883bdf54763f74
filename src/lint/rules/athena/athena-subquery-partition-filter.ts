import { walk } from '../../../sql/walk';
import { defineRule, type RuleContext } from '../../rule';
import { dynamicKey } from './dynamicFilter';
import { conditionOn } from './filterEdits';
import { partitionedScans, severityOf, whatIsRead } from './unfilteredScan';

/** A key that is compared with what a subquery gives. */
export const athenaSubqueryPartitionFilter = defineRule({
  code: 'ATH110',
  id: 'athena-subquery-partition-filter',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Give partition keys constants, not subqueries',
  why: 'The partitions are chosen before the subquery has run, so that it rules none out: AWS says that all are read. Run the subquery first and pass its result as a parameter, or bound the key by a constant too.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/partitions.html',
    'https://trino.io/docs/current/admin/dynamic-filtering.html',
  ],
  catalog:
    'CREATE EXTERNAL TABLE logins (login_id string, account string) PARTITIONED BY (dt string) STORED AS PARQUET; CREATE EXTERNAL TABLE job_runs (run_date string) STORED AS PARQUET',
  bad: 'SELECT login_id FROM logins WHERE dt = (SELECT max(run_date) FROM job_runs)',
  good: 'SELECT login_id FROM logins WHERE dt = ?',
  on: {
    TableRef(ref, context) {
      for (const scan of partitionedScans(ref, context)) {
        const found = dynamicKey(scan, 'subquery');
        const at = found === undefined ? undefined : conditionOn(scan, found.key.name)?.at;
        if (found === undefined || at === undefined || !readsTable(at, context)) continue;
        context.report(
          at,
          `${found.key.name} is compared with a subquery, which is too late to skip partitions: ${whatIsRead(scan.table).replace('will be', 'may be')}.`,
          { subject: ref, severity: severityOf(scan, context) },
        );
        return;
      }
    },
  },
});

/** A subquery without FROM is a constant to the planner. */
function readsTable(
  at: { readonly start: number; readonly end: number },
  { statement }: RuleContext,
): boolean {
  let reads = false;
  walk(statement.body, (node) => {
    if (node.end <= at.start || node.start >= at.end) return false;
    if (node.kind === 'Select' && node.start >= at.start && node.end <= at.end && node.from.length > 0)
      reads = true;
    return !reads;
  });
  return reads;
}
