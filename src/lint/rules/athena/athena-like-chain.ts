import type { Binary, Expression, Like } from '../../../sql/ast';
import { defineRule } from '../../rule';

const least = 3;

// An OR inside another OR is part of the outer one's chain.
const inner = new WeakSet<Binary>();

/** Several searches through one text. */
export const athenaLikeChain = defineRule({
  code: 'ATH137',
  id: 'athena-like-chain',
  dialects: ['athena'],
  severity: 'hint',
  title: 'One regexp_like() for several LIKE on a column',
  why: "Each LIKE '%…%' goes through the text again. regexp_like() looks for all of them on one way.",
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html'],
  catalog: 'CREATE EXTERNAL TABLE visits (page string, url string) STORED AS PARQUET',
  bad: "SELECT page FROM visits WHERE url LIKE '%offer%' OR url LIKE '%sale%' OR url LIKE '%gift%'",
  good: "SELECT page FROM visits WHERE regexp_like(url, 'offer|sale|gift')",
  on: {
    Binary(node, { report, statement: { text } }) {
      if (node.operator !== 'OR' || inner.has(node)) return;
      const parts = disjuncts(node);
      const searches = parts.filter(isSearch);
      const [first] = searches;
      if (first === undefined) return;
      const textOf = ({ start, end }: Expression): string => text.slice(start, end).toLowerCase();
      const column = textOf(first.operand);
      const same = searches.filter(({ operand }) => textOf(operand) === column);
      if (same.length < least) return;
      const pattern = same.length === parts.length ? alternation(same) : undefined;
      const written = `regexp_like(${text.slice(first.operand.start, first.operand.end)}, '${pattern ?? ''}')`;
      report(node, `${same.length} searches through ${column}: one regexp_like() finds them all.`, {
        fixes:
          pattern === undefined
            ? []
            : [{ title: `Write ${written}`, edits: [{ start: node.start, end: node.end, text: written }] }],
      });
    },
  },
});

function disjuncts(node: Binary): readonly Expression[] {
  const parts: Expression[] = [];
  const open: Expression[] = [node.right, node.left];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'Binary' && next.operator === 'OR') {
      inner.add(next);
      open.push(next.right, next.left);
    } else parts.push(next);
  }
  return parts;
}

function isSearch(expression: Expression): expression is Like {
  return (
    expression.kind === 'Like' &&
    expression.operator === 'LIKE' &&
    !expression.negated &&
    expression.escape === undefined &&
    expression.operand.kind === 'ColumnRef' &&
    expression.pattern.kind === 'Literal' &&
    expression.pattern.type === 'string' &&
    /^%./.test(expression.pattern.value)
  );
}

/** `a|b` for '%a%' and '%b%'; undefined where a pattern says more. */
function alternation(searches: readonly Like[]): string | undefined {
  const words = searches.map(({ pattern }) => {
    const inside = pattern.kind === 'Literal' ? /^%([^%_]+)%$/s.exec(pattern.value)?.[1] : undefined;
    return inside?.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("'", "''");
  });
  return words.includes(undefined) ? undefined : words.join('|');
}
