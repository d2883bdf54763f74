import { defineRule } from '../../rule';
import { distStyle, nameParts, rowsInWords, tableName } from './tableLayout';

const many = 3_000_000;
const growing = /^(fct|facts?|events?|logs?)(_|$)/i;

/** DISTSTYLE ALL on a table that is too large or changes too often for a copy on each node. */
export const redshiftDiststyleAllLarge = defineRule({
  code: 'RS103',
  id: 'redshift-diststyle-all-large',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'Keep DISTSTYLE ALL for small tables that rarely change',
  why: 'ALL stores the whole table on every node: space and the time of each load grow with the number of nodes. It pays only for lookup tables of up to some million rows that change seldom; small ones gain nothing over AUTO, which copies them by itself. A warning from 3 million rows; a hint where only the name or the statements in sight tell.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/c_choosing_dist_sort.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/c_best-practices-best-dist-key.html',
  ],
  bad: 'CREATE TABLE events_clicks (\n  click_id BIGINT,\n  clicked_at TIMESTAMP SORTKEY\n) DISTSTYLE ALL',
  good: 'CREATE TABLE dim_branch (\n  branch_id INT SORTKEY,\n  branch_name VARCHAR(80)\n) DISTSTYLE ALL',
  on: {
    CreateTable(table, { catalog, file, report }) {
      const style = distStyle(table);
      if (style?.value?.toUpperCase() !== 'ALL') return;
      const name = table.name.parts.at(-1)?.name ?? '';
      const rows = catalog.table(nameParts(table.name))?.rows;
      if (rows !== undefined && rows <= many) return;
      const { changed } = file.use(name);
      if (rows === undefined && !growing.test(name) && changed < 3) return;
      const reason =
        rows !== undefined
          ? `it has ${rowsInWords(rows)}`
          : changed >= 3
            ? `${changed} statements change it, each of them on every node`
            : 'its name is that of a table that grows';
      report(style, `DISTSTYLE ALL copies ${tableName(table)} to every node, and ${reason}.`, {
        severity: rows === undefined ? 'hint' : 'warning',
        fixes: [
          {
            title: 'Change to DISTSTYLE AUTO',
            edits: [{ ...(style.valueSpan ?? style), text: style.valueSpan ? 'AUTO' : 'DISTSTYLE AUTO' }],
          },
        ],
      });
    },
  },
});
