import type { Select, Star, TableExpression, TableRef } from '../../../sql/ast';

/** The tables whose columns a star stands for, as far as they are named in the FROM. */
export function starTables(star: Star, select: Select): readonly TableRef[] {
  const tables = select.from.flatMap(tableRefs);
  const qualifier = star.qualifier?.parts.at(-1)?.name;
  if (qualifier === undefined) return tables;
  return tables.filter((table) => (table.alias ?? table.name.parts.at(-1))?.name === qualifier);
}

/** The tables that an item of a FROM names, through joins and parentheses. */
export function tableRefs(item: TableExpression): readonly TableRef[] {
  if (item.kind === 'TableRef') return [item];
  if (item.kind === 'ParenTable') return tableRefs(item.inner);
  if (item.kind === 'Join') return [...tableRefs(item.left), ...tableRefs(item.right)];
  return [];
}

/**
 * The columns a star stands for, ready to be written in its place. Only where it means exactly one known table:
 * over a join, names may collide or be merged by USING.
 */
export function columnList(
  star: Star,
  {
    select,
    tables,
    known,
  }: {
    readonly select: Select;
    readonly tables: readonly TableRef[];
    readonly known: (table: TableRef) => readonly string[] | undefined;
  },
): readonly string[] | undefined {
  const [table] = tables;
  const alone = star.qualifier !== undefined || (select.from.length === 1 && select.from[0] === table);
  if (table === undefined || tables.length !== 1 || !alone || table.columnAliases.length > 0)
    return undefined;
  const excluded = new Set(star.exclude.map(({ name }) => name.toLowerCase()));
  const columns = known(table)?.filter((column) => !excluded.has(column));
  if (columns === undefined || columns.length === 0) return undefined;
  const prefix =
    star.qualifier === undefined ? '' : `${star.qualifier.parts.map(({ name }) => name).join('.')}.`;
  return columns.map((column) => prefix + quotedIfNeeded(column));
}

function quotedIfNeeded(column: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(column) ? column : `"${column.replaceAll('"', '""')}"`;
}
