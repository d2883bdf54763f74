import type { Span } from '../../../base/text';
import { sqlOf } from '../../../documents/asl/sql';
import type { EmbeddedSql } from '../../../documents/embedded';
import { lex } from '../../../sql/lex';
import { defineRule } from '../../rule';

/** More statements than Athena takes in one call; all else in the SQL of a task is told by the SQL rules themselves. */
export const aslEmbeddedSql = defineRule({
  code: 'ASL16',
  id: 'asl-embedded-sql',
  dialects: ['asl'],
  severity: 'warning',
  title: 'One statement in each call of Athena',
  why: 'The SQL in the QueryString of an Athena task and in the Sql of a Redshift Data task is checked by all SQL rules in its place. Athena runs one statement a call: with a second one it refuses the query when the execution gets there.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html',
    'https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html',
  ],
  bad: `StartAt: SumLedger
States:
  SumLedger:
    Type: Task
    Resource: arn:aws:states:::athena:startQueryExecution.sync
    Parameters:
      QueryString: SELECT sum(amount) FROM ledger; SELECT count(*) FROM cards
      WorkGroup: reports
    End: true
`,
  good: `StartAt: SumLedger
States:
  SumLedger:
    Type: Task
    Resource: arn:aws:states:::athena:startQueryExecution.sync
    Parameters:
      QueryString: SELECT sum(amount) FROM ledger;
      WorkGroup: reports
    End: true
`,
  check: {
    asl(document, { report }) {
      for (const embedded of sqlOf(document)) {
        if (embedded.dialect !== 'athena') continue;
        const second = secondStatement(embedded);
        if (second !== undefined)
          report(
            second,
            'Athena runs one statement a call, and here a second one begins: give it a state of its own.',
          );
      }
    },
  },
});

function secondStatement(embedded: EmbeddedSql): Span | undefined {
  const { tokens } = lex(embedded.text, 'athena');
  const end = tokens.findIndex(({ upper }) => upper === ';');
  const rest =
    end < 0 ? [] : tokens.slice(end + 1).filter(({ upper, kind }) => upper !== ';' && kind !== 'end');
  const first = rest[0];
  const last = rest.at(-1);
  return first === undefined || last === undefined
    ? undefined
    : { start: inFile(embedded, first.start), end: inFile(embedded, last.end) };
}

function inFile({ parts }: EmbeddedSql, offset: number): number {
  const part = parts.find(({ from, length }) => offset >= from && offset <= from + length);
  if (part === undefined) return parts.at(-1)?.at.end ?? 0;
  return part.exact ? part.at.start + (offset - part.from) : part.at.start;
}
