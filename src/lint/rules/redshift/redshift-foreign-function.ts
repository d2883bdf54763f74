import { defineRule } from '../../rule';
import { callEdit, foreignFunctions } from './foreignFunctions';

/** A function of Athena in a query for Redshift. */
export const redshiftForeignFunction = defineRule({
  code: 'RS412',
  id: 'redshift-foreign-function',
  dialects: ['redshift'],
  severity: 'error',
  title: 'A function of Athena that Redshift does not have',
  why: 'The query fails with "function does not exist". Functions with a schema, and names that a CREATE FUNCTION in sight gives, are left alone; names that somebody may well have given to a function of their own are a warning.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_designing-queries-best-practices.html'],
  bad: "SELECT shop_id, date_parse(opened, '%d.%m.%Y') AS opened_on FROM stg_shops",
  good: "SELECT shop_id, TO_DATE(opened, 'DD.MM.YYYY') AS opened_on FROM stg_shops",
  on: {
    Call(call, { file, report, statement: { text, body } }) {
      const [name] = call.name.parts;
      if (name === undefined || call.name.parts.length > 1 || name.quoted) return;
      const known = foreignFunctions.get(name.name.toLowerCase());
      if (known === undefined || file.use(name.name.toLowerCase()).defined > 0) return;
      const written = known.rewrite?.(call, ({ start, end }) => text.slice(start, end));
      // In the quoted query of an UNLOAD the quotes of new strings would have to be doubled.
      const canWrite = written !== undefined && (body.kind !== 'UnloadStatement' || !written.includes("'"));
      report(call.name, `Redshift has no ${name.name}: use ${known.instead}.`, {
        severity: known.common === true ? 'warning' : 'error',
        fixes: canWrite ? [{ title: `Replace by ${written}`, edits: [callEdit(call, written)] }] : [],
      });
    },
  },
});
