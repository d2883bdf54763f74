import { defineRule } from '../../rule';
import { dateFilterOf, type DateFilter } from './dateFilter';
import { afterCondition, qualifierOf, withCondition } from './filterEdits';
import { dateKeys, datePredicate } from './keyPredicates';
import {
  isDefeatedByOr,
  listed,
  partitionedScans,
  readsEveryPartition,
  severityOf,
  whatIsRead,
} from './unfilteredScan';
import type { RuleContext } from '../../rule';
import type { Table } from '../../../catalog/catalog';
import type { TableScan } from '../../../scan/scan';

/** A filter by date that selects rows, but no partitions. */
export const athenaDateFilterWithoutPartitionFilter = defineRule({
  code: 'ATH113',
  id: 'athena-date-filter-without-partition-filter',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Filter the date partition keys along with the date column',
  why: 'Athena does not know that a column and the keys tell the same date: a filter on the column alone still reads every partition, at $5 for each terabyte. Say it twice, once for the rows and once for the keys.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/partitions.html',
    'https://docs.aws.amazon.com/athena/latest/ug/data-types.html',
  ],
  catalog:
    'CREATE EXTERNAL TABLE card_payments (payment_id string, amount decimal(18,2), paid_on date) PARTITIONED BY (year int, month int, day int) STORED AS PARQUET',
  bad: "SELECT payment_id, amount FROM card_payments WHERE paid_on = DATE '2025-03-09'",
  good: "SELECT payment_id, amount FROM card_payments WHERE paid_on = DATE '2025-03-09' AND year = 2025 AND month = 3 AND day = 9",
  on: {
    TableRef(ref, context) {
      for (const scan of partitionedScans(ref, context)) {
        if (!readsEveryPartition(scan) || isDefeatedByOr(scan)) continue;
        const filter = dateFilterOf(scan);
        if (filter === undefined) continue;
        const { table } = scan;
        const keys = dateKeys(table).map((key) => key.name);
        const read = scan.view === undefined ? table.name : `${table.name}, read through ${scan.view},`;
        context.report(
          filter.condition.at ?? ref,
          `${read} is filtered by ${filter.column} but not by ${listed(keys, 'or')}: ${whatIsRead(table)}.`,
          { subject: ref, severity: severityOf(scan, context), fixes: fixesFor(scan, filter, context) },
        );
        return;
      }
    },
  },
});

function fixesFor(
  scan: TableScan & { readonly table: Table },
  { condition, range, column }: DateFilter,
  { statement }: RuleContext,
) {
  const { select } = scan;
  const predicate = range === undefined ? undefined : datePredicate(scan.table, range, qualifierOf(scan));
  if (select === undefined || predicate === undefined) return [];
  const { at } = condition;
  // The filter may stand in a query around the one that reads the table, where the keys have no name.
  const beside = at !== undefined && at.start >= select.start && at.end <= select.end;
  const kind = condition.term.kind === 'apply' && condition.term.operator === 'or' ? 'or' : 'other';
  return [
    {
      title: `Add ${predicate}, if the table is partitioned by ${column}`,
      edits: beside
        ? afterCondition(at, kind, { condition: predicate, text: statement.text })
        : withCondition(select, predicate, statement.text),
      // The table may be partitioned by another date, such as that of arrival.
      scaffold: true,
    },
  ];
}
