import type { Table } from '../../../catalog/catalog';
import { prune } from '../../../scan/prune';
import type { TableScan } from '../../../scan/scan';
import { columnsIn } from '../../../scan/term';
import type { Expression, Select } from '../../../sql/ast';
import { defineRule } from '../../rule';
import { qualifierOf, withCondition } from './filterEdits';
import { identifier, literalFor } from './keyPredicates';
import { isProjected, propertiesOf } from './projection';
import { partitionedScans } from './unfilteredScan';

/** Parts of a date from the largest on: only of these a filter on a lesser one without the greater is a slip. */
const parts = ['year', 'month', 'day', 'hour'];
const manyTimes = 3;

/** A filter on the day of every month of every year. */
export const athenaLeadingPartitionKeyUnconstrained = defineRule({
  code: 'ATH102',
  id: 'athena-leading-partition-key-unconstrained',
  dialects: ['athena'],
  severity: 'information',
  title: 'Filter the first partition key too',
  why: 'A filter on the day alone reads that day of every month of every year. With values for all keys one call finds the partition.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html',
    'https://docs.aws.amazon.com/athena/latest/ug/performance-tuning-data-optimization-techniques.html',
  ],
  catalog:
    'CREATE EXTERNAL TABLE card_payments (payment_id string, amount decimal(18,2)) PARTITIONED BY (year int, month int, day int) STORED AS PARQUET',
  bad: 'SELECT amount FROM card_payments WHERE day = 9',
  good: 'SELECT amount FROM card_payments WHERE year = 2025 AND month = 3 AND day = 9',
  on: {
    TableRef(ref, context) {
      for (const scan of partitionedScans(ref, context)) {
        const [first, ...others] = scan.keys;
        if (first?.verdict.kind !== 'none' || first.key.name !== 'year') continue;
        const filtered = others.find(({ verdict }) => verdict.kind === 'prunes');
        if (filtered === undefined || !parts.includes(filtered.key.name)) continue;
        if (comparesYears(scan, first.key.name) || !isWorthIt(scan)) continue;
        const newest = scan.table.newestPartition?.[0];
        const condition =
          newest === undefined
            ? undefined
            : `${qualifierOf(scan)}${identifier(first.key.name)} = ${literalFor(first.key, newest)}`;
        context.report(
          ref.name,
          `${scan.table.name} is filtered by ${filtered.key.name} but not by ${first.key.name}: every ${first.key.name} is read.`,
          {
            subject: ref,
            fixes:
              scan.select === undefined || condition === undefined
                ? []
                : [
                    {
                      title: `Add ${condition}`,
                      edits: withCondition(scan.select, condition, context.statement.text),
                      scaffold: true,
                    },
                  ],
          },
        );
        return;
      }
    },
  },
});

/** True when the query tells the years apart, so that it wants them all. */
function comparesYears({ select, conditions, relation }: TableScan, year: string): boolean {
  const joined = conditions.some(({ term }) =>
    columnsIn(term).some((column) => column.relation === relation && column.name === year),
  );
  return joined || (select !== undefined && namesColumn(select, year));
}

function namesColumn(select: Select, name: string): boolean {
  const isIt = (expression: Expression): boolean =>
    expression.kind === 'ColumnRef' && expression.name.parts.at(-1)?.name === name;
  return (
    select.items.some(({ expression }) => isIt(expression)) || (select.groupBy?.items.some(isIt) ?? false)
  );
}

/** Of listed partitions it counts how many more are read than with the newest first key. */
function isWorthIt(scan: TableScan & { readonly table: Table }): boolean {
  const { table } = scan;
  if (isProjected(propertiesOf(table.parameters))) return false;
  const listed = table.partitionValues;
  if (listed === undefined) return table.partitionCount === undefined || table.partitionCount >= manyTimes;
  const read = prune(
    scan,
    listed.map((values) => ({ values })),
    0,
  ).partitions;
  const newest = listed.at(-1)?.[0];
  const pinned = read.filter(({ values }) => values[0] === newest).length;
  return read.length >= manyTimes * Math.max(1, pinned);
}
