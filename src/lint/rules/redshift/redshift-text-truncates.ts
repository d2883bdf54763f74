import type { ColumnDefinition } from '../../../sql/ast';
import { defineRule } from '../../rule';
import type { RuleContext } from '../../rule';

/** A column of type TEXT, which is shorter than its name says. */
export const redshiftTextTruncates = defineRule({
  code: 'RS116',
  id: 'redshift-text-truncates',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'TEXT is no more than VARCHAR(256)',
  why: 'Unlike in PostgreSQL, a TEXT column is made as VARCHAR(256) and a BPCHAR one as CHAR(256): a longer value stops the load. A cast to TEXT is another matter and is not reported.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html'],
  bad: 'CREATE TABLE shop_reviews (\n  review_id BIGINT DISTKEY SORTKEY,\n  review TEXT\n)',
  good: 'CREATE TABLE shop_reviews (\n  review_id BIGINT DISTKEY SORTKEY,\n  review VARCHAR(2000)\n)',
  on: {
    CreateTable(table, context) {
      if (table.external) return;
      for (const column of table.columns) check(column, context);
    },
    AlterTable(alter, context) {
      for (const { action, columns } of alter.actions) {
        if (/^(ADD|ALTER) COLUMN/.test(action)) for (const column of columns) check(column, context);
      }
    },
  },
});

function check({ name, type }: ColumnDefinition, { report }: RuleContext): void {
  if (type === undefined || (type.text !== 'text' && type.text !== 'bpchar')) return;
  const made = type.text === 'text' ? 'VARCHAR(256)' : 'CHAR(256)';
  report(
    type,
    `${name.name} becomes ${made}: ${type.text.toUpperCase()} takes no value longer than 256 bytes in Redshift.`,
    {
      fixes: [
        {
          title: 'Change the type to VARCHAR(4096)',
          edits: [{ start: type.start, end: type.end, text: 'VARCHAR(4096)' }],
          scaffold: true,
        },
      ],
    },
  );
}
