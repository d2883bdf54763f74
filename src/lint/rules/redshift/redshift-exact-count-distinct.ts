import type { Call, Select } from '../../../sql/ast';
import { walk } from '../../../sql/walk';
import { defineRule } from '../../rule';
import { tableRefs } from './starColumns';
import { insertion, nameParts, rowsInWords } from './tableLayout';

const many = 100_000_000;

/** An exact COUNT(DISTINCT …) over very many rows. */
export const redshiftExactCountDistinct = defineRule({
  code: 'RS408',
  id: 'redshift-exact-count-distinct',
  dialects: ['redshift'],
  severity: 'hint',
  title: 'Estimate distinct values of a large table',
  why: 'An exact count has to bring all values of the column together; APPROXIMATE COUNT(DISTINCT …) counts with HyperLogLog in a fraction of the time and memory, about 2 % off. Told from 100 million rows on; where the figure has to be exact, leave it.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_designing-queries-best-practices.html'],
  catalog: 'CREATE TABLE card_payments (payment_id BIGINT, card_id BIGINT DISTKEY, paid_on DATE SORTKEY)',
  figures: { card_payments: { rows: 600_000_000 } },
  bad: "SELECT COUNT(DISTINCT card_id) FROM card_payments WHERE paid_on >= '2026-01-01'",
  good: "SELECT APPROXIMATE COUNT(DISTINCT card_id) FROM card_payments WHERE paid_on >= '2026-01-01'",
  on: {
    Select(select, { catalog, report }) {
      const counts = distinctCounts(select);
      const [count] = counts;
      // It does not go with another DISTINCT in one SELECT.
      if (count === undefined || counts.length > 1 || select.distinct) return;
      const large = select.from
        .flatMap(tableRefs)
        .map((ref) => catalog.table(nameParts(ref.name)))
        .find((table) => (table?.rows ?? 0) > many);
      if (large === undefined) return;
      report(
        count,
        `${large.name} has ${rowsInWords(large.rows ?? 0)}: APPROXIMATE COUNT(DISTINCT …) needs a fraction of the time.`,
        { fixes: [{ title: 'Use APPROXIMATE', edits: [insertion(count.start, 'APPROXIMATE ')] }] },
      );
    },
  },
});

// All aggregates with DISTINCT of this SELECT, those of subqueries aside.
function distinctCounts(select: Select): readonly Call[] {
  const found: Call[] = [];
  let others = 0;
  for (const { expression } of select.items) {
    walk(expression, (node) => {
      if (node.kind === 'Query') return false;
      if (node.kind !== 'Call' || !node.distinct) return true;
      const plain = node.args.length === 1 && node.approximate !== true && node.over === undefined;
      if (plain && node.name.parts.at(-1)?.name.toLowerCase() === 'count') found.push(node);
      else others++;
      return true;
    });
  }
  return others > 0 ? [] : found;
}
