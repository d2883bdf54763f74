import type { Table } from '../../../catalog/catalog';
import { defineRule } from '../../rule';
import type { RuleContext } from '../../rule';
import { conjuncts, joinedPairs, joinsLarge, joinsOf, type KnownColumn } from './queryTables';
import { columnCondition } from './sortKeyFilter';
import type { Select } from '../../../sql/ast';

const large = 10_000_000;

/** Two large tables sorted by date, of which only one is limited. */
export const redshiftMissingRedundantPredicate = defineRule({
  code: 'RS405',
  id: 'redshift-missing-redundant-predicate',
  dialects: ['redshift'],
  severity: 'information',
  title: 'Limit both large tables of a join by date',
  why: 'The planner does not carry a limit over to the other table when they are joined on something else, so that one is read whole. Where both dates lie near each other, a second limit, wide enough, lets it skip blocks too. Only you know whether they do.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_designing-queries-best-practices.html'],
  catalog:
    'CREATE TABLE card_payments (payment_id BIGINT DISTKEY, paid_on DATE SORTKEY);\nCREATE TABLE card_refunds (payment_id BIGINT DISTKEY, refunded_on DATE SORTKEY)',
  figures: { card_payments: { rows: 600_000_000 }, card_refunds: { rows: 40_000_000 } },
  bad: "SELECT COUNT(*) FROM card_payments p JOIN card_refunds r ON r.payment_id = p.payment_id WHERE r.refunded_on >= '2026-03-01'",
  good: "SELECT COUNT(*) FROM card_payments p JOIN card_refunds r ON r.payment_id = p.payment_id WHERE r.refunded_on >= '2026-03-01' AND p.paid_on >= '2026-01-01'",
  on: {
    Select(select, context) {
      if (!joinsLarge(select, context, large)) return;
      const pairs = joinedPairs(select, context);
      const told = new Set<number>();
      for (const { left, right } of pairs) {
        const [a, b] = [dateKey(left.table), dateKey(right.table)];
        if (a === undefined || b === undefined) continue;
        // Joined on the sort key, a limit on one holds for the other.
        if (pairs.some((pair) => joinsKey(pair.left, left, a) || joinsKey(pair.right, right, b))) continue;
        const limited = {
          left: isLimited(left, a, { select, context }),
          right: isLimited(right, b, { select, context }),
        };
        if (limited.left === limited.right) continue;
        const [other, key, known] = limited.left ? [right, b, a] : [left, a, b];
        if (told.has(other.ref.start)) continue;
        told.add(other.ref.start);
        context.report(
          other.ref.name,
          `${other.table.name} is sorted by ${key} and read whole: a limit on it, as on ${known}, would let it skip blocks.`,
        );
      }
    },
  },
});

function dateKey({ sortKeys, columns, rows = 0 }: Table): string | undefined {
  const first = sortKeys?.[0];
  if (first === undefined || rows <= large) return undefined;
  const type = columns.find(({ name }) => name === first)?.type ?? '';
  return /^(date|timestamp)/.test(type) ? first : undefined;
}

function joinsKey(end: KnownColumn, { ref }: KnownColumn, key: string): boolean {
  return end.ref === ref && end.column === key;
}

function isLimited(
  { ref }: KnownColumn,
  key: string,
  { select, context }: { readonly select: Select; readonly context: RuleContext },
): boolean {
  const conditions = [select.where, ...joinsOf(select).map(({ on }) => on)].flatMap(conjuncts);
  return conditions.some((condition) => {
    const found = columnCondition(condition, context);
    return found?.column.ref === ref && found.column.column === key;
  });
}
