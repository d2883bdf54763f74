import type { TextEdit } from '../../../base/text';
import { analyse } from '../../../scan/scansOf';
import type { Between, Binary, InList } from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';
import { comparisonsOf, described, literalSide, type Comparison, type Side } from './comparisons';
import { isPadded } from './keyPredicates';

/** A text compared with a number. */
export const athenaTypeMismatchComparison = defineRule({
  code: 'ATH108',
  id: 'athena-type-mismatch-comparison',
  dialects: ['athena'],
  severity: 'error',
  title: 'Compare text with text and numbers with numbers',
  why: 'Athena never turns a text into a number by itself: the query fails with TYPE_MISMATCH before it reads anything. It happens most with partition keys, since a crawler makes them strings.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/data-types.html',
    'https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-partitions.html',
  ],
  catalog:
    'CREATE EXTERNAL TABLE card_payments (payment_id string, amount decimal(18,2)) PARTITIONED BY (year string, month string) STORED AS PARQUET',
  bad: "SELECT amount FROM card_payments WHERE year = 2025 AND month = '03'",
  good: "SELECT amount FROM card_payments WHERE year = '2025' AND month = '03'",
  on: { Binary: checkTypes, Between: checkTypes, InList: checkTypes },
});

function checkTypes(node: Binary | Between | InList, context: RuleContext): void {
  const comparisons = comparisonsOf(node, context);
  if (comparisons.length === 0) return;
  const wrong = comparisons.filter(
    ({ left, right }) =>
      (left.family === 'text' && right.family === 'number') ||
      (left.family === 'number' && right.family === 'text'),
  );
  const [first] = wrong;
  if (first === undefined || isConstant(first)) return;
  const at = literalSide(first);
  const edits = wrong.flatMap((comparison) => {
    const sides = literalSide(comparison);
    return sides === undefined ? [] : (mended(sides, context) ?? []);
  });
  const column = at?.other ?? first.left;
  const other = at?.literal ?? first.right;
  const kinds =
    column.family === 'text'
      ? 'a string and is compared with a number'
      : `${article(column.type.base)} and is compared with a string`;
  const advice = edits.length === wrong.length && edits[0] !== undefined ? `: write ${edits[0].text}` : '';
  context.report(other.expression, `${described(column)} is ${kinds}, which Athena rejects${advice}.`, {
    fixes:
      edits.length === wrong.length
        ? [
            {
              title:
                column.family === 'text'
                  ? `Quote it: ${edits[0]?.text ?? ''}`
                  : `Remove the quotes: ${edits[0]?.text ?? ''}`,
              edits,
            },
          ]
        : [],
  });
}

/** Two constants are a puzzle, not a mistake about a column. */
function isConstant({ left, right }: Comparison): boolean {
  return left.term.kind === 'constant' && right.term.kind === 'constant';
}

function article(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function mended(
  { literal, other }: { readonly literal: Side; readonly other: Side },
  context: RuleContext,
): readonly TextEdit[] | undefined {
  const { start, end } = literal.expression;
  const { term } = literal;
  if (term.kind !== 'constant' || term.value === null) return undefined;
  if (other.family === 'number') {
    return term.value.kind === 'text' && /^-?\d+(\.\d+)?$/.test(term.value.text)
      ? [{ start, end, text: term.value.text.replace(/^(-?)0+(?=\d)/, '$1') }]
      : undefined;
  }
  const written = context.statement.text.slice(start, end);
  return /^-?[\d.]+$/.test(written)
    ? [{ start, end, text: `'${padded(written, other, context)}'` }]
    : undefined;
}

/** A month or day as the table's partitions write it: `'01'`, not `'1'`. */
function padded(written: string, { term }: Side, { statement, catalog }: RuleContext): string {
  if (term.kind !== 'column' || !/^\d$/.test(written) || !['month', 'day', 'hour'].includes(term.name))
    return written;
  const table = analyse(statement, catalog).scans.find((scan) => scan.relation === term.relation)?.table;
  const key = table?.partitionKeys.find((each) => each.name === term.name);
  return table !== undefined && key !== undefined && isPadded(table, key) ? `0${written}` : written;
}
