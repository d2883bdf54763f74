import { analyse } from '../../../scan/scansOf';
import type { Expression, Identifier } from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';

const comparing = new Set(['=', '<>', '<', '<=', '>', '>=']);

/** A text in double quotes, which make a column of it. */
export const athenaDoubleQuotedString = defineRule({
  code: 'ATH204',
  id: 'athena-double-quoted-string',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Write strings in single quotes',
  why: 'Double quotes mark a name: Athena looks for a column of that name and fails with COLUMN_NOT_FOUND.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/reserved-words.html'],
  catalog:
    "CREATE EXTERNAL TABLE shops (shop string, city string) STORED AS PARQUET LOCATION 's3://lake/shops/'",
  bad: 'SELECT shop FROM shops WHERE city = "Lyon"',
  good: "SELECT shop FROM shops WHERE city = 'Lyon'",
  on: {
    Binary(node, context) {
      if (comparing.has(node.operator) && isOperand(node.left)) checkValue(node.right, node.left, context);
    },
    InList(node, context) {
      for (const item of node.items) checkValue(item, node.operand, context);
    },
    Like: (node, context) => checkValue(node.pattern, node.operand, context),
  },
});

/** Something a value may be compared with; of a literal on the left the column is on the right. */
function isOperand(expression: Expression): boolean {
  return expression.kind === 'ColumnRef' || expression.kind === 'Call' || expression.kind === 'Cast';
}

function checkValue(value: Expression, operand: Expression, context: RuleContext): void {
  if (value.kind !== 'ColumnRef' || context.statement.templated) return;
  const [name, ...more] = value.name.parts;
  if (name === undefined || more.length > 0 || !name.quoted || name.name.includes('$')) return;
  const { text } = context.statement;
  const written = text.slice(name.start, name.end);
  // A name that stands anywhere else in the statement may be a column of a query in it.
  if (!written.startsWith('"') || text.toLowerCase().split(name.name).length > 2) return;
  const certain = isNoColumn(name, context);
  // Who quotes the column quotes all columns: only a catalog tells.
  const quotes = operand.kind === 'ColumnRef' && operand.name.parts.some(({ quoted }) => quoted);
  if (certain === undefined || (!certain && quotes)) return;
  const mended = `'${written.slice(1, -1).replaceAll("'", "''")}'`;
  context.report(value, `${written} is a column's name, not a text: write ${mended}.`, {
    severity: certain ? 'warning' : 'information',
    fixes: [{ title: `Write ${mended}`, edits: [{ start: value.start, end: value.end, text: mended }] }],
  });
}

/** True when no table has the column, false when it only looks so, undefined when it may be one. */
function isNoColumn({ name }: Identifier, { statement, catalog }: RuleContext): boolean | undefined {
  const { scans } = analyse(statement, catalog);
  if (scans.length === 0) return undefined;
  const known = scans.every(
    ({ table }) => table !== undefined && table.columns.length > 0 && table.kind !== 'view',
  );
  if (known) {
    const has = scans.some(({ table }) =>
      [...(table?.columns ?? []), ...(table?.partitionKeys ?? [])].some((column) => column.name === name),
    );
    return has ? undefined : true;
  }
  return scans.length === 1 && /^\d|[\s-]|^$/.test(name) ? false : undefined;
}
