import type { Expression, QueryBody, SetOperation } from '../../../sql/ast';
import { defineRule } from '../../rule';

/** A UNION that looks for doubles. */
export const athenaUnionDistinct = defineRule({
  code: 'ATH132',
  id: 'athena-union-distinct',
  dialects: ['athena'],
  severity: 'hint',
  title: 'UNION ALL where there are no doubles to remove',
  why: 'UNION keeps all rows of both sides in a hash table to find doubles. UNION ALL passes them on. Who wants the doubles removed may say UNION DISTINCT.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html'],
  catalog:
    'CREATE EXTERNAL TABLE shops_fr (shop string) STORED AS PARQUET; CREATE EXTERNAL TABLE shops_be (shop string) STORED AS PARQUET',
  bad: 'SELECT shop FROM shops_fr UNION SELECT shop FROM shops_be',
  good: 'SELECT shop FROM shops_fr UNION ALL SELECT shop FROM shops_be',
  on: {
    SetOperation(operation, { report, statement: { text } }) {
      const { operator, all, operatorSpan } = operation;
      if (operator !== 'UNION' || all) return;
      const words = text.slice(operatorSpan.start, operation.right.start);
      if (/\bdistinct\b/i.test(words)) return;
      const apart = areApart(operation);
      const end = operatorSpan.start + 'union'.length;
      report(
        { start: operatorSpan.start, end },
        apart
          ? 'The two sides differ in a constant, so there are no doubles: UNION ALL spares the search for them.'
          : 'UNION searches all rows for doubles: UNION ALL, if there are none or they are wanted.',
        {
          severity: apart ? 'information' : 'hint',
          fixes: [
            {
              title: 'Write UNION ALL',
              edits: [{ start: end, end, text: ' ALL' }],
              // Only where no double can be is the result the same.
              ...(apart ? {} : { scaffold: true }),
            },
          ],
        },
      );
    },
  },
});

/** True when a column is another constant on each side: no row of one is on the other, though one side may have doubles. */
function areApart({ left, right }: SetOperation): boolean {
  const [a, b] = [constantsOf(left), constantsOf(right)];
  return a.some((value, at) => value !== undefined && b[at] !== undefined && value !== b[at]);
}

function constantsOf(body: QueryBody): readonly (string | undefined)[] {
  if (body.kind !== 'Select' || body.items.some(({ expression }) => expression.kind === 'Star')) return [];
  return body.items.map(({ expression }) => constant(expression));
}

function constant(expression: Expression): string | undefined {
  return expression.kind === 'Literal' && expression.type === 'string' ? expression.value : undefined;
}
