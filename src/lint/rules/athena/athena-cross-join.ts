import type { Join, ParsedStatement, Query } from '../../../sql/ast';
import { walk } from '../../../sql/walk';
import { defineRule } from '../../rule';
import { firstUnlinked, type Ctes } from './joinLinks';

/** Every row of one table with every row of another. */
export const athenaCrossJoin = defineRule({
  code: 'ATH135',
  id: 'athena-cross-join',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Join tables by a condition',
  why: 'Without one each row of the first meets each row of the second: a million by a thousand rows are a billion, in memory and in time.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html'],
  catalog:
    'CREATE EXTERNAL TABLE shops (shop string, city string) STORED AS PARQUET; CREATE EXTERNAL TABLE cities (city string, region string) STORED AS PARQUET',
  bad: "SELECT s.shop, c.region FROM shops s, cities c WHERE s.city = 'Lyon'",
  good: "SELECT s.shop, c.region FROM shops s JOIN cities c ON c.city = s.city WHERE s.city = 'Lyon'",
  on: {
    Select(select, { statement, catalog, report }) {
      if (statement.templated || statement.problems.length > 0 || select.from.length === 0) return;
      const found = firstUnlinked(select, () => ctesOf(statement));
      if (found === undefined) return;
      const { leaf, join } = found;
      const table =
        leaf.kind === 'TableRef' ? catalog.table(leaf.name.parts.map(({ name }) => name)) : undefined;
      if (table?.rows !== undefined && table.rows <= 1000) return;
      report(
        join?.keyword ?? leaf,
        join !== undefined && isMeant(join)
          ? 'Each row of the one side meets each row of the other.'
          : 'No condition links this to the tables before it: each of its rows meets each of theirs.',
        // Who writes CROSS JOIN, or ON TRUE, knows.
        { severity: join !== undefined && isMeant(join) ? 'information' : 'warning' },
      );
    },
  },
});

function isMeant({ type, on }: Join): boolean {
  if (type === 'CROSS') return true;
  if (on?.kind === 'Literal') return on.type === 'boolean';
  return on?.kind === 'Binary' && on.left.kind === 'Literal' && on.right.kind === 'Literal';
}

function ctesOf(statement: ParsedStatement): Ctes {
  const found = new Map<string, Query>();
  walk(statement.body, (node) => {
    if (node.kind === 'Cte') found.set(node.name.name, node.query);
  });
  return found;
}
