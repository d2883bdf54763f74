import type { CatalogSnapshot } from '../../../catalog/catalog';
import type { Expression, Select } from '../../../sql/ast';
import { defineRule } from '../../rule';
import { starTables, tableRefs } from './starColumns';
import { insertion, nameParts } from './tableLayout';
import { hasTemplateBehind } from './templates';
import { optionNamed, unloadFormat } from './unloadFormat';

const text = /^(varchar|char|character|nvarchar|nchar|bpchar|text|super)\b/;

/** Delimited text in which a value may hold the delimiter. */
export const redshiftUnloadNoEscape = defineRule({
  code: 'RS214',
  id: 'redshift-unload-no-escape',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'Delimited text needs ESCAPE, ADDQUOTES or CSV',
  why: 'A delimiter, quote or line break inside a value is written as it is, and whoever reads the file takes it for the end of the value: a COPY fails or fills the wrong columns. AWS strongly recommends ESCAPE on both sides; FORMAT AS CSV quotes by itself.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html'],
  catalog: 'CREATE TABLE branches (branch_id INT, city VARCHAR(60), opened_on DATE)',
  bad: "UNLOAD ('SELECT branch_id, city FROM branches')\nTO 's3://bank-lake/partner/branches/'\nIAM_ROLE default\nDELIMITER ';'\nCLEANPATH",
  good: "UNLOAD ('SELECT branch_id, city FROM branches')\nTO 's3://bank-lake/partner/branches/'\nIAM_ROLE default\nFORMAT AS CSV DELIMITER ';'\nCLEANPATH",
  on: {
    UnloadStatement(unload, { catalog, report, statement }) {
      if (unloadFormat(unload)?.name !== 'TEXT' || unload.to === undefined) return;
      if (hasTemplateBehind(statement, unload.to.end)) return;
      if (['ESCAPE', 'ADDQUOTES', 'FIXEDWIDTH'].some((word) => optionNamed(unload, word) !== undefined))
        return;
      const select = unload.query?.body;
      if (select?.kind !== 'Select') return;
      const value = select.items
        .map(({ expression }) => textValue(expression, { select, catalog }))
        .find((name) => name !== undefined);
      if (value === undefined) return;
      report(
        optionNamed(unload, 'DELIMITER') ?? unload.to,
        `${value} may hold the delimiter, and nothing marks it there: use FORMAT AS CSV, ESCAPE or ADDQUOTES.`,
        {
          fixes: [
            {
              // Whoever reads the files has to be told.
              title: 'Unload as CSV',
              edits: [insertion(unload.to.end, '\nFORMAT AS CSV')],
              scaffold: true,
            },
          ],
        },
      );
    },
  },
});

/** What text an item of the select list gives; a star over tables that nobody knows gives some. */
function textValue(
  expression: Expression,
  { select, catalog }: { readonly select: Select; readonly catalog: CatalogSnapshot },
): string | undefined {
  if (expression.kind === 'Star') {
    const tables = starTables(expression, select);
    const known = tables.map(({ name }) => catalog.table(nameParts(name)));
    const found = known.flatMap((table) => table?.columns ?? []).find(({ type }) => text.test(type));
    if (found !== undefined) return found.name;
    return known.length > 0 && known.every((table) => table !== undefined) ? undefined : 'A value';
  }
  if (expression.kind !== 'ColumnRef') return undefined;
  const name = expression.name.parts.at(-1)?.name.toLowerCase();
  const qualifier = expression.name.parts.at(-2)?.name;
  const column = select.from
    .flatMap(tableRefs)
    .filter(
      (table) => qualifier === undefined || (table.alias ?? table.name.parts.at(-1))?.name === qualifier,
    )
    .flatMap((table) => catalog.table(nameParts(table.name))?.columns ?? [])
    .find((one) => one.name === name);
  return column !== undefined && text.test(column.type) ? column.name : undefined;
}
