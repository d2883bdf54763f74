import type { Span } from '../../../base/text';
import type { Option } from '../../../sql/ast';
import { defineRule } from '../../rule';
import { removal } from './optionEdits';
import { distStyle, keyClauses, tableName } from './tableLayout';

/** Distribution clauses that Redshift refuses together. */
export const redshiftDistributionConflict = defineRule({
  code: 'RS105',
  id: 'redshift-distribution-conflict',
  dialects: ['redshift'],
  severity: 'error',
  title: 'Distribution clauses must agree',
  why: 'Redshift refuses the statement: a DISTKEY goes with DISTSTYLE KEY or with none, DISTSTYLE KEY needs a DISTKEY, and a table has one DISTKEY of one column.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html'],
  bad: 'CREATE TABLE basket_items (\n  basket_id INT DISTKEY,\n  item_no INT SORTKEY\n) DISTSTYLE EVEN',
  good: 'CREATE TABLE basket_items (\n  basket_id INT DISTKEY,\n  item_no INT SORTKEY\n) DISTSTYLE KEY',
  on: {
    CreateTable(table, { report, statement: { text } }) {
      const name = tableName(table);
      const [first, ...more] = keyClauses(table, 'DISTKEY');
      for (const { option } of more) {
        report(option, `${name} has more than one DISTKEY; Redshift takes one.`, {
          fixes: [{ title: 'Remove this DISTKEY', edits: [removal(option, text)] }],
        });
      }
      if (first !== undefined && first.columns.length > 1) {
        report(
          first.option,
          `The DISTKEY of ${name} lists ${first.columns.length} columns; Redshift takes one.`,
        );
      }
      const style = distStyle(table);
      const value = style?.value?.toUpperCase();
      if (style === undefined || value === undefined) return;
      if (first !== undefined && value !== 'KEY') {
        report(
          style,
          `${name} has a DISTKEY and DISTSTYLE ${value}; Redshift takes a DISTKEY with KEY only.`,
          {
            fixes: [{ title: 'Change to DISTSTYLE KEY', edits: [styled(style, 'KEY')] }],
          },
        );
      }
      if (first === undefined && value === 'KEY') {
        report(style, `${name} has DISTSTYLE KEY but no DISTKEY that says by which column.`, {
          fixes: [{ title: 'Change to DISTSTYLE AUTO', edits: [styled(style, 'AUTO')], scaffold: true }],
        });
      }
    },
  },
});

function styled({ valueSpan, start, end }: Option, value: string): Span & { readonly text: string } {
  return valueSpan === undefined
    ? { start, end, text: `DISTSTYLE ${value}` }
    : { start: valueSpan.start, end: valueSpan.end, text: value };
}
