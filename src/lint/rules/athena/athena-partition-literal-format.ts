import { dayMillis } from '../../../scan/calendar';
import type { Between, Binary, InList } from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';
import { keyLiterals, type KeyLiteral } from './keyLiterals';
import { isProjected, projectedKey, propertiesOf, readFormatted, writeFormatted } from './projection';

const formats = ['yyyy-MM-dd', 'yyyy-M-d', 'yyyyMMdd', 'yyyy/MM/dd', 'yyyy-MM', 'yyyyMM', 'yyyy/MM'] as const;

/** A value of a partition, written otherwise than it is stored. */
export const athenaPartitionLiteralFormat = defineRule({
  code: 'ATH107',
  id: 'athena-partition-literal-format',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Write the values of partitions as they are stored',
  why: "Keys of type string compare as text: '3' is never '03', and '2025-3-9' never '2025-03-09'. The query gives no rows, and 10 MB are billed.",
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/partitions.html',
    'https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html',
  ],
  catalog:
    "CREATE EXTERNAL TABLE card_payments (amount decimal(18,2)) PARTITIONED BY (year string, month string) STORED AS PARQUET LOCATION 's3://lake/card_payments/'",
  figures: { card_payments: { newestPartition: ['2025', '03'] } },
  bad: "SELECT amount FROM card_payments WHERE year = '2025' AND month = '3'",
  good: "SELECT amount FROM card_payments WHERE year = '2025' AND month = '03'",
  on: { Binary: checkValues, InList: checkValues },
});

function checkValues(node: Binary | Between | InList, context: RuleContext): void {
  for (const literal of keyLiterals(node, context)) {
    const stored = storedForm(literal);
    if (stored === undefined || stored === literal.value) continue;
    const { start, end } = literal.expression;
    const text = `'${stored.replaceAll("'", "''")}'`;
    context.report(
      literal.expression,
      `${literal.key.name} is stored as ${text} and compares as text, so '${literal.value}' matches no partition.`,
      { fixes: [{ title: `Write ${text}`, edits: [{ start, end, text }] }] },
    );
  }
}

/** The value in the spelling of the table's partitions; undefined when that is not known or they differ in more. */
function storedForm(literal: KeyLiteral): string | undefined {
  const { table, key, index, value } = literal;
  const properties = propertiesOf(table.parameters);
  if (isProjected(properties)) {
    const projected = projectedKey(key, properties);
    if (projected?.kind === 'date')
      return readFormatted(value, projected.format) === false
        ? reformatted(value, projected.format)
        : undefined;
    if (projected?.kind !== 'integer' || projected.digits < 2 || !/^\d+$/.test(value)) return undefined;
    return String(Number(value)).padStart(projected.digits, '0');
  }
  const all = table.partitionValues?.map((values) => values[index] ?? '');
  if (all !== undefined) {
    if (all.includes(value)) return undefined;
    const plain = normal(value);
    return all.find((each) => normal(each) === plain);
  }
  const newest = table.newestPartition?.[index];
  return newest === undefined ? undefined : inForm(value, newest);
}

/** The value as another one of its key is written, where that shows in which form. */
function inForm(value: string, sample: string): string | undefined {
  if (/^0\d$/.test(sample) && /^\d$/.test(value)) return `0${value}`;
  const format = formats.find((each) => each !== 'yyyy-M-d' && isDay(sample, each));
  if (format === undefined || readFormatted(value, format) !== false) return undefined;
  return reformatted(value, format);
}

// Six and eight digits may also count something else.
function isDay(text: string, format: string): boolean {
  const millis = readFormatted(text, format);
  return typeof millis === 'number' && millis > 0 && millis < 100 * 366 * dayMillis;
}

/** The same day in the other format; undefined when the text is no day, or of another precision. */
function reformatted(value: string, format: string): string | undefined {
  const own = formats.find((each) => isDay(value, each));
  if (own === undefined || /d/.test(own) !== /d/.test(format)) return undefined;
  const millis = readFormatted(value, own);
  return typeof millis === 'number' ? writeFormatted(millis, format) : undefined;
}

/** A text that is the same for different spellings of one value. */
function normal(value: string): string {
  const format = formats.find((each) => isDay(value, each));
  const millis = format === undefined ? undefined : readFormatted(value, format);
  if (typeof millis === 'number') return `day ${millis}`;
  return /^\d+$/.test(value) ? value.replace(/^0+(?=\d)/, '') : value;
}
