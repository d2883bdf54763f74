import type { Span, TextEdit } from '../../../base/text';
import { defineRule } from '../../rule';

/** The query of an UNLOAD that ends at the first quote inside it. */
export const redshiftUnloadQuoting = defineRule({
  code: 'RS215',
  id: 'redshift-unload-quoting',
  dialects: ['redshift'],
  severity: 'error',
  title: 'Double the quotes inside the query of an UNLOAD',
  why: 'The query is a string, and a single quote ends it: the statement fails. Write each quote inside it twice, or put the query between $$ and $$, where nothing has to be doubled.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html'],
  bad: "UNLOAD ('SELECT branch_id, city FROM branches WHERE city = 'Lyon'')\nTO 's3://bank-lake/exports/branches/'\nIAM_ROLE default\nFORMAT AS PARQUET\nCLEANPATH",
  good: "UNLOAD ('SELECT branch_id, city FROM branches WHERE city = ''Lyon''')\nTO 's3://bank-lake/exports/branches/'\nIAM_ROLE default\nFORMAT AS PARQUET\nCLEANPATH",
  on: {
    UnloadStatement({ querySpan }, { report, statement: { text, templated } }) {
      if (querySpan === undefined || templated || text.charAt(querySpan.start) !== "'") return;
      const behind = /^(\s*)(.)/s.exec(text.slice(querySpan.end));
      if (behind === null || behind[2] === ')') return;
      // Two strings with a line break between them are one.
      if (behind[2] === "'" && behind[1]?.includes('\n') === true) return;
      if (/^(--|\/\*|\|\|)/.test(text.slice(querySpan.end).trimStart())) return;
      const quotes = innerQuotes(text, querySpan);
      report(
        { start: querySpan.end - 1, end: querySpan.end },
        'This quote ends the query of the UNLOAD: inside it, quotes have to be doubled.',
        {
          fixes: quotes === undefined ? [] : [{ title: 'Double the quotes inside the query', edits: quotes }],
        },
      );
    },
  },
});

// Only where no quote is doubled yet: with some that are, nobody knows which were meant.
function innerQuotes(text: string, { start }: Span): readonly TextEdit[] | undefined {
  const end = /^'(.*)'\s*\)\s*TO\s+'/is.exec(text.slice(start))?.[1];
  if (end === undefined || end.includes("''")) return undefined;
  return [...end.matchAll(/'/g)].map(({ index }) => ({
    start: start + 1 + index,
    end: start + 1 + index,
    text: "'",
  }));
}
