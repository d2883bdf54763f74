import type { TextEdit } from '../../../base/text';
import { addMonths, dayMillis, dayOf, parseTime, readDate, writeDate } from '../../../scan/calendar';
import type { Condition } from '../../../scan/plan';
import { someTerm, type ColumnTerm, type Term } from '../../../scan/term';
import { defineRule } from '../../rule';
import { conditionOn, qualifierOf } from './filterEdits';
import { icebergScans } from './icebergScans';
import { identifier } from './keyPredicates';
import { readFormatted } from './projection';

/** What newer versions of Trino turn into a range; Athena may trail them. */
const probably = new Set(['date_trunc', 'year', 'extract', 'date', 'cast']);

/** A function around the column that an Iceberg table derives its partitions from. */
export const athenaIcebergExpressionOnSourceColumn = defineRule({
  code: 'ATH502',
  id: 'athena-iceberg-expression-on-source-column',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Compare the partition column of an Iceberg table bare',
  why: 'Athena compares ranges of the column with what Iceberg keeps of each file. Inside another function than a cast to date the column tells it nothing, and every file is read.',
  sources: [
    'https://trino.io/blog/2023/04/11/date-predicates',
    'https://github.com/trinodb/trino/issues/9309',
  ],
  unconfirmed:
    'Whether Athena turns date_trunc() and year() into ranges as Trino does: of these it is a hint.',
  catalog:
    "CREATE TABLE orders (order_id bigint, ordered_at timestamp) PARTITIONED BY (day(ordered_at)) LOCATION 's3://lake/orders/' TBLPROPERTIES ('table_type' = 'ICEBERG')",
  bad: "SELECT order_id FROM orders WHERE format_datetime(ordered_at, 'yyyy-MM') = '2025-03'",
  good: "SELECT order_id FROM orders WHERE ordered_at >= TIMESTAMP '2025-03-01 00:00:00' AND ordered_at < TIMESTAMP '2025-04-01 00:00:00'",
  on: {
    TableRef(ref, context) {
      for (const { scan, fields } of icebergScans(ref, context)) {
        if (fields.some(({ verdict }) => verdict.kind === 'prunes' || verdict.kind === 'unknown')) continue;
        const field = fields.find(
          ({ verdict, transform }) => verdict.kind === 'late' && transform !== 'identity',
        );
        const condition = field === undefined ? undefined : conditionOn(scan, field.source.name);
        if (field === undefined || condition === undefined) continue;
        const around = functionAround(condition.term, field.source.name);
        if (around === undefined) continue;
        const mild = probably.has(around);
        const edit = rangeFor(condition, `${qualifierOf(scan)}${identifier(field.source.name)}`);
        context.report(
          condition.at ?? ref,
          mild
            ? `Newer engines read ${around}() of ${field.source.name} as a range, and Athena may not: a range is safe.`
            : `Inside ${around}() ${field.source.name} skips no files of ${scan.table.name}, which is partitioned by ${field.text}.`,
          {
            subject: ref,
            severity: mild ? 'hint' : 'warning',
            fixes: edit === undefined ? [] : [{ title: 'Write it as a range', edits: [edit] }],
          },
        );
        return;
      }
    },
  },
});

/** The name of the function that the column stands directly in. */
function functionAround(term: Term, column: string): string | undefined {
  let found: string | undefined;
  someTerm(term, (part) => {
    if (part.kind !== 'apply' || !part.args.some((arg) => arg.kind === 'column' && arg.name === column))
      return false;
    if (
      /^[a-z_]\w*$/.test(part.operator) &&
      !['and', 'or', 'not', 'in', 'between', 'like'].includes(part.operator)
    )
      found = part.operator;
    return found !== undefined;
  });
  return found;
}

/** The range of a day or month that a format is set equal to. */
function rangeFor({ term, at }: Condition, name: string): TextEdit | undefined {
  if (at === undefined || term.kind !== 'apply' || term.operator !== '=') return undefined;
  const [left, right] = term.args;
  if (left?.kind !== 'apply' || right?.kind !== 'constant' || right.value?.kind !== 'text') return undefined;
  const [column, format] = left.args;
  if (column?.kind !== 'column' || format?.kind !== 'constant' || format.value?.kind !== 'text')
    return undefined;
  const days = daysOf(left.operator, right.value.text, format.value.text);
  if (days === undefined) return undefined;
  const [from, to] = days.map((day) => literal(column, day));
  return { start: at.start, end: at.end, text: `${name} >= ${from ?? ''} AND ${name} < ${to ?? ''}` };
}

function daysOf(operator: string, value: string, format: string): readonly [number, number] | undefined {
  const isMonth = !/d/.test(format);
  if (isMonth && !/M|%m/.test(format)) return undefined;
  const millis =
    operator === 'format_datetime'
      ? readFormatted(value, format)
      : operator === 'date_format'
        ? parseTime(value, format)
        : undefined;
  if (
    typeof millis !== 'number' ||
    millis % dayMillis !== 0 ||
    readDate(writeDate(millis / dayMillis)) === undefined
  )
    return undefined;
  const from = millis / dayMillis;
  if (isMonth && dayOf(from).day !== 1) return undefined;
  return [from, isMonth ? addMonths(from, 1) : from + 1];
}

function literal({ type }: ColumnTerm, day: number): string {
  return type?.base === 'date' ? `DATE '${writeDate(day)}'` : `TIMESTAMP '${writeDate(day)} 00:00:00'`;
}
