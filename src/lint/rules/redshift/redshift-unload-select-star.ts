import type { Query, Select } from '../../../sql/ast';
import { defineRule } from '../../rule';
import { columnList, starTables } from './starColumns';
import { nameParts, tableName } from './tableLayout';

/** `*` in the outermost query of an UNLOAD. */
export const redshiftUnloadSelectStar = defineRule({
  code: 'RS216',
  id: 'redshift-unload-select-star',
  dialects: ['redshift'],
  severity: 'hint',
  title: 'Name the columns that an UNLOAD writes',
  why: 'The files have the columns in the order that the table has them on that day, and a COPY from Parquet takes them by place: after an ALTER TABLE, files from before and after no longer go together. A copy of a whole table is not reported.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-copy-from-columnar.html',
  ],
  catalog: 'CREATE TABLE branches (branch_id INT, city VARCHAR(60), opened_on DATE)',
  bad: "UNLOAD ('SELECT * FROM branches WHERE opened_on >= ''2025-01-01''')\nTO 's3://bank-lake/exports/branches/'\nIAM_ROLE default\nFORMAT AS PARQUET\nCLEANPATH",
  good: "UNLOAD ('SELECT branch_id, city FROM branches WHERE opened_on >= ''2025-01-01''')\nTO 's3://bank-lake/exports/branches/'\nIAM_ROLE default\nFORMAT AS PARQUET\nCLEANPATH",
  on: {
    UnloadStatement({ query }, { catalog, report }) {
      if (query?.body.kind !== 'Select' || isWholeTable(query, query.body)) return;
      const select = query.body;
      for (const { expression } of select.items) {
        if (expression.kind !== 'Star') continue;
        const tables = starTables(expression, select).filter(
          ({ name: { parts } }) =>
            parts.length > 1 || query.ctes.every((cte) => cte.name.name !== parts[0]?.name),
        );
        if (tables.length === 0) continue;
        const columns = columnList(expression, {
          select,
          tables,
          known: (table) => catalog.table(nameParts(table.name))?.columns.map(({ name }) => name),
        });
        report(
          expression,
          `The files will have the columns of ${tables.map((table) => tableName(table)).join(' and ')} in today's order; name them.`,
          {
            fixes:
              columns === undefined
                ? []
                : [
                    {
                      title: 'Replace * by the columns',
                      edits: [{ start: expression.start, end: expression.end, text: columns.join(', ') }],
                    },
                  ],
          },
        );
      }
    },
  },
});

// A backup: everything of one table.
function isWholeTable(query: Query, { from, where, groupBy, qualify, top }: Select): boolean {
  return (
    from.length === 1 &&
    from[0]?.kind === 'TableRef' &&
    query.limit === undefined &&
    [where, groupBy, qualify, top].every((clause) => clause === undefined)
  );
}
