import type { CreateTable } from '../../../sql/ast';
import { defineRule } from '../../rule';
import { removal } from './optionEdits';
import { columnNamed, insertion, keyClauses, tableName, type KeyClause } from './tableLayout';

const mostCompound = 400;
const mostInterleaved = 8;
const unsortable = /^(super|varbyte|varbinary|binary|geometry|geography|hllsketch)$/;

/** Sort keys that Redshift refuses: too many, of the wrong type, or chosen twice. */
export const redshiftSortkeyLimits = defineRule({
  code: 'RS106',
  id: 'redshift-sortkey-limits',
  dialects: ['redshift'],
  severity: 'error',
  title: 'A sort key must be one that Redshift accepts',
  why: 'Redshift refuses the statement: SORTKEY behind a column may stand once, a compound key has up to 400 columns and an interleaved one up to 8, and SUPER, VARBYTE, GEOMETRY, GEOGRAPHY and HLLSKETCH columns cannot be sorted by.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html'],
  bad: 'CREATE TABLE page_views (\n  visitor_id INT DISTKEY SORTKEY,\n  viewed_on DATE SORTKEY\n)',
  good: 'CREATE TABLE page_views (\n  visitor_id INT DISTKEY,\n  viewed_on DATE\n) COMPOUND SORTKEY(viewed_on, visitor_id)',
  on: {
    CreateTable(table, { report, statement: { text } }) {
      const clauses = keyClauses(table, 'SORTKEY');
      const second = clauses[1];
      if (second !== undefined) {
        const how =
          second.form === 'column' ? 'behind more than one column' : 'both behind a column and for the table';
        report(second.option, `${tableName(table)} has SORTKEY ${how}; name all its columns in one.`, {
          fixes: [merged(table, { clauses, text })],
        });
      }
      for (const clause of clauses) {
        const most = clause.option.value?.toUpperCase() === 'INTERLEAVED' ? mostInterleaved : mostCompound;
        if (clause.columns.length > most) {
          const kind = most === mostInterleaved ? 'An interleaved' : 'A compound';
          report(
            clause.option,
            `${kind} sort key takes ${most} columns at most; this one has ${clause.columns.length}.`,
          );
        }
        for (const name of clause.columns) {
          const type = columnNamed(table, name)?.type;
          if (type !== undefined && unsortable.test(type.base)) {
            report(
              clause.option,
              `${name} is ${type.base.toUpperCase()}, and Redshift cannot sort by that type.`,
            );
          }
        }
      }
    },
  },
});

function merged(
  table: CreateTable,
  { clauses, text }: { readonly clauses: readonly KeyClause[]; readonly text: string },
) {
  const columns = [...new Set(clauses.flatMap((clause) => clause.columns))];
  return {
    title: 'Write one SORTKEY for the table',
    edits: [
      ...clauses.map(({ option }) => removal(option, text)),
      insertion(table.end, ` COMPOUND SORTKEY(${columns.join(', ')})`),
    ],
  };
}
