import { defineRule } from '../../rule';
import { optionWord, removal } from './optionEdits';
import { tableName } from './tableLayout';

const inherited = new Set(['DISTSTYLE', 'DISTKEY', 'SORTKEY', 'BACKUP']);

/** A table LIKE another one that is given a layout of its own. */
export const redshiftLikeWithKeys = defineRule({
  code: 'RS119',
  id: 'redshift-like-with-keys',
  dialects: ['redshift'],
  severity: 'error',
  title: 'A table LIKE another takes its layout too',
  why: 'LIKE brings the distribution, the sort key and the backup setting of its source along, and CREATE TABLE fails when any of them is given as well. Change them afterwards by ALTER TABLE.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html'],
  bad: 'CREATE TABLE shop_orders_2026 (LIKE shop_orders) DISTKEY(shop_id)',
  good: 'CREATE TABLE shop_orders_2026 (LIKE shop_orders INCLUDING DEFAULTS)',
  on: {
    CreateTable(table, { report, statement: { text } }) {
      if (table.like === undefined || table.external) return;
      for (const option of table.options) {
        const word = optionWord(option);
        if (!inherited.has(word)) continue;
        report(
          option,
          `${word} cannot be given here: ${tableName(table)} takes it over from ${table.like.parts.map(({ name }) => name).join('.')}.`,
          { fixes: [{ title: `Remove ${word}`, edits: [removal(option, text)] }] },
        );
      }
    },
  },
});
