import { defineRule } from '../../rule';
import {
  columnNamed,
  insertion,
  isDateOrTimestamp,
  isLaidOut,
  keyClauses,
  mostUsed,
  nameParts,
  rowsInWords,
  tableName,
} from './tableLayout';
import { hasTemplateBehind } from './templates';

const large = 10_000_000;
const small = 1_000_000;

/** A Redshift table that leaves its sort key to AUTO without saying so. */
export const redshiftSortkeyNotChosen = defineRule({
  code: 'RS102',
  id: 'redshift-sortkey-not-chosen',
  dialects: ['redshift'],
  severity: 'information',
  title: 'Choose a sort key',
  why: 'Redshift keeps the lowest and highest value of each 1 MB block. Rows sorted by date let a query for one month of five years pass over up to 98 % of the blocks; unsorted rows have to be read. Without SORTKEY a table gets AUTO, which sorts nothing until it has seen enough queries. A warning from 10 million rows, or when statements filter a date column by a range twice.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/t_Sorting_data.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/c_best-practices-sort-key.html',
  ],
  bad: 'CREATE TABLE card_payments (\n  payment_id BIGINT NOT NULL,\n  card_id BIGINT DISTKEY,\n  paid_on DATE\n)',
  good: 'CREATE TABLE card_payments (\n  payment_id BIGINT NOT NULL,\n  card_id BIGINT DISTKEY,\n  paid_on DATE SORTKEY\n)',
  on: {
    CreateTable(table, { catalog, file, report, statement }) {
      // A template behind the columns may choose it.
      if (hasTemplateBehind(statement, table.columnsSpan?.end ?? table.name.end)) return;
      if (!isLaidOut(table) || keyClauses(table, 'SORTKEY').length > 0) return;
      const rows = catalog.table(nameParts(table.name))?.rows;
      if (rows !== undefined && rows < small) return;
      const dates = table.columns.filter(isDateOrTimestamp).map(({ name }) => name.name);
      const use = file.use(table.name.parts.at(-1)?.name ?? '');
      const ranged = mostUsed(use.ranged, 1);
      const filtered =
        ranged !== undefined && columnNamed(table, ranged.name) !== undefined ? ranged : undefined;
      const column = filtered?.name ?? dates[0];
      const size = rows === undefined || rows <= large ? '' : ` and has ${rowsInWords(rows)}`;
      const often = (filtered?.count ?? 0) >= 2 && dates.includes(filtered?.name ?? '');
      report(table.name, `${tableName(table)} chooses no sort key${size}: ${advice(filtered, column)}.`, {
        severity: size !== '' || often ? 'warning' : 'information',
        fixes: [
          ...(column === undefined
            ? []
            : [
                {
                  title: `Add SORTKEY(${column})`,
                  edits: [insertion(table.end, ` SORTKEY(${column})`)],
                  scaffold: true,
                },
              ]),
          { title: 'Add SORTKEY AUTO', edits: [insertion(table.end, ' SORTKEY AUTO')], scaffold: true },
        ],
      });
    },
  },
});

function advice(
  filtered: { readonly name: string; readonly count: number } | undefined,
  column: string | undefined,
): string {
  if (filtered !== undefined) {
    const who = filtered.count === 1 ? 'a statement filters' : `${filtered.count} statements filter`;
    return `${who} a range of ${filtered.name}, so SORTKEY(${filtered.name}) would let them skip blocks`;
  }
  return column === undefined
    ? 'add SORTKEY on the column it is filtered by, or SORTKEY AUTO to say that the default is meant'
    : `SORTKEY(${column}) would let queries for a span of time skip blocks`;
}
