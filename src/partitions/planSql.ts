import type { TableName } from '../catalog/catalog';
import type { Choice, RepairPlan } from './plan';

/** Athena takes at most 262,144 bytes a statement. */
const mostBytes = 262_144;

/**
 * The statements that would do on Athena what the plan does, for those who would rather run or review SQL.
 * Values are quoted as they are spelled, so that `01` stays `01`.
 */
export function planSql(plan: RepairPlan, choice: Choice): readonly string[] {
  const spec = (values: readonly string[]): string =>
    `PARTITION (${plan.keys.map((key, index) => `${quoteName(key.name)} = ${quoteText(values[index] ?? '')}`).join(', ')})`;
  const name = tableName(plan.table);
  return [
    ...(choice.update
      ? plan.update.map((one) => `ALTER TABLE ${name} ${spec(one.values)} SET LOCATION ${quoteText(one.to)};`)
      : []),
    ...(choice.create
      ? inStatements(
          `ALTER TABLE ${name} ADD IF NOT EXISTS`,
          plan.create.map((one) => `\n  ${spec(one.values)} LOCATION ${quoteText(one.location)}`),
        )
      : []),
    ...(choice.remove
      ? inStatements(
          `ALTER TABLE ${name} DROP IF EXISTS`,
          plan.remove.map((one) => `\n  ${spec(one.values)}`),
          ',',
        )
      : []),
  ];
}

function inStatements(head: string, items: readonly string[], separator = ''): string[] {
  const statements: string[] = [];
  let parts: string[] = [];
  let bytes = head.length + 1;
  for (const item of items) {
    const more = Buffer.byteLength(item) + separator.length;
    if (parts.length > 0 && bytes + more > mostBytes) {
      statements.push(`${head}${parts.join(separator)};`);
      parts = [];
      bytes = head.length + 1;
    }
    parts.push(item);
    bytes += more;
  }
  if (parts.length > 0) statements.push(`${head}${parts.join(separator)};`);
  return statements;
}

function tableName(table: TableName): string {
  return `${quoteName(table.database)}.${quoteName(table.name)}`;
}

/** Hive DDL quotes with backticks where a plain name will not do. */
function quoteName(name: string): string {
  return /^[a-z][a-z0-9_]*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``;
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
