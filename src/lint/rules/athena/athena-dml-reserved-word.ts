import { defineRule } from '../../rule';
import { reservedAt } from './reservedWords';
import { eachStatement, isHiveDdl } from './wholeStatement';

/** A reserved word as a bare name in a query. */
export const athenaDmlReservedWord = defineRule({
  code: 'ATH202',
  id: 'athena-dml-reserved-word',
  dialects: ['athena'],
  severity: 'error',
  title: 'Put reserved words in double quotes in queries',
  why: "Trino's parser reads Athena's queries and stops at a reserved word that stands for a name. Its list is not that of DDL: date, day and user are free, end and order are not, and skip joined it with engine version 3.",
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/reserved-words.html',
    'https://docs.aws.amazon.com/athena/latest/ug/engine-versions-reference-0003.html',
  ],
  catalog:
    "CREATE EXTERNAL TABLE opening_hours (branch string, `end` string) STORED AS PARQUET LOCATION 's3://lake/opening_hours/'",
  bad: 'SELECT branch, end FROM opening_hours',
  good: 'SELECT branch, "end" FROM opening_hours',
  on: eachStatement(({ statement, report }) => {
    const { body, text, problems } = statement;
    if (isHiveDdl(body) || body.kind === 'UtilityStatement' || body.kind === 'Error') return;
    for (const problem of problems) {
      const word = reservedAt(problem, text);
      if (word === undefined) continue;
      const { start, end } = problem;
      const quoted = `"${text.slice(start, end).toLowerCase()}"`;
      report({ start, end }, `${word} is a reserved word in queries: write ${quoted}.`, {
        fixes: [{ title: `Write ${quoted}`, edits: [{ start, end, text: quoted }] }],
      });
    }
  }),
});
