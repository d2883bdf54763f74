import { defineRule } from '../../rule';
import { makesIceberg } from './ctasProperties';

/** A table over files that is not said to be external. */
export const athenaCreateTableWithoutExternal = defineRule({
  code: 'ATH306',
  id: 'athena-create-table-without-external',
  dialects: ['athena'],
  severity: 'error',
  title: 'Write CREATE EXTERNAL TABLE for a table over files',
  why: 'Athena owns the files of Iceberg tables only. A CREATE TABLE with a list of columns and without EXTERNAL fails for every other table.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/create-table.html'],
  bad: "CREATE TABLE shops (shop string, city string) STORED AS PARQUET LOCATION 's3://lake/shops/'",
  good: "CREATE EXTERNAL TABLE shops (shop string, city string) STORED AS PARQUET LOCATION 's3://lake/shops/'",
  on: {
    CreateTable(statement, { report, statement: { templated, text, body } }) {
      if (templated || statement !== body || statement.external || statement.temporary) return;
      if (statement.columns.length === 0 || statement.like !== undefined || makesIceberg(statement)) return;
      const words = /^create\s+table\b/i.exec(text);
      if (words === null) return;
      const at = words[0].length - 'table'.length;
      report({ start: 0, end: words[0].length }, 'Only Iceberg tables are made without EXTERNAL.', {
        fixes: [{ title: 'Insert EXTERNAL', edits: [{ start: at, end: at, text: 'EXTERNAL ' }] }],
      });
    },
  },
});
