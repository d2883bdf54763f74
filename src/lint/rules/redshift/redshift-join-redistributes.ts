import type { Table } from '../../../catalog/catalog';
import { defineRule } from '../../rule';
import { joinedPairs, joinsLarge, type JoinedPair } from './queryTables';
import { rowsInWords } from './tableLayout';

const large = 10_000_000;

/** A join of two large tables whose rows lie on different slices. */
export const redshiftJoinRedistributes = defineRule({
  code: 'RS404',
  id: 'redshift-join-redistributes',
  dialects: ['redshift'],
  severity: 'information',
  title: 'Large tables are not joined on their distribution keys',
  why: 'Rows that belong together lie on different slices, and one or both tables are sent over the network for this query: DS_BCAST_INNER or DS_DIST_BOTH in its plan. With both distributed by the joined column, each slice joins what it has.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/c_best-practices-best-dist-key.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/c_choosing_dist_sort.html',
  ],
  catalog:
    'CREATE TABLE card_payments (payment_id BIGINT DISTKEY, card_id BIGINT);\nCREATE TABLE card_refunds (payment_id BIGINT DISTKEY, card_id BIGINT)',
  figures: { card_payments: { rows: 600_000_000 }, card_refunds: { rows: 40_000_000 } },
  bad: 'SELECT COUNT(*) FROM card_payments p JOIN card_refunds r ON r.card_id = p.card_id',
  good: 'SELECT COUNT(*) FROM card_payments p JOIN card_refunds r ON r.payment_id = p.payment_id',
  on: {
    Select(select, context) {
      if (!joinsLarge(select, context, large)) return;
      const pairs = joinedPairs(select, context);
      const told = new Set<string>();
      for (const pair of pairs) {
        const [a, b] = [pair.left, pair.right].toSorted((x, y) => x.ref.start - y.ref.start);
        if (a === undefined || b === undefined || !isSpread(a.table) || !isSpread(b.table)) continue;
        const key = `${a.ref.start} ${b.ref.start}`;
        if (told.has(key) || pairs.some((other) => isColocated(other, pair))) continue;
        told.add(key);
        context.report(
          pair.at,
          `${a.table.name} (${rowsInWords(a.table.rows ?? 0)}) and ${b.table.name} (${rowsInWords(b.table.rows ?? 0)}) are not both distributed by what they are joined on: rows have to be sent between the nodes.`,
        );
      }
    },
  },
});

function isSpread({ distribution, rows = 0 }: Table): boolean {
  return rows > large && (distribution?.style === 'key' || distribution?.style === 'even');
}

// Another condition of the same join may be on the keys.
function isColocated({ left, right }: JoinedPair, pair: JoinedPair): boolean {
  const refs = [pair.left.ref, pair.right.ref];
  if (!refs.includes(left.ref) || !refs.includes(right.ref)) return false;
  return [left, right].every(({ table, column }) => table.distribution?.key === column);
}
