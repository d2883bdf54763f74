import type { TableName } from '../catalog/catalog';
import type { PlacedPartition } from './partitionList';
import type { Choice, RepairPlan } from './plan';

/** Athena takes at most 262,144 bytes a statement. */
const mostBytes = 262_144;

/**
 * The statements that would do on Athena what the plan does, for those who would rather run or review SQL, one after
 * the other as they are asked for. Values are quoted as they are spelled, so that `01` stays `01`.
 */
export function* planSql(plan: RepairPlan, choice: Choice): Generator<string, void, undefined> {
  const spec = (values: readonly string[]): string =>
    `PARTITION (${plan.keys.map((key, index) => `${quoteName(key.name)} = ${quoteText(values[index] ?? '')}`).join(', ')})`;
  const name = tableName(plan.table);
  if (choice.update) {
    for (const { values, to } of plan.update)
      yield `ALTER TABLE ${name} ${spec(values)} SET LOCATION ${quoteText(to)};`;
  }
  if (choice.create) {
    yield* inStatements(plan.create, {
      head: `ALTER TABLE ${name} ADD IF NOT EXISTS`,
      write: (one) => `\n  ${spec(one.values)} LOCATION ${quoteText(one.location)}`,
      separator: '',
    });
  }
  if (choice.remove) {
    yield* inStatements(plan.remove, {
      head: `ALTER TABLE ${name} DROP IF EXISTS`,
      write: (one) => `\n  ${spec(one.values)}`,
      separator: ',',
    });
  }
}

function* inStatements(
  items: Iterable<PlacedPartition>,
  as: {
    readonly head: string;
    readonly write: (item: PlacedPartition) => string;
    readonly separator: string;
  },
): Generator<string, void, undefined> {
  const { head, separator } = as;
  let parts: string[] = [];
  let bytes = head.length + 1;
  for (const item of items) {
    const part = as.write(item);
    const more = Buffer.byteLength(part) + separator.length;
    if (parts.length > 0 && bytes + more > mostBytes) {
      yield `${head}${parts.join(separator)};`;
      parts = [];
      bytes = head.length + 1;
    }
    parts.push(part);
    bytes += more;
  }
  if (parts.length > 0) yield `${head}${parts.join(separator)};`;
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
