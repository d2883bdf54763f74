import type { Span } from '../../../base/text';
import type { Call } from '../../../sql/ast';
import { defineRule, type ReportOptions, type RuleContext } from '../../rule';
import { foreignFunctions } from './foreignFunctions';
import { trinoType } from './trinoTypes';
import { eachStatement } from './wholeStatement';

/** A function or operator of another engine. */
export const athenaForeignFunction = defineRule({
  code: 'ATH211',
  id: 'athena-foreign-function',
  dialects: ['athena'],
  severity: 'error',
  title: 'Use functions that Athena has',
  why: 'Functions of Redshift, PostgreSQL and Hive fail with FUNCTION_NOT_FOUND, and :: and ILIKE are no operators of Trino.',
  sources: [
    'https://trino.io/docs/current/functions/list.html',
    'https://docs.aws.amazon.com/athena/latest/ug/functions-env3.html',
  ],
  catalog:
    "CREATE EXTERNAL TABLE card_payments (payment_id string, amount decimal(18,2), paid_at timestamp) STORED AS PARQUET LOCATION 's3://lake/card_payments/'",
  bad: 'SELECT payment_id, nvl(amount, 0) AS amount FROM card_payments WHERE paid_at >= dateadd(day, -7, getdate())',
  good: "SELECT payment_id, coalesce(amount, 0) AS amount FROM card_payments WHERE paid_at >= date_add('day', -7, now())",
  on: { Call: checkCall, ...eachStatement(checkOperators) },
});

function checkCall(call: Call, { statement, report }: RuleContext): void {
  const [name, ...more] = call.name.parts;
  // A function of the user's own is declared in the statement that calls it.
  if (name === undefined || more.length > 0 || name.quoted || declaresFunction(statement.text)) return;
  const foreign = foreignFunctions.get(name.name.toLowerCase());
  if (foreign === undefined) return;
  const edits = foreign.rewrite?.(call, statement.text);
  report(call.name, `Athena has no ${name.name}(): use ${foreign.instead}.`, {
    fixes: edits === undefined ? [] : [{ title: `Use ${foreign.instead}`, edits }],
  });
}

function declaresFunction(text: string): boolean {
  return /\bexternal\s+function\b/i.test(text);
}

/** The operators that Trino's grammar lacks, where the parser stopped at one. */
function checkOperators({ statement, report }: RuleContext): void {
  const { text } = statement;
  for (const { start, end } of statement.problems) {
    const word = text.slice(start, end).toUpperCase();
    if (word === '::') reportCast({ start, end }, text, report);
    else if (word === 'ILIKE') {
      report({ start, end }, 'Athena has no ILIKE: compare lower() of both sides by LIKE.', {
        fixes: likeFixes({ start, end }, text),
      });
    }
  }
}

function reportCast(at: Span, text: string, report: RuleContext['report']): void {
  const operand = /(?<![\w."')\]])[\w."]+$|'[^']*'$/.exec(text.slice(0, at.start))?.[0];
  const type = /^\s*(\w+(?:\s*\([\d\s,]+\))?)/.exec(text.slice(at.end));
  const name = type === null ? '…' : (trinoType(type[1] ?? '') ?? type[1] ?? '');
  const written = `CAST(… AS ${name})`;
  const mends = operand !== undefined && type !== null && name !== '';
  report(at, `Athena has no :: operator: write ${written}.`, {
    fixes: mends
      ? [
          {
            title: `Write ${written}`,
            edits: [
              {
                start: at.start - operand.length,
                end: at.end + type[0].length,
                text: `CAST(${operand} AS ${name})`,
              },
            ],
          },
        ]
      : [],
  });
}

function likeFixes({ start, end }: Span, text: string): NonNullable<ReportOptions['fixes']> {
  const operand = /(?<![\w."')\]])([\w."]+)(\s+(?:not\s+)?)$/i.exec(text.slice(0, start));
  const pattern = /^\s+('(?:[^']|'')*')/.exec(text.slice(end));
  if (operand === null || pattern === null) return [];
  const edit = {
    start: start - operand[0].length,
    end: end + pattern[0].length,
    text: `lower(${operand[1] ?? ''})${operand[2] ?? ''}LIKE lower(${pattern[1] ?? ''})`,
  };
  return [{ title: 'Compare lower() of both sides by LIKE', edits: [edit] }];
}
