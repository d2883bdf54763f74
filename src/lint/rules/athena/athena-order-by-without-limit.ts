import { defineRule } from '../../rule';
import { hasAggregate } from './stopsEarly';

/** An order over all rows. */
export const athenaOrderByWithoutLimit = defineRule({
  code: 'ATH131',
  id: 'athena-order-by-without-limit',
  dialects: ['athena'],
  severity: 'hint',
  title: 'Order only the rows that are shown',
  why: 'The last step of a sort is done by one worker, which all rows go to. With a LIMIT each worker keeps its first rows alone.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html'],
  catalog:
    'CREATE EXTERNAL TABLE logins (account string, device string) PARTITIONED BY (dt string) STORED AS PARQUET',
  bad: "SELECT account, device FROM logins WHERE dt = '2025-03-09' ORDER BY account",
  good: "SELECT account, device FROM logins WHERE dt = '2025-03-09' ORDER BY account LIMIT 100",
  on: {
    SelectStatement({ query }, { report, statement }) {
      const { body, orderBy, limit } = query;
      const [first] = orderBy;
      const last = orderBy.at(-1);
      if (first === undefined || last === undefined || limit !== undefined || statement.templated) return;
      // Groups, and rows written out, are few as a rule.
      if (body.kind !== 'Select' || body.groupBy !== undefined || body.distinct || body.from.length === 0)
        return;
      if (body.items.some(({ expression }) => hasAggregate(expression))) return;
      report(
        { start: first.start, end: last.end },
        'All rows are sorted by one worker: a LIMIT keeps it small.',
        {
          fixes:
            query.offset === undefined
              ? [
                  {
                    title: 'Add LIMIT 1000',
                    edits: [{ start: last.end, end: last.end, text: ' LIMIT 1000' }],
                    scaffold: true,
                  },
                ]
              : [],
        },
      );
    },
  },
});
