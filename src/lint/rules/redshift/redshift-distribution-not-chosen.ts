import { defineRule } from '../../rule';
import {
  columnNamed,
  distStyle,
  insertion,
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

/** A Redshift table that leaves its distribution to AUTO without saying so. */
export const redshiftDistributionNotChosen = defineRule({
  code: 'RS101',
  id: 'redshift-distribution-not-chosen',
  dialects: ['redshift'],
  severity: 'information',
  title: 'Choose how a table is distributed',
  why: 'Without DISTKEY or DISTSTYLE a table gets AUTO: whole on every node while it is small, later spread by a key or evenly. That is a fair default, but a large table that is joined on one column sends rows between nodes in every such query until it is spread by that column, and whoever reads the DDL cannot see which was meant. A warning from 10 million rows, or when statements join the table on one column twice.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/c_choosing_dist_sort.html',
  ],
  bad: 'CREATE TABLE card_payments (\n  payment_id BIGINT NOT NULL,\n  card_id BIGINT,\n  paid_on DATE\n) SORTKEY(paid_on)',
  good: 'CREATE TABLE card_payments (\n  payment_id BIGINT NOT NULL,\n  card_id BIGINT,\n  paid_on DATE\n) DISTKEY(card_id) SORTKEY(paid_on)',
  on: {
    CreateTable(table, { catalog, file, report, statement }) {
      // A template behind the columns may choose it.
      if (hasTemplateBehind(statement, table.columnsSpan?.end ?? table.name.end)) return;
      if (!isLaidOut(table) || distStyle(table) !== undefined || keyClauses(table, 'DISTKEY').length > 0) {
        return;
      }
      const rows = catalog.table(nameParts(table.name))?.rows;
      if (rows !== undefined && rows < small) return;
      const use = file.use(table.name.parts.at(-1)?.name ?? '');
      const joined = mostUsed(use.joined, 1);
      const key = joined !== undefined && columnNamed(table, joined.name) !== undefined ? joined : undefined;
      const size = rows === undefined || rows <= large ? '' : ` and has ${rowsInWords(rows)}`;
      const advice =
        key === undefined
          ? 'add DISTKEY on the column it is joined on, or DISTSTYLE AUTO to say that the default is meant'
          : `${key.count} ${key.count === 1 ? 'statement joins' : 'statements join'} it on ${key.name}, so DISTKEY(${key.name}) would keep those rows together`;
      report(table.name, `${tableName(table)} chooses no distribution${size}: ${advice}.`, {
        severity: size !== '' || (key?.count ?? 0) >= 2 ? 'warning' : 'information',
        fixes: [
          ...(key === undefined
            ? []
            : [
                {
                  title: `Add DISTKEY(${key.name})`,
                  edits: [insertion(table.end, ` DISTKEY(${key.name})`)],
                  scaffold: true,
                },
              ]),
          {
            title: 'Add DISTSTYLE AUTO',
            edits: [insertion(table.end, ' DISTSTYLE AUTO')],
            scaffold: true,
          },
        ],
      });
    },
  },
});
