import { StatementReader, type StatementName } from './statementReader';

/** A name and Hive type of a column. */
export interface ColumnDefinition {
  readonly Name: string;
  readonly Type: string;
  readonly Comment?: string;
}

/** What CREATE EXTERNAL TABLE says. */
export interface TableDefinition {
  readonly columns: readonly ColumnDefinition[];
  readonly keys: readonly ColumnDefinition[];
  readonly location: string;
  readonly storedAs?: string;
  readonly serde?: string;
  readonly serdeProperties: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
  readonly comment?: string;
}

/** One partition as a statement names it: values by key. */
export interface PartitionSpec {
  readonly values: Readonly<Record<string, string>>;
  readonly location?: string;
}

/** A statement that is carried out on the catalog or writes, and is not a query alone. */
export type Ddl =
  | { readonly kind: 'create-database'; readonly name: string; readonly quiet: boolean }
  | {
      readonly kind: 'drop-database';
      readonly name: string;
      readonly quiet: boolean;
      readonly cascade: boolean;
    }
  | {
      readonly kind: 'create-table';
      readonly name: StatementName;
      readonly quiet: boolean;
      readonly table: TableDefinition;
    }
  | {
      readonly kind: 'create-table-as';
      readonly name: StatementName;
      readonly quiet: boolean;
      readonly properties: Properties;
      readonly query: string;
      readonly noData: boolean;
    }
  | {
      readonly kind: 'create-view';
      readonly name: StatementName;
      readonly replaces: boolean;
      readonly query: string;
    }
  | {
      readonly kind: 'insert';
      readonly name: StatementName;
      readonly columns: readonly string[];
      readonly query: string;
    }
  | { readonly kind: 'unload'; readonly query: string; readonly to: string; readonly properties: Properties }
  | { readonly kind: 'drop-table' | 'drop-view'; readonly name: StatementName; readonly quiet: boolean }
  | { readonly kind: 'repair'; readonly name: StatementName }
  | {
      readonly kind: 'add-partitions' | 'drop-partitions';
      readonly name: StatementName;
      readonly quiet: boolean;
      readonly partitions: readonly PartitionSpec[];
    }
  | {
      readonly kind: 'show-partitions' | 'show-create-table' | 'show-columns' | 'describe';
      readonly name: StatementName;
    }
  | { readonly kind: 'show-tables'; readonly database?: string; readonly pattern?: string }
  | { readonly kind: 'show-databases' }
  | { readonly kind: 'explain'; readonly query: string }
  | { readonly kind: 'unsupported'; readonly what: string };

/** The properties of a WITH clause; lists stay lists. */
export type Properties = Readonly<Record<string, string | readonly string[]>>;

/** The statement taken apart when it is one of those; undefined for queries. QueryError where it cannot be read. */
export function ddlOf(sql: string): Ddl | undefined {
  const read = new StatementReader(sql);
  if (read.accept('create', 'external', 'table')) return createTable(read);
  if (read.accept('create', 'table')) return createTableAs(read);
  const orReplace = read.accept('create', 'or', 'replace', 'view');
  if (orReplace || read.accept('create', 'view')) {
    const name = read.name();
    read.expect('as');
    return { kind: 'create-view', name, replaces: orReplace, query: read.rest() };
  }
  if (read.accept('create', 'database') || read.accept('create', 'schema')) {
    const quiet = read.accept('if', 'not', 'exists');
    return { kind: 'create-database', name: read.word(), quiet };
  }
  if (read.accept('drop', 'database') || read.accept('drop', 'schema')) {
    const quiet = read.accept('if', 'exists');
    return { kind: 'drop-database', name: read.word(), quiet, cascade: read.accept('cascade') };
  }
  for (const kind of ['table', 'view'] as const) {
    if (!read.accept('drop', kind)) continue;
    const quiet = read.accept('if', 'exists');
    return { kind: `drop-${kind}`, name: read.name(), quiet };
  }
  if (read.accept('insert', 'into')) {
    const name = read.name();
    const columns = read.columnList();
    return { kind: 'insert', name, columns, query: read.rest() };
  }
  if (read.accept('unload')) {
    const query = read.parenthesized();
    read.expect('to');
    const to = read.string();
    return { kind: 'unload', query, to, properties: read.accept('with') ? read.properties() : {} };
  }
  if (read.accept('msck', 'repair', 'table')) return { kind: 'repair', name: read.name() };
  if (read.accept('alter', 'table')) return alterTable(read);
  if (read.accept('show')) return show(read);
  if (read.accept('describe') || read.accept('desc')) {
    read.accept('formatted');
    read.accept('extended');
    return { kind: 'describe', name: read.name() };
  }
  if (read.accept('explain'))
    return read.accept('analyze')
      ? { kind: 'unsupported', what: 'EXPLAIN ANALYZE' }
      : { kind: 'explain', query: read.rest() };
  for (const word of [
    'merge',
    'delete',
    'update',
    'vacuum',
    'optimize',
    'prepare',
    'execute',
    'deallocate',
  ]) {
    if (read.accept(word)) return { kind: 'unsupported', what: word.toUpperCase() };
  }
  return undefined;
}

function createTable(read: StatementReader): Ddl {
  const quiet = read.accept('if', 'not', 'exists');
  const name = read.name();
  const columns = read.columnDefinitions();
  const table: { -readonly [K in keyof TableDefinition]: TableDefinition[K] } = {
    columns,
    keys: [],
    location: '',
    serdeProperties: {},
    properties: {},
  };
  while (!read.atEnd()) {
    if (read.accept('comment')) table.comment = read.string();
    else if (read.accept('partitioned', 'by')) table.keys = read.columnDefinitions();
    else if (read.accept('row', 'format', 'serde')) table.serde = read.string();
    else if (read.accept('row', 'format', 'delimited'))
      table.serdeProperties = { ...table.serdeProperties, ...read.delimiters() };
    else if (read.accept('with', 'serdeproperties')) table.serdeProperties = read.textProperties();
    else if (read.accept('stored', 'as', 'inputformat')) {
      const input = read.string();
      read.expect('outputformat');
      read.string();
      if (/parquet/i.test(input)) table.storedAs = 'parquet';
    } else if (read.accept('stored', 'as')) table.storedAs = read.word();
    else if (read.accept('location')) table.location = read.string();
    else if (read.accept('tblproperties')) table.properties = read.textProperties();
    else if (read.accept('clustered', 'by')) return { kind: 'unsupported', what: 'CLUSTERED BY' };
    else throw read.unexpected();
  }
  return { kind: 'create-table', name, quiet, table };
}

function createTableAs(read: StatementReader): Ddl {
  const quiet = read.accept('if', 'not', 'exists');
  const name = read.name();
  const properties = read.accept('with') ? read.properties() : {};
  if (!read.accept('as')) return { kind: 'unsupported', what: 'CREATE TABLE of an Iceberg table' };
  const text = read.rest();
  const query = text.replace(/\s+with\s+no\s+data\s*$/i, '');
  return { kind: 'create-table-as', name, quiet, properties, query, noData: query !== text };
}

function alterTable(read: StatementReader): Ddl {
  const name = read.name();
  const adds = read.accept('add');
  if (!adds && !read.accept('drop')) return { kind: 'unsupported', what: 'This ALTER TABLE' };
  const quiet = adds ? read.accept('if', 'not', 'exists') : read.accept('if', 'exists');
  const partitions: PartitionSpec[] = [];
  while (read.accept('partition')) {
    const values = read.textProperties();
    partitions.push({ values, ...(read.accept('location') ? { location: read.string() } : {}) });
    read.accept(',');
  }
  if (partitions.length === 0) return { kind: 'unsupported', what: 'This ALTER TABLE' };
  return { kind: adds ? 'add-partitions' : 'drop-partitions', name, quiet, partitions };
}

function show(read: StatementReader): Ddl {
  if (read.accept('partitions')) return { kind: 'show-partitions', name: read.name() };
  if (read.accept('create', 'table') || read.accept('create', 'view'))
    return { kind: 'show-create-table', name: read.name() };
  if (read.accept('columns', 'in') || read.accept('columns', 'from'))
    return { kind: 'show-columns', name: read.name() };
  if (read.accept('databases') || read.accept('schemas')) return { kind: 'show-databases' };
  if (read.accept('tables')) {
    const database = read.accept('in') || read.accept('from') ? { database: read.word() } : {};
    return { kind: 'show-tables', ...database, ...(read.atEnd() ? {} : { pattern: read.string() }) };
  }
  return { kind: 'unsupported', what: 'This SHOW' };
}
