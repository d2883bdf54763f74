import type {
  CreateTable,
  DeleteStatement,
  InsertStatement,
  ParsedStatement,
  StatementBody,
} from '../sql/ast';
import { walk } from '../sql/walk';
import type { FileFacts, TableUse } from './rule';

/** The facts of a file while its statements are gone through in order. */
export interface RunningFacts extends FileFacts {
  /** Takes in a statement, after it has been linted. */
  readonly pass: (statement: ParsedStatement) => void;
}

/** Starts at the top of a file, with nothing passed yet. */
export function runningFacts(use: (table: string) => TableUse): RunningFacts {
  let open = false;
  let keys = false;
  let rowInserts: { readonly head: string; readonly count: number } | undefined;
  let deleted: { readonly table: string; readonly by: readonly string[] } | undefined;
  const locations: { readonly table: string; readonly location: string }[] = [];
  const temporary = new Set<string>();
  const appended = new Set<string>();
  return {
    inTransaction: () => open,
    isTemporary: (table) => temporary.has(table),
    isAppendedTo: (table) => appended.has(table),
    hasDeclaredKeys: () => keys,
    rowInsertsBefore: (head) => (rowInserts?.head === head ? rowInserts.count : 0),
    deletedBefore: (table) => (deleted?.table === table ? deleted.by : undefined),
    overlapping: (location) =>
      locations.findLast((each) => isInside(location, each.location) || isInside(each.location, location))
        ?.table,
    use,
    pass({ body, templated }) {
      if (body.kind === 'CreateTable') locations.push(...locationOf(body));
      // A BEGIN beside a template may be left out: nothing is built on it.
      open = transactionAfter(body, open) && (open || !templated);
      keys ||= body.kind === 'CreateTable' && declaresKeys(body);
      const head = body.kind === 'InsertStatement' ? rowInsertHead(body) : undefined;
      rowInserts =
        head === undefined
          ? undefined
          : { head, count: rowInserts?.head === head ? rowInserts.count + 1 : 1 };
      deleted = body.kind === 'DeleteStatement' && !templated ? deletion(body) : undefined;
      const name = 'name' in body && body.name?.kind === 'QualifiedName' ? lastName(body.name) : undefined;
      if (name === undefined) return;
      if ((body.kind === 'CreateTable' || body.kind === 'CreateTableAs') && isTemporaryTable(body)) {
        temporary.add(name);
      }
      if (body.kind === 'AlterTable' && body.actions.some(({ action }) => action === 'APPEND FROM')) {
        appended.add(name);
      }
    },
  };
}

/** Redshift drops it at the end of the session: declared so, or named with a leading `#`. */
export function isTemporaryTable(table: {
  readonly temporary: boolean;
  readonly name: { readonly parts: readonly { readonly name: string }[] };
}): boolean {
  return table.temporary || lastName(table.name)?.startsWith('#') === true;
}

/** Whether a table declares a primary key, a unique or a foreign key; Redshift enforces none of them. */
export function declaresKeys({ columns, constraints }: CreateTable): boolean {
  return [...columns.flatMap(({ options }) => options), ...constraints].some(({ key }) => isKey.test(key));
}
const isKey = /^(PRIMARY KEY|UNIQUE|FOREIGN KEY|REFERENCES)$/;

/** `insert into t (a, b)` of an INSERT that gives one row of VALUES; undefined for any other. */
export function rowInsertHead({ target, columns, query }: InsertStatement): string | undefined {
  if (query?.body.kind !== 'Values' || query.body.rows.length !== 1) return undefined;
  const table = target.parts.map(({ name }) => name).join('.');
  return `insert into ${table} (${columns.map(({ name }) => name).join(', ')})`;
}

// All tables in its USING and in its condition's subqueries: any of them may be what the rows are replaced from.
function deletion(statement: DeleteStatement): { readonly table: string; readonly by: readonly string[] } {
  const table = lastName(statement.target.name) ?? '';
  const by = new Set<string>();
  walk(statement, (node) => {
    const name = node.kind === 'TableRef' ? lastName(node.name) : undefined;
    if (name !== undefined && name !== table) by.add(name);
  });
  return { table, by: [...by] };
}

function lastName(name: { readonly parts: readonly { readonly name: string }[] }): string | undefined {
  return name.parts.at(-1)?.name;
}

function transactionAfter(body: StatementBody, open: boolean): boolean {
  if (body.kind !== 'UtilityStatement') return open;
  if (/^(BEGIN|START TRANSACTION)\b/.test(body.verb)) return true;
  if (/^(COMMIT|END|ROLLBACK|ABORT)\b/.test(body.verb)) return false;
  return open;
}

// Iceberg keeps to the files that its metadata name, so that folders inside one another do no harm.
function locationOf({ name, options, properties }: CreateTable): { table: string; location: string }[] {
  const location = options.find(({ key }) => key === 'LOCATION')?.value;
  const other = properties.some(({ key }) => key.toLowerCase() === 'table_type');
  return location === undefined || other ? [] : [{ table: lastName(name) ?? '', location }];
}

function isInside(folder: string, other: string): boolean {
  const outer = other.endsWith('/') ? other : `${other}/`;
  const inner = folder.endsWith('/') ? folder : `${folder}/`;
  return inner !== outer && inner.startsWith(outer);
}
