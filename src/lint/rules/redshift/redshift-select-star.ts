import type { Query, TableRef } from '../../../sql/ast';
import { defineRule } from '../../rule';
import { columnList, starTables } from './starColumns';
import { nameParts, tableName } from './tableLayout';

const system = /^(stl|stv|svl|svv|svcs|sys|pg|information_schema)(_|$)/i;

/** `*` in the outermost query over a table of the warehouse. */
export const redshiftSelectStar = defineRule({
  code: 'RS401',
  id: 'redshift-select-star',
  dialects: ['redshift'],
  severity: 'information',
  title: 'Name the columns of a query',
  why: 'Redshift stores each column by itself and reads only those a query names. With * it reads all of them, sends all of them, and a column that is added later changes the result.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_designing-queries-best-practices.html'],
  catalog: 'CREATE TABLE branches (branch_id INT, city VARCHAR(60), opened_on DATE)',
  bad: "SELECT *\nFROM branches\nWHERE opened_on >= '2025-01-01'",
  good: "SELECT branch_id, city\nFROM branches\nWHERE opened_on >= '2025-01-01'",
  on: {
    SelectStatement({ query }, context) {
      if (context.statement.body.kind !== 'SelectStatement' || query.body.kind !== 'Select') return;
      const select = query.body;
      for (const { expression } of select.items) {
        if (expression.kind !== 'Star') continue;
        const tables = starTables(expression, select);
        const base = tables.filter((table) => isBaseTable(table, query));
        if (base.length === 0) continue;
        const columns = columnList(expression, {
          select,
          tables,
          known: (table) => context.catalog.table(nameParts(table.name))?.columns.map(({ name }) => name),
        });
        const names = base.map((table) => tableName(table)).join(' and ');
        const all =
          columns === undefined || columns.length === 1 ? 'every column' : `all ${columns.length} columns`;
        context.report(expression, `* reads ${all} of ${names}; name the ones that are needed.`, {
          fixes:
            columns === undefined
              ? []
              : [
                  {
                    title: 'Replace * by the columns',
                    edits: [{ start: expression.start, end: expression.end, text: columns.join(', ') }],
                  },
                ],
        });
      }
    },
  },
});

function isBaseTable({ name: { parts } }: TableRef, query: Query): boolean {
  if (parts.some(({ name }) => system.test(name))) return false;
  return parts.length > 1 || query.ctes.every((cte) => cte.name.name !== parts[0]?.name);
}
