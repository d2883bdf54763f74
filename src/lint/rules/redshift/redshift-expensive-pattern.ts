import type { Expression } from '../../../sql/ast';
import { defineRule } from '../../rule';

// What SIMILAR TO and POSIX patterns have over LIKE; a backslash means different things in each.
const similarOnly = /[|*+?{}()[\]\\]/;
const posixOnly = /[|*+?{}()[\].\\]/;

/** A regular expression where LIKE says the same. */
export const redshiftExpensivePattern = defineRule({
  code: 'RS406',
  id: 'redshift-expensive-pattern',
  dialects: ['redshift'],
  severity: 'hint',
  title: 'LIKE does what this regular expression does',
  why: 'SIMILAR TO and the POSIX operators are run by a regular expression engine for each row; LIKE is several times cheaper, and a plain comparison cheaper still. AWS advises to avoid the two where LIKE will do.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_designing-queries-best-practices.html'],
  bad: "SELECT branch_id FROM branches WHERE city SIMILAR TO 'San%'",
  good: "SELECT branch_id FROM branches WHERE city LIKE 'San%'",
  on: {
    Like({ operator, operand, pattern, escape }, { report, statement: { text } }) {
      if (operator !== 'SIMILAR TO' || escape !== undefined) return;
      if (!isText(pattern) || similarOnly.test(pattern.value)) return;
      const between = text.slice(operand.end, pattern.start);
      const match = /similar\s+to/i.exec(between);
      if (match === null) return;
      const span = { start: operand.end + match.index, end: operand.end + match.index + match[0].length };
      report(span, 'This pattern has only % and _: LIKE finds the same and costs less.', {
        fixes: [{ title: 'Use LIKE', edits: [{ ...span, text: 'LIKE' }] }],
      });
    },
    Binary({ operator, operatorSpan, right }, { report, statement: { body } }) {
      if (operator !== '~' && operator !== '!~') return;
      if (!isText(right)) return;
      const like = asLike(right.value);
      if (like === undefined) return;
      const word = operator === '~' ? 'LIKE' : 'NOT LIKE';
      // In the quoted query of an UNLOAD the quotes of a new string would have to be doubled.
      const canWrite = body.kind !== 'UnloadStatement';
      report(operatorSpan, `This pattern is plain text: ${word} '${like}' finds the same and costs less.`, {
        fixes: canWrite
          ? [
              {
                title: `Use ${word} '${like}'`,
                edits: [
                  { ...operatorSpan, text: word },
                  { start: right.start, end: right.end, text: `'${like.replaceAll("'", "''")}'` },
                ],
              },
            ]
          : [],
      });
    },
  },
});

function isText(pattern: Expression): pattern is Extract<Expression, { kind: 'Literal' }> {
  return pattern.kind === 'Literal' && pattern.type === 'string';
}

// POSIX finds its pattern anywhere; ^ and $ hold it to the ends.
function asLike(pattern: string): string | undefined {
  const fromStart = pattern.startsWith('^');
  const toEnd = pattern.endsWith('$');
  const plain = pattern.slice(fromStart ? 1 : 0, toEnd ? -1 : undefined);
  if (plain === '' || posixOnly.test(plain) || /[%_^$]/.test(plain)) return undefined;
  return `${fromStart ? '' : '%'}${plain}${toEnd ? '' : '%'}`;
}
