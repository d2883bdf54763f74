import type {
  ColumnRef,
  Expression,
  Query,
  QueryBody,
  Select,
  SelectItem,
  TableExpression,
} from '../sql/ast';
import type { Column, Table } from './catalog';

type Lookup = (parts: readonly string[]) => Table | undefined;
type Ctes = ReadonlyMap<string, readonly Column[] | undefined>;

/** What can be seen in a FROM clause under one name; columns undefined when they are not known. */
interface Source {
  readonly name: string | undefined;
  readonly columns: readonly Column[] | undefined;
}

/**
 * The columns that a query gives, in order; a type that the text does not tell is empty.
 * Undefined when even the names or the number of columns cannot be told.
 */
export function queryColumns(query: Query, lookup: Lookup): readonly Column[] | undefined {
  return columnsOfQuery(query, { lookup, ctes: new Map() });
}

interface Scope {
  readonly lookup: Lookup;
  readonly ctes: Ctes;
}

function columnsOfQuery(query: Query, outer: Scope): readonly Column[] | undefined {
  const ctes = new Map(outer.ctes);
  for (const cte of query.ctes) {
    const columns = query.recursive ? undefined : columnsOfQuery(cte.query, { ...outer, ctes });
    const aliases = cte.columns.map(({ name }) => name);
    ctes.set(cte.name.name, columns === undefined ? namedOnly(aliases) : renamed(columns, aliases));
  }
  return columnsOfBody(query.body, { ...outer, ctes });
}

function columnsOfBody(body: QueryBody, scope: Scope): readonly Column[] | undefined {
  if (body.kind === 'Select') return columnsOfSelect(body, scope);
  if (body.kind === 'SetOperation') return columnsOfBody(body.left, scope);
  if (body.kind === 'Query') return columnsOfQuery(body, scope);
  if (body.kind !== 'TableQuery') return undefined;
  return columnsNamed(
    body.name.parts.map(({ name }) => name),
    scope,
  );
}

function columnsOfSelect(select: Select, scope: Scope): readonly Column[] | undefined {
  const sources = select.from.flatMap((item) => sourcesOf(item, scope));
  const columns: Column[] = [];
  for (const item of select.items) {
    const found = columnsOfItem(item, sources);
    if (found === undefined) return undefined;
    columns.push(...found);
  }
  return columns;
}

function columnsOfItem(
  { expression, alias }: SelectItem,
  sources: readonly Source[],
): readonly Column[] | undefined {
  if (expression.kind === 'Star') {
    const qualifier = expression.qualifier?.parts.at(-1)?.name;
    const meant = qualifier === undefined ? sources : sources.filter(({ name }) => name === qualifier);
    const all: Column[] = [];
    for (const { columns } of meant) {
      if (columns === undefined) return undefined;
      all.push(...columns);
    }
    const excluded = new Set(expression.exclude.map(({ name }) => name.toLowerCase()));
    return meant.length === 0 ? undefined : all.filter(({ name }) => !excluded.has(name));
  }
  const name = alias?.name ?? ownName(expression);
  if (name === undefined) return undefined;
  return [{ name: name.toLowerCase(), type: typeOf(expression, sources) }];
}

function ownName(expression: Expression): string | undefined {
  if (expression.kind === 'ColumnRef') return expression.name.parts.at(-1)?.name;
  if (expression.kind === 'Field') return expression.name.name;
  return undefined;
}

function typeOf(expression: Expression, sources: readonly Source[]): string {
  if (expression.kind === 'Cast') return expression.type.text;
  if (expression.kind === 'Paren') return typeOf(expression.inner, sources);
  if (expression.kind === 'ColumnRef') return columnMeant(expression, sources)?.type ?? '';
  return expression.kind === 'Literal' && expression.type === 'typed' ? (expression.typeName ?? '') : '';
}

function columnMeant({ name: { parts } }: ColumnRef, sources: readonly Source[]): Column | undefined {
  const name = parts.at(-1)?.name.toLowerCase();
  const qualifier = parts.at(-2)?.name;
  const meant = sources.filter((source) => qualifier === undefined || source.name === qualifier);
  const found = meant.flatMap(({ columns }) => columns?.filter((column) => column.name === name) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

function sourcesOf(item: TableExpression, scope: Scope): readonly Source[] {
  if (item.kind === 'TableRef') {
    const parts = item.name.parts.map(({ name }) => name);
    const columns = columnsNamed(parts, scope);
    return [{ name: item.alias?.name ?? parts.at(-1), columns: aliased(columns, item.columnAliases) }];
  }
  if (item.kind === 'Derived') {
    const columns = columnsOfQuery(item.query, scope);
    return [{ name: item.alias?.name, columns: aliased(columns, item.columnAliases) }];
  }
  if (item.kind === 'ParenTable') return sourcesOf(item.inner, scope);
  if (item.kind === 'Join') {
    const sides = [...sourcesOf(item.left, scope), ...sourcesOf(item.right, scope)];
    // A shared column comes once out of USING and NATURAL: `*` over them is left alone.
    const merges = item.natural || item.using.length > 0;
    return merges ? [...sides, { name: undefined, columns: undefined }] : sides;
  }
  return [{ name: 'alias' in item ? item.alias?.name : undefined, columns: undefined }];
}

function columnsNamed(parts: readonly string[], { lookup, ctes }: Scope): readonly Column[] | undefined {
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only !== undefined && ctes.has(only)) return ctes.get(only);
  const table = lookup(parts);
  return table === undefined ? undefined : [...table.columns, ...table.partitionKeys];
}

function aliased(
  columns: readonly Column[] | undefined,
  aliases: readonly { readonly name: string }[],
): readonly Column[] | undefined {
  return columns === undefined
    ? undefined
    : renamed(
        columns,
        aliases.map(({ name }) => name),
      );
}

function renamed(columns: readonly Column[], names: readonly string[]): readonly Column[] {
  return columns.map((column, index) => ({ ...column, name: names[index]?.toLowerCase() ?? column.name }));
}

function namedOnly(names: readonly string[]): readonly Column[] | undefined {
  return names.length === 0 ? undefined : names.map((name) => ({ name: name.toLowerCase(), type: '' }));
}
