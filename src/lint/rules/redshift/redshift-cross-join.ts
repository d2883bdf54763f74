import { defineRule } from '../../rule';
import { unlinkedTables } from '../shared/unlinkedTables';

/** Tables joined without a condition that ties them. */
export const redshiftCrossJoin = defineRule({
  code: 'RS403',
  id: 'redshift-cross-join',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'Tie every table of a FROM to the others',
  why: 'Without an equality between two tables each row of one meets each row of the other: a nested loop, the slowest join there is. Where the tables are compared by ranges or OR alone, or CROSS JOIN is written out, that may be meant and is information.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_designing-queries-best-practices.html'],
  bad: "SELECT p.amount, s.city FROM card_payments p, shops s WHERE p.paid_on >= '2026-03-01'",
  good: "SELECT p.amount, s.city FROM card_payments p JOIN shops s ON s.shop_id = p.shop_id WHERE p.paid_on >= '2026-03-01'",
  on: {
    Select(select, context) {
      const { body, templated } = context.statement;
      // What a template stands for may tie them, and EXPLAIN joins nothing.
      if (templated || (body.kind === 'WrapperStatement' && body.verb === 'EXPLAIN')) return;
      for (const { item, link, meant } of unlinkedTables(select, context)) {
        const named = item.kind === 'TableRef' ? item.name : undefined;
        const own = named?.parts.map(({ name }) => name).join('.');
        const aliased = 'alias' in item ? item.alias : undefined;
        context.report(
          named ?? aliased ?? item,
          link === 'loose'
            ? `${own ?? aliased?.name ?? 'This subquery'} is joined without an equality: every row is compared with every row of the others.`
            : `${own ?? aliased?.name ?? 'This subquery'} is joined without a condition: every row meets every row of the others.`,
          { severity: link === 'loose' || meant ? 'information' : 'warning' },
        );
      }
    },
  },
});
