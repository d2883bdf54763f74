import { formatCount } from '../../../base/format';
import type { Span } from '../../../base/text';
import type { TableScan } from '../../../scan/scan';
import type { Condition } from '../../../scan/plan';
import { defineRule } from '../../rule';
import { conditionOn, qualifierOf } from './filterEdits';
import { identifier } from './keyPredicates';
import { isProjected, propertiesOf } from './projection';
import { partitionedScans } from './unfilteredScan';

const many = 10_000;

/** A filter on a key that Glue cannot answer. */
export const athenaFunctionOnPartitionColumn = defineRule({
  code: 'ATH104',
  id: 'athena-function-on-partition-column',
  dialects: ['athena'],
  severity: 'hint',
  title: 'Compare partition keys bare, so that Glue can filter them',
  why: 'Athena tests such a condition for each partition and reads no more data for it. But it has to fetch the list of all partitions first, which takes seconds to minutes when there are more than ten thousand.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html',
    'https://github.com/trinodb/trino/blob/master/plugin/trino-hive/src/main/java/io/trino/plugin/hive/metastore/glue/GlueExpressionUtil.java',
  ],
  catalog:
    'CREATE EXTERNAL TABLE logins (login_id string, account string) PARTITIONED BY (dt string) STORED AS PARQUET',
  bad: "SELECT login_id FROM logins WHERE substr(dt, 1, 7) = '2025-03'",
  good: "SELECT login_id FROM logins WHERE dt >= '2025-03-01' AND dt < '2025-04-01'",
  on: {
    TableRef(ref, context) {
      for (const scan of partitionedScans(ref, context)) {
        if (isProjected(propertiesOf(scan.table.parameters))) continue;
        const late = scan.keys.filter(({ verdict }) => verdict.kind === 'late');
        // One plain comparison is enough for a list that is not whole.
        const plain = scan.keys.some(
          ({ verdict }) => verdict.kind === 'prunes' || verdict.kind === 'unknown',
        );
        const [first] = late;
        if (first === undefined || plain) continue;
        const condition = conditionOn(scan, first.key.name);
        const count = scan.table.partitionCount;
        const known = count === undefined ? 'all' : `all ${formatCount(count)}`;
        const at = condition?.at ?? ref;
        context.report(
          at,
          `Glue cannot filter ${first.key.name} inside a function: the list of ${known} partitions is fetched, though only those that match are read.`,
          {
            subject: ref,
            severity: (count ?? 0) > many ? 'warning' : 'hint',
            fixes: fixesFor(scan, condition),
          },
        );
        return;
      }
    },
  },
});

/** `substr(dt, 1, 7) = '2025-03'` is the range of that month. */
function fixesFor(scan: TableScan, condition: Condition | undefined) {
  const found = condition === undefined ? undefined : prefixOf(condition);
  const { select } = scan;
  if (found === undefined || select === undefined) return [];
  if (found.at.start < select.start || found.at.end > select.end) return [];
  const name = `${qualifierOf(scan)}${identifier(found.column)}`;
  const after = nextPeriod(found.prefix);
  const text = `${name} >= '${found.prefix}' AND ${name} < '${after}'`;
  return [{ title: `Write ${text}`, edits: [{ ...found.at, text }] }];
}

function prefixOf({ term, at }: Condition): { column: string; prefix: string; at: Span } | undefined {
  if (at === undefined || term.kind !== 'apply' || term.operator !== '=') return undefined;
  const [left, right] = term.args;
  if (left?.kind !== 'apply' || (left.operator !== 'substr' && left.operator !== 'substring'))
    return undefined;
  const [column, from, length] = left.args;
  if (column?.kind !== 'column' || column.type?.base !== 'varchar' || right?.kind !== 'constant')
    return undefined;
  const isNumber = (part: typeof from, number: number): boolean =>
    part?.kind === 'constant' && part.value?.kind === 'whole' && part.value.whole === BigInt(number);
  if (right.value?.kind !== 'text' || !/^\d{4}(-(0[1-9]|1[0-2]))?$/.test(right.value.text)) return undefined;
  const prefix = right.value.text;
  if (!isNumber(from, 1) || !isNumber(length, prefix.length)) return undefined;
  return { column: column.name, prefix, at: { start: at.start, end: at.end } };
}

/** The month after `2025-03`, the year after `2025`. */
function nextPeriod(prefix: string): string {
  const [year = '', month] = prefix.split('-');
  if (month === undefined) return String(Number(year) + 1).padStart(4, '0');
  return month === '12' ? `${Number(year) + 1}-01` : `${year}-${String(Number(month) + 1).padStart(2, '0')}`;
}
