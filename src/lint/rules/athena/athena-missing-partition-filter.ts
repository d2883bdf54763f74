import { columnsIn } from '../../../scan/term';
import { defineRule } from '../../rule';
import { dateFilterOf } from './dateFilter';
import { qualifierOf, withCondition } from './filterEdits';
import { equalities } from './keyPredicates';
import {
  isDefeatedByOr,
  listed,
  partitionedScans,
  readsEveryPartition,
  severityOf,
  whatIsRead,
} from './unfilteredScan';
import type { TableScan } from '../../../scan/scan';

const reasons: Readonly<Record<string, string>> = {
  limit: 'comes after a LIMIT, which needs the whole table',
  window: 'comes after a window function over all of the table',
  aggregate: 'comes after an aggregate over all of the table',
  'outer-join': 'stands where an outer join keeps the rows it does not match',
  recursive: 'stands outside a recursive query',
  volatile: 'differs from row to row',
  data: 'compares it with a data column, which has to be read first',
};

/** A partitioned table that is read whole. */
export const athenaMissingPartitionFilter = defineRule({
  code: 'ATH101',
  id: 'athena-missing-partition-filter',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Filter a partitioned table on its partition keys',
  why: 'Only a condition on the keys lets Athena skip partitions. Without one it lists and reads them all, at $5 for each terabyte and 10 MB at least, and no setting of the server can forbid it.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/partitions.html',
    'https://docs.aws.amazon.com/athena/latest/ug/tables-location-format.html',
    'https://aws.amazon.com/athena/pricing/',
  ],
  catalog:
    'CREATE EXTERNAL TABLE card_payments (payment_id string, branch string, amount decimal(18,2)) PARTITIONED BY (year int, month int) STORED AS PARQUET',
  bad: 'SELECT payment_id, amount FROM card_payments',
  good: 'SELECT payment_id, amount FROM card_payments WHERE year = 2025 AND month = 3',
  on: {
    TableRef(ref, context) {
      const scan = partitionedScans(ref, context).find(
        (each) => readsEveryPartition(each) && !isDefeatedByOr(each) && dateFilterOf(each) === undefined,
      );
      if (scan === undefined) return;
      const { table, select } = scan;
      const keys = table.partitionKeys.map((key) => key.name);
      const name = scan.view === undefined ? table.name : `${table.name} (through ${scan.view})`;
      const values = table.newestPartition;
      const condition = values === undefined ? undefined : equalities(table, values, qualifierOf(scan));
      context.report(ref.name, `${name} ${lacks(scan, keys)}: ${whatIsRead(table)}.`, {
        subject: ref,
        severity: severityOf(scan, context),
        fixes:
          select === undefined || condition === undefined || condition === ''
            ? []
            : [
                {
                  title: `Read only the newest partition: ${condition}`,
                  edits: withCondition(select, condition, context.statement.text),
                  scaffold: true,
                },
              ],
      });
    },
  },
});

function lacks(scan: TableScan, keys: readonly string[]): string {
  for (const { key, verdict } of scan.keys) {
    const reason = verdict.kind === 'blocked' ? reasons[verdict.reason] : undefined;
    if (reason !== undefined) return `is not limited by the filter on ${key.name}, since it ${reason}`;
  }
  const data = scan.conditions.some(({ term }) => {
    const columns = columnsIn(term);
    return columns.length > 0 && columns.every((column) => column.relation === scan.relation);
  });
  return data
    ? `is filtered, but not on ${listed(keys, 'or')}`
    : `is read without a filter on ${listed(keys, 'or')}`;
}
