import { defineRule } from '../../rule';
import { declaresKeys, isTemporaryTable } from '../../fileFacts';
import { tableName } from './tableLayout';

/** A key that nobody keeps, told once a file. */
export const redshiftConstraintNotEnforced = defineRule({
  code: 'RS114',
  id: 'redshift-constraint-not-enforced',
  dialects: ['redshift'],
  severity: 'hint',
  title: 'Redshift does not enforce keys',
  why: 'PRIMARY KEY, UNIQUE and FOREIGN KEY are taken down and not checked, and the planner believes them: with double rows in the table, a DISTINCT or a join that it leaves out gives wrong results. Declare them where the load keeps doubles out. Said once a file, and not of a table that a statement in sight loads by MERGE, DISTINCT, GROUP BY, ROW_NUMBER or NOT EXISTS.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/c_best-practices-defining-constraints.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html',
  ],
  bad: 'CREATE TABLE shops (\n  shop_id INT PRIMARY KEY DISTKEY SORTKEY,\n  city VARCHAR(80)\n)',
  good: 'CREATE TABLE shops (\n  shop_id INT NOT NULL DISTKEY SORTKEY,\n  city VARCHAR(80)\n)',
  on: {
    CreateTable(table, { file, report }) {
      if (table.external || isTemporaryTable(table) || !declaresKeys(table)) return;
      if (file.hasDeclaredKeys()) return;
      if (file.use(table.name.parts.at(-1)?.name ?? '').deduplicated > 0) return;
      report(
        table.name,
        `Redshift does not enforce the keys of ${tableName(table)}, yet the planner relies on them: the load has to keep doubles out.`,
      );
    },
  },
});
