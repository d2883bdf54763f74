import type { AlterAction, Option, ParsedStatement, QualifiedName, StatementBody } from '../sql/ast';
import type { Column, Table, TableName } from './catalog';
import { columnFrom, refName } from './ddlColumns';
import { createdTable, createdTableAs, createdView } from './fromDdl';

/** What a statement does to the catalog, as far as its text tells. */
export type DdlEffect =
  | { readonly kind: 'create'; readonly name: TableName; readonly table: Table; readonly guarded: boolean }
  /** The table is there, but its columns cannot be told: nothing may be said of it. */
  | { readonly kind: 'obscure'; readonly name: TableName }
  | { readonly kind: 'drop'; readonly name: TableName }
  | { readonly kind: 'rename'; readonly name: TableName; readonly to: string }
  | {
      readonly kind: 'change';
      readonly name: TableName;
      readonly change: (table: Table) => Table;
    };

/** All other kinds, and so nearly all statements of a file, leave the catalog alone. */
const mayChange: ReadonlySet<StatementBody['kind']> = new Set([
  'CreateTable',
  'CreateTableAs',
  'CreateView',
  'AlterTable',
  'UtilityStatement',
]);

// The effect of a statement depends on its text only, unless it copies from another table.
const known = new WeakMap<ParsedStatement, DdlEffect | null>();

/**
 * The effect of one statement; undefined for one that leaves the catalog alone.
 * `lookup` answers for the tables that a CREATE … AS or LIKE reads from.
 */
export function ddlEffect(
  statement: ParsedStatement,
  lookup: (parts: readonly string[]) => Table | undefined,
): DdlEffect | undefined {
  const { body } = statement;
  if (!mayChange.has(body.kind)) return undefined;
  const copies =
    body.kind === 'CreateTableAs' ||
    body.kind === 'CreateView' ||
    (body.kind === 'CreateTable' && body.like !== undefined);
  if (copies) return effectOf(statement, lookup);
  let effect = known.get(statement);
  if (effect === undefined) known.set(statement, (effect = effectOf(statement, lookup) ?? null));
  return effect ?? undefined;
}

function effectOf(
  statement: ParsedStatement,
  lookup: (parts: readonly string[]) => Table | undefined,
): DdlEffect | undefined {
  const { body, dialect } = statement;
  if (body.kind === 'CreateTable') return created(body, createdTable(body, { dialect, lookup }));
  if (body.kind === 'CreateTableAs') return created(body, createdTableAs(body, { dialect, lookup }));
  if (body.kind === 'CreateView') {
    return created({ ...body, ifNotExists: false }, createdView(body, { statement, lookup }));
  }
  if (body.kind === 'AlterTable') return altered(refName(body.name), body.actions);
  return body.kind === 'UtilityStatement' ? dropped(body) : undefined;
}

function created(
  body: { readonly name: QualifiedName; readonly ifNotExists: boolean },
  table: Table | undefined,
): DdlEffect {
  const name = refName(body.name);
  if (table === undefined) return { kind: 'obscure', name };
  return { kind: 'create', name, table, guarded: body.ifNotExists };
}

function dropped(body: Extract<StatementBody, { kind: 'UtilityStatement' }>): DdlEffect | undefined {
  if (!/^DROP (EXTERNAL )?(TABLE|VIEW|MATERIALIZED VIEW)\b/.test(body.verb) || body.name === undefined) {
    return undefined;
  }
  return { kind: 'drop', name: refName(body.name) };
}

function altered(name: TableName, actions: readonly AlterAction[]): DdlEffect | undefined {
  const renamed = actions.find(({ action }) => action === 'RENAME TO');
  if (renamed !== undefined) {
    const to = textOf(renamed.options[0])?.split('.').at(-1)?.toLowerCase();
    return to === undefined ? { kind: 'drop', name } : { kind: 'rename', name, to };
  }
  const changes = actions.flatMap((action) => changeOf(action) ?? []);
  if (changes.length === 0) return undefined;
  return {
    kind: 'change',
    name,
    change: (table) => changes.reduce((now, change) => change(now), table),
  };
}

function changeOf(action: AlterAction): ((table: Table) => Table) | undefined {
  const columns = action.columns.flatMap((column) => columnFrom(column) ?? []);
  const first = action.options[0];
  switch (action.action) {
    case 'ADD COLUMN':
    case 'ADD COLUMNS':
      return (table) => ({ ...table, columns: added(table.columns, columns) });
    case 'RENAME COLUMN':
    case 'CHANGE COLUMN': {
      const [from, to] = columns;
      if (from === undefined || to === undefined) return undefined;
      return (table) => ({
        ...table,
        columns: table.columns.map((column) => redefined(column, { from, to })),
      });
    }
    case 'REPLACE COLUMNS':
      return (table) => ({ ...table, columns });
    case 'DROP COLUMN': {
      const gone = (action.columns[0]?.name.name ?? textOf(first))?.toLowerCase();
      return (table) => ({ ...table, columns: table.columns.filter(({ name }) => name !== gone) });
    }
    case 'SET LOCATION': {
      const location = first?.value;
      return location === undefined ? undefined : (table) => ({ ...table, location });
    }
    default:
      return undefined;
  }
}

function added(columns: readonly Column[], more: readonly Column[]): readonly Column[] {
  return [...columns, ...more.filter(({ name }) => columns.every((column) => column.name !== name))];
}

// RENAME COLUMN gives no type, and the old one stays.
function redefined(column: Column, { from, to }: { readonly from: Column; readonly to: Column }): Column {
  if (column.name !== from.name) return column;
  return { ...column, name: to.name, type: to.type === '' ? column.type : to.type };
}

function textOf(option: Option | undefined): string | undefined {
  return option?.value ?? option?.items?.[0]?.text;
}
