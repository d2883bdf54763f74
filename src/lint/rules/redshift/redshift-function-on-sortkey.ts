import type { Expression } from '../../../sql/ast';
import { defineRule } from '../../rule';
import { conjuncts, joinsOf } from './queryTables';
import { asRange, columnCondition, hidesColumn, type ColumnCondition } from './sortKeyFilter';

const small = 1_000_000;

/** A filter on a sort key that blocks cannot be skipped by. */
export const redshiftFunctionOnSortkey = defineRule({
  code: 'RS402',
  id: 'redshift-function-on-sortkey',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'Filter the sort key column itself',
  why: 'Redshift skips blocks by the lowest and highest value of a column, and knows them for the column only, not for a function of it: every block of the table is read. A range on the bare column finds the same rows. A cast between DATE and TIMESTAMP is mostly seen through and is only a hint.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/c_designing-queries-best-practices.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/t_Sorting_data.html',
  ],
  catalog: 'CREATE TABLE card_payments (payment_id BIGINT, card_id BIGINT DISTKEY, paid_on DATE SORTKEY)',
  bad: "SELECT COUNT(*) FROM card_payments WHERE DATE_TRUNC('month', paid_on) = '2026-03-01'",
  good: "SELECT COUNT(*) FROM card_payments WHERE paid_on >= '2026-03-01' AND paid_on < '2026-04-01'",
  on: {
    Select(select, context) {
      const { report, statement } = context;
      if (!conjuncts(select.where).some(hidesColumn)) return;
      const read = (conditions: readonly Expression[]) =>
        conditions.flatMap((condition) => {
          const found = columnCondition(condition, context);
          return found === undefined ? [] : [{ ...found, condition }];
        });
      const filters = read(conjuncts(select.where));
      const joins = read(joinsOf(select).flatMap(({ on }) => conjuncts(on)));
      for (const filter of filters) {
        if (filter.form === 'bare' || !defeatsKey(filter, [...filters, ...joins])) continue;
        const { ref, table, column } = filter.column;
        if ((table.rows ?? small) < small) continue;
        const text = (part: Expression): string => statement.text.slice(part.start, part.end);
        // In the quoted query of an UNLOAD the quotes of new strings would have to be doubled.
        const range = statement.body.kind === 'UnloadStatement' ? undefined : asRange(filter, text);
        const { start, end } = filter.condition;
        report(
          filter.side,
          `${ref.name.parts.at(-1)?.name ?? ''} is sorted by ${column}, but this filter hides the column: no block can be skipped.`,
          {
            severity: filter.form === 'cast' ? 'hint' : 'warning',
            fixes:
              range === undefined ? [] : [{ title: `Write ${range}`, edits: [{ start, end, text: range }] }],
          },
        );
      }
    },
  },
});

// The first sort key, or a later one when all before it are limited.
function defeatsKey({ column }: ColumnCondition, all: readonly ColumnCondition[]): boolean {
  const isLimited = (name: string): boolean =>
    all.some(
      (other) => other.form === 'bare' && other.column.ref === column.ref && other.column.column === name,
    );
  const keys = column.table.sortKeys ?? [];
  const place = keys.indexOf(column.column);
  return place >= 0 && keys.slice(0, place).every(isLimited) && !isLimited(column.column);
}
