import { defineRule } from '../../rule';
import { identity } from './columnTypes';

/** An IDENTITY column of a type that cannot be one. */
export const redshiftIdentity = defineRule({
  code: 'RS118',
  id: 'redshift-identity',
  dialects: ['redshift'],
  severity: 'information',
  title: 'IDENTITY needs INT or BIGINT',
  why: 'Of any other type the CREATE TABLE fails: an error. What it promises are different numbers, not numbers without gaps: after a COPY or an INSERT … SELECT they skip and do not follow the order of the rows.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html'],
  bad: 'CREATE TABLE load_steps (\n  step_id SMALLINT IDENTITY(1,1),\n  step VARCHAR(60)\n) DISTSTYLE EVEN SORTKEY AUTO',
  good: 'CREATE TABLE load_steps (\n  step_id BIGINT IDENTITY(1,1),\n  step VARCHAR(60)\n) DISTSTYLE EVEN SORTKEY AUTO',
  on: {
    CreateTable(table, { report }) {
      for (const column of table.columns) {
        const { name, type } = column;
        if (identity(column) === undefined || type === undefined || !wrong.test(type.base)) continue;
        report(
          type,
          `${name.name} is an IDENTITY of type ${type.text.toUpperCase()}: only INT and BIGINT can be one.`,
          {
            severity: 'error',
            fixes: [
              {
                title: 'Change the type to BIGINT',
                edits: [{ start: type.start, end: type.end, text: 'BIGINT' }],
              },
            ],
          },
        );
      }
    },
  },
});
// Named, so that a type that nobody knows stays unsaid.
const wrong =
  /^(smallint|int2|decimal|numeric|real|float|float4|float8|double|varchar|char|character|nvarchar|text|date|timestamp|timestamptz|boolean|bool|super)$/;
