import { AwsError, type Fields } from '../service';
import { columnsOf, locationOf, type TableName } from '../store/catalogStore';
import { fields, text, texts } from '../wire/input';
import { createTableInput, createViewInput } from './ddlTables';
import type { LakeEngine, RunRequest, RunResult } from './lakeEngine';
import { notSupported, QueryError } from './queryError';
import { explained } from './queryFault';
import { repairTable } from './repair';
import type { Session } from './session';
import { showCreateTable } from './showCreateTable';
import type { StatementName } from './statementReader';
import type { Ddl, PartitionSpec } from './statements';
import { createTableAs, insertInto, unload } from './writes';

/** Carries out a statement on the catalog, or one that writes files. */
export async function runDdl(
  engine: LakeEngine,
  session: Session,
  request: RunRequest & { readonly ddl: Ddl },
): Promise<RunResult> {
  try {
    return await perform(engine, session, request);
  } catch (error) {
    if (error instanceof AwsError) throw new QueryError('', `FAILED: SemanticException ${error.message}`);
    throw explained(error, request);
  }
}

async function perform(
  engine: LakeEngine,
  session: Session,
  request: RunRequest & { readonly ddl: Ddl },
): Promise<RunResult> {
  const { catalog } = engine;
  const { ddl } = request;
  const full = ({ database, table }: StatementName): TableName => ({
    database: database ?? request.database,
    table,
  });
  switch (ddl.kind) {
    case 'create-database':
      if (!ddl.quiet || catalog.findDatabase(ddl.name) === undefined)
        catalog.createDatabase({ Name: ddl.name });
      return lines([]);
    case 'drop-database':
      if (ddl.quiet && catalog.findDatabase(ddl.name) === undefined) return lines([]);
      if (!ddl.cascade && catalog.tables(ddl.name).length > 0) {
        throw new QueryError(
          '',
          `FAILED: Execution Error: Database ${ddl.name} is not empty. One or more tables exist.`,
        );
      }
      catalog.deleteDatabase(ddl.name);
      return lines([]);
    case 'create-table': {
      const name = full(ddl.name);
      if (ddl.quiet && catalog.findTable(name) !== undefined) return lines([]);
      catalog.putTable(name.database, createTableInput(name.table, ddl.table), { replaces: false });
      return lines([]);
    }
    case 'create-view': {
      const name = full(ddl.name);
      const old = catalog.findTable(name);
      if (old !== undefined && !ddl.replaces)
        throw new QueryError(
          '',
          `line 1:1: View already exists: 'awsdatacatalog.${name.database}.${name.table}'`,
        );
      const input = await createViewInput(engine, session, { ...request, sql: ddl.query, name });
      catalog.putTable(name.database, input, { replaces: old !== undefined });
      return lines([]);
    }
    case 'drop-table':
    case 'drop-view': {
      const name = full(ddl.name);
      if (ddl.quiet && catalog.findTable(name) === undefined) return lines([]);
      catalog.deleteTable(name);
      return lines([]);
    }
    case 'create-table-as':
      return createTableAs(engine, session, { ...request, ddl });
    case 'insert':
      return insertInto(engine, session, { ...request, ddl });
    case 'unload':
      return unload(engine, session, { ...request, ddl });
    case 'repair':
      return lines(repairTable(engine, full(ddl.name)));
    case 'add-partitions':
    case 'drop-partitions':
      for (const partition of ddl.partitions)
        alterPartition(engine, { ...ddl, name: full(ddl.name) }, partition);
      return lines([]);
    case 'show-partitions': {
      const { definition, partitions } = catalog.table(full(ddl.name));
      const keys = columnsOf(definition, 'PartitionKeys');
      return lines(
        [...partitions.values()]
          .map((each) => keys.map(({ name }, at) => `${name}=${texts(each, 'Values')[at] ?? ''}`).join('/'))
          .sort(),
        'partition',
      );
    }
    case 'show-tables': {
      const names = catalog
        .tables(ddl.database ?? request.database)
        .map((table) => text(table, 'Name') ?? '');
      const pattern =
        ddl.pattern === undefined ? undefined : new RegExp(`^(?:${ddl.pattern.replaceAll('*', '.*')})$`);
      return lines(
        names.filter((name) => pattern === undefined || pattern.test(name)),
        'tab_name',
      );
    }
    case 'show-databases':
      return lines(
        catalog.databases().map((database) => text(database, 'Name') ?? ''),
        'database_name',
      );
    case 'show-columns':
      return lines(
        allColumns(catalog.table(full(ddl.name)).definition).map(({ name }) => name.padEnd(20)),
        'field',
      );
    case 'describe':
      return describe(catalog.table(full(ddl.name)).definition);
    case 'show-create-table':
      return lines(showCreateTable(catalog.table(full(ddl.name)).definition), 'createtab_stmt');
    case 'explain': {
      const { duck } = await engine.prepared(session, { ...request, sql: ddl.query });
      const plan = (await session.rows(`explain ${duck}`))[0]?.[1] ?? '';
      return lines([`Query Plan (DuckDB, in the place of Athena's)`, ...plan.split('\n')], 'Query Plan');
    }
    case 'unsupported':
      break;
  }
  throw notSupported(ddl.what);
}

function alterPartition(
  { catalog }: LakeEngine,
  ddl: {
    readonly kind: 'add-partitions' | 'drop-partitions';
    readonly name: TableName;
    readonly quiet: boolean;
  },
  partition: PartitionSpec,
): void {
  const { definition, partitions } = catalog.table(ddl.name);
  const keys = columnsOf(definition, 'PartitionKeys').map(({ name }) => name);
  const given = new Map(Object.entries(partition.values).map(([key, value]) => [key.toLowerCase(), value]));
  const values = keys.map((key) => given.get(key) ?? '');
  if (given.size !== keys.length || values.includes('')) {
    throw new QueryError(
      '',
      `FAILED: SemanticException Partition spec {${[...given].map((pair) => pair.join('=')).join(', ')}} doesn't contain all (${keys.length}) partition columns`,
    );
  }
  const exists = partitions.has(values.join('\u0001'));
  if (ddl.kind === 'drop-partitions') {
    if (!exists && ddl.quiet) return;
    catalog.deletePartition(ddl.name, values);
    return;
  }
  if (exists && ddl.quiet) return;
  const path = keys.map((key, at) => `${key}=${values[at] ?? ''}/`).join('');
  const location = partition.location ?? `${locationOf(definition).replace(/\/?$/, '/')}${path}`;
  catalog.createPartition(ddl.name, {
    Values: values,
    StorageDescriptor: { ...fields(definition, 'StorageDescriptor'), Location: location },
  });
}

/** The answer of a statement on the catalog: lines of one column, in a `.txt`. */
export function lines(all: readonly string[], column = 'result'): RunResult {
  const columns = all.length === 0 ? [] : [{ name: column, type: 'string', precision: 0, scale: 0 }];
  return { columns, rows: all.map((line) => [line]), scanned: 0, planning: 0, form: 'txt' };
}

function allColumns(definition: Fields): readonly { readonly name: string; readonly type: string }[] {
  return [
    ...columnsOf(fields(definition, 'StorageDescriptor'), 'Columns'),
    ...columnsOf(definition, 'PartitionKeys'),
  ];
}

function describe(definition: Fields): RunResult {
  const row = ({ name, type }: { name: string; type: string }): string =>
    `${name.padEnd(20)}\t${type.padEnd(20)}\t${''.padEnd(20)}`;
  const keys = columnsOf(definition, 'PartitionKeys');
  const below =
    keys.length === 0
      ? []
      : [
          '\t \t ',
          '# Partition Information\t \t ',
          '# col_name            \tdata_type           \tcomment             ',
          '\t \t ',
          ...keys.map(row),
        ];
  const written = [...allColumns(definition).map(row), ...below];
  return {
    columns: ['col_name', 'data_type', 'comment'].map((name) => ({
      name,
      type: 'string',
      precision: 0,
      scale: 0,
    })),
    rows: written.map((line) => line.split('\t')),
    scanned: 0,
    planning: 0,
    form: 'txt',
  };
}
