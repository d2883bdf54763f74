import type { Column } from '../../../catalog/catalog';
import { readsKnownTable } from '../../../scan/knownTables';
import { analyse } from '../../../scan/scansOf';
import type { ColumnRef, Expression, InQuery, Select } from '../../../sql/ast';
import { defineRule, type ReportOptions, type RuleContext } from '../../rule';

/** A NOT IN that one NULL empties. */
export const athenaNotInSubquery = defineRule({
  code: 'ATH138',
  id: 'athena-not-in-subquery',
  dialects: ['athena', 'redshift'],
  severity: 'warning',
  title: 'NOT EXISTS instead of NOT IN with a subquery',
  why: 'As soon as the subquery gives a single NULL, NOT IN is true for no row, and the query gives none. NOT EXISTS is not troubled by it, and is usually faster.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/c_designing-queries-best-practices.html',
    'https://trino.io/docs/current/functions/comparison.html',
  ],
  catalog:
    'CREATE EXTERNAL TABLE customers (customer_id bigint, name string) STORED AS PARQUET; CREATE EXTERNAL TABLE closed_accounts (customer_id bigint) STORED AS PARQUET',
  bad: 'SELECT name FROM customers WHERE customer_id NOT IN (SELECT customer_id FROM closed_accounts)',
  good: 'SELECT c.name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM closed_accounts a WHERE a.customer_id = c.customer_id)',
  on: {
    InQuery(node, context) {
      const { body } = node.query;
      if (!node.negated || body.kind !== 'Select' || body.items.length !== 1) return;
      const expression = body.items[0]?.expression;
      if (expression?.kind !== 'ColumnRef') return;
      if (rejectsNull(body.where, expression) || rejectsNull(body.having, expression)) return;
      const column = columnOf(expression, context);
      if (column === 'key' || (column !== undefined && column.notNull === true)) return;
      const name = expression.name.parts.at(-1)?.name ?? '';
      context.report(
        node,
        `If one ${name} of the subquery is NULL, NOT IN is true for no row: use NOT EXISTS, or ask for ${name} IS NOT NULL.`,
        { severity: column === undefined ? 'information' : 'warning', ...fixesFor(node, body, context) },
      );
    },
  },
});

/** The column of the catalog that it is; `key` for a partition key, which every row has. */
function columnOf(ref: ColumnRef, { statement, catalog }: RuleContext): Column | 'key' | undefined {
  if (!readsKnownTable(statement, catalog)) return undefined;
  const { terms, scans } = analyse(statement, catalog);
  const term = terms.get(ref);
  if (term?.kind !== 'column') return undefined;
  const table = scans.find(({ relation }) => relation === term.relation)?.table;
  if (table?.partitionKeys.some(({ name }) => name === term.name) === true) return 'key';
  return table?.columns.find(({ name }) => name === term.name);
}

/** True for a condition that no NULL of the column passes. */
function rejectsNull(condition: Expression | undefined, column: ColumnRef): boolean {
  if (condition === undefined) return false;
  const name = column.name.parts.at(-1)?.name;
  const isIt = (expression: Expression): boolean =>
    expression.kind === 'ColumnRef' && expression.name.parts.at(-1)?.name === name;
  if (condition.kind === 'Paren') return rejectsNull(condition.inner, column);
  if (condition.kind === 'IsTest')
    return condition.test === 'NULL' && condition.negated && isIt(condition.operand);
  if (condition.kind === 'Between' || condition.kind === 'InList' || condition.kind === 'Like')
    return isIt(condition.operand);
  if (condition.kind !== 'Binary') return false;
  const { left, right, operator } = condition;
  if (operator === 'AND') return rejectsNull(left, column) || rejectsNull(right, column);
  if (operator === 'OR') return rejectsNull(left, column) && rejectsNull(right, column);
  return ['=', '<>', '<', '<=', '>', '>='].includes(operator) && (isIt(left) || isIt(right));
}

/** The same question by NOT EXISTS, where both sides can be told apart by their tables. */
function fixesFor(node: InQuery, inside: Select, { statement, catalog }: RuleContext): ReportOptions {
  const [item] = inside.items;
  const [from, ...more] = inside.from;
  const { text } = statement;
  if (item?.expression.kind !== 'ColumnRef' || node.operand.kind !== 'ColumnRef' || more.length > 0)
    return {};
  if (from?.kind !== 'TableRef' || inside.groupBy !== undefined || node.query.limit !== undefined) return {};
  const { terms, scans } = analyse(statement, catalog);
  const term = terms.get(node.operand);
  const scan = term?.kind === 'column' ? scans.find(({ relation }) => relation === term.relation) : undefined;
  const outer = scan?.ref.alias?.name ?? scan?.ref.name.parts.at(-1)?.name;
  const own = (from.alias ?? from.name.parts.at(-1))?.name;
  if (outer === undefined || own === undefined || outer === own) return {};
  const column = item.expression.name.parts.at(-1)?.name ?? '';
  const wanted = node.operand.name.parts.at(-1)?.name ?? '';
  const where =
    inside.where === undefined ? '' : ` AND (${text.slice(inside.where.start, inside.where.end)})`;
  const written = `NOT EXISTS (SELECT 1 FROM ${text.slice(from.start, from.end)} WHERE ${own}.${column} = ${outer}.${wanted}${where})`;
  return {
    fixes: [
      {
        title: 'Ask by NOT EXISTS',
        edits: [{ start: node.start, end: node.end, text: written }],
        // Rows whose own value is NULL pass it, and did not pass NOT IN.
        scaffold: true,
      },
    ],
  };
}
