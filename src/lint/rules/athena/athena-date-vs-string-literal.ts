import { readDate, readTimestamp } from '../../../scan/calendar';
import type { TextEdit } from '../../../base/text';
import type { Between, Binary, InList } from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';
import { comparisonsOf, described, literalSide, type Side } from './comparisons';

/** A date or timestamp compared with a string. */
export const athenaDateVsStringLiteral = defineRule({
  code: 'ATH109',
  id: 'athena-date-vs-string-literal',
  dialects: ['athena'],
  severity: 'error',
  title: 'Write DATE or TIMESTAMP before a date in quotes',
  why: 'A date in bare quotes is a varchar, and Athena does not compare it with a date or timestamp: the query fails before it reads anything. The other way round a DATE literal does not compare with a string column.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/data-types.html',
    'https://github.com/prestodb/presto/issues/18628',
  ],
  catalog:
    'CREATE EXTERNAL TABLE card_payments (payment_id string, amount decimal(18,2), paid_on date) STORED AS PARQUET',
  bad: "SELECT amount FROM card_payments WHERE paid_on = '2025-03-09'",
  good: "SELECT amount FROM card_payments WHERE paid_on = DATE '2025-03-09'",
  on: { Binary: checkDates, Between: checkDates, InList: checkDates },
});

function checkDates(node: Binary | Between | InList, context: RuleContext): void {
  const comparisons = comparisonsOf(node, context);
  if (comparisons.length === 0) return;
  const wrong = comparisons.filter(
    ({ left, right }) =>
      ((left.family === 'text' && right.family === 'time') ||
        (left.family === 'time' && right.family === 'text')) &&
      !(left.term.kind === 'constant' && right.term.kind === 'constant'),
  );
  const [first] = wrong;
  if (first === undefined) return;
  const at = literalSide(first);
  const column = at?.other ?? first.left;
  const other = at?.literal ?? first.right;
  const edits = wrong.flatMap((comparison) => {
    const sides = literalSide(comparison);
    return sides === undefined ? [] : (mended(sides, context.statement.text) ?? []);
  });
  const mends = edits.length === wrong.length && edits[0] !== undefined;
  const kinds =
    column.family === 'time'
      ? `a ${column.type.base} and is compared with a string`
      : `a string and is compared with a ${other.type.base}`;
  context.report(
    other.expression,
    `${described(column)} is ${kinds}, which Athena rejects${mends ? `: write ${edits[0]?.text ?? ''}` : ''}.`,
    { fixes: mends ? [{ title: `Write ${edits[0]?.text ?? ''}`, edits }] : [] },
  );
}

function mended(
  { literal, other }: { readonly literal: Side; readonly other: Side },
  text: string,
): readonly TextEdit[] | undefined {
  const { start, end } = literal.expression;
  const { term } = literal;
  if (term.kind !== 'constant') return undefined;
  if (other.family === 'text') {
    const quoted = /^\s*(?:date|timestamp)\s*('[^']*')$/i.exec(text.slice(start, end))?.[1];
    return quoted === undefined ? undefined : [{ start, end, text: quoted }];
  }
  if (term.value?.kind !== 'text') return undefined;
  const value = term.value.text;
  const isDay = readDate(value) !== undefined;
  if (!isDay && readTimestamp(value.replace('T', ' ')) === undefined) return undefined;
  const word = isDay && other.type.base === 'date' ? 'DATE' : 'TIMESTAMP';
  return [{ start, end, text: `${word} '${value.replace('T', ' ').trim()}'` }];
}
