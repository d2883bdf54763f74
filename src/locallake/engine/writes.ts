import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { columnsOf, locationOf, type TableName } from '../store/catalogStore';
import { fields } from '../wire/input';
import { descriptor } from './ddlTables';
import type { LakeEngine, RunRequest, RunResult } from './lakeEngine';
import { quoteName, quoteText } from './lexer';
import { notSupported, QueryError } from './queryError';
import { repairTable } from './repair';
import type { Session } from './session';
import type { Ddl, Properties } from './statements';
import { placeOf } from './tableFiles';
import { tableFormats } from './tableFormats';
import { formatOf } from './tableViews';
import { duckType, hiveType } from './types';

type Of<K extends Ddl['kind']> = RunRequest & { readonly ddl: Extract<Ddl, { readonly kind: K }> };

/** CREATE TABLE AS: writes the rows of a query and makes the table. */
export async function createTableAs(
  engine: LakeEngine,
  session: Session,
  request: Of<'create-table-as'>,
): Promise<RunResult> {
  const { ddl } = request;
  const name: TableName = { database: ddl.name.database ?? request.database, table: ddl.name.table };
  if (engine.catalog.findTable(name) !== undefined) {
    if (ddl.quiet) return written(0, { scanned: 0, files: [] });
    throw new QueryError(
      'TABLE_ALREADY_EXISTS',
      `line 1:1: Table 'awsdatacatalog.${name.database}.${name.table}' already exists`,
    );
  }
  const kind = writableFormat(ddl.properties);
  for (const property of ['bucketed_by', 'table_type', 'partitioning']) {
    if (property in ddl.properties) throw notSupported(`The property ${property}`);
  }
  const keys = listOf(ddl.properties, 'partitioned_by');
  const location = textOf(ddl.properties, 'external_location') ?? `${request.output}tables/${request.id}/`;
  const { bucket, prefix } = placeOf(location);
  if (engine.store.keys(bucket).first(prefix)?.startsWith(prefix)) {
    throw new QueryError(
      'HIVE_PATH_ALREADY_EXISTS',
      `Target directory for table '${name.database}.${name.table}' already exists: ${location}. You may need to manually clean the data at location '${location}' before retrying.`,
    );
  }
  const { duck, scanned } = await engine.prepared(session, { ...request, sql: ddl.query });
  const described = (await session.rows(`describe ${duck}`)).map(([column, type]) => ({
    Name: (column ?? '').toLowerCase(),
    Type: hiveType(type ?? ''),
  }));
  const last = described.slice(-keys.length || described.length).map(({ Name }) => Name);
  if (keys.length > 0 && last.join() !== keys.join()) {
    throw new QueryError(
      'HIVE_COLUMN_ORDER_MISMATCH',
      'Partition keys must be the last columns in the table and in the same order as the table properties: ' +
        `[${keys.join(', ')}]`,
    );
  }
  const done = ddl.noData
    ? { rows: 0, files: [] }
    : await writeFiles(engine, session, { duck, keys, location, kind, id: request.id });
  engine.catalog.putTable(
    name.database,
    {
      Name: name.table,
      Owner: 'hadoop',
      TableType: 'EXTERNAL_TABLE',
      Parameters: { EXTERNAL: 'TRUE', has_encrypted_data: 'false' },
      PartitionKeys: described.filter(({ Name }) => keys.includes(Name)),
      StorageDescriptor: descriptor(
        described.filter(({ Name }) => !keys.includes(Name)),
        { location, format: tableFormats[kind] },
      ),
    },
    { replaces: false },
  );
  if (keys.length > 0) repairTable(engine, name);
  return written(done.rows, { scanned, files: done.files });
}

/** INSERT INTO: adds files to a table, and the partitions they make. */
export async function insertInto(
  engine: LakeEngine,
  session: Session,
  request: Of<'insert'>,
): Promise<RunResult> {
  const { ddl } = request;
  const name: TableName = { database: ddl.name.database ?? request.database, table: ddl.name.table };
  const { definition } = engine.catalog.table(name);
  const format = formatOf(definition);
  if (format === 'csv') throw notSupported('INSERT INTO a table of text files');
  const keys = columnsOf(definition, 'PartitionKeys');
  const columns = [...columnsOf(fields(definition, 'StorageDescriptor'), 'Columns'), ...keys];
  const { duck, scanned } = await engine.prepared(session, { ...request, sql: ddl.query });
  const given = ddl.columns.length === 0 ? columns.map((column) => column.name) : ddl.columns;
  const found = (await session.rows(`describe ${duck}`)).length;
  if (found !== given.length) {
    throw new QueryError(
      'SYNTAX_ERROR',
      `line 1:1: Insert query has ${found} columns but expected ${given.length}`,
    );
  }
  const values = columns.map(
    (column) =>
      `${given.includes(column.name) ? quoteName(column.name) : 'null'}::${duckType(column.type)} as ${quoteName(column.name)}`,
  );
  const cast = `select ${values.join(', ')} from (${duck}) q(${given.map(quoteName).join(', ')})`;
  const done = await writeFiles(engine, session, {
    duck: cast,
    keys: keys.map((key) => key.name),
    location: locationOf(definition),
    kind: format,
    id: request.id,
  });
  if (keys.length > 0) repairTable(engine, name);
  return written(done.rows, { scanned, files: done.files });
}

/** UNLOAD: writes the rows of a query where nothing is yet. */
export async function unload(
  engine: LakeEngine,
  session: Session,
  request: Of<'unload'>,
): Promise<RunResult> {
  const { ddl } = request;
  const { bucket, prefix } = placeOf(ddl.to);
  if (engine.store.keys(bucket).first(prefix)?.startsWith(prefix)) {
    throw new QueryError(
      'HIVE_PATH_ALREADY_EXISTS',
      `Target directory for table already exists: ${ddl.to}. You may need to manually clean the data at location '${ddl.to}' before retrying.`,
    );
  }
  if (!('format' in ddl.properties))
    throw new QueryError('INVALID_PROCEDURE_ARGUMENT', 'The format property of UNLOAD must be given');
  const { duck, scanned } = await engine.prepared(session, { ...request, sql: ddl.query });
  const keys = listOf(ddl.properties, 'partitioned_by');
  const done = await writeFiles(engine, session, {
    duck,
    keys,
    location: ddl.to,
    kind: writableFormat(ddl.properties),
    id: request.id,
  });
  return written(done.rows, { scanned, files: done.files });
}

interface Target {
  readonly duck: string;
  readonly keys: readonly string[];
  readonly location: string;
  readonly kind: 'parquet' | 'json' | 'textfile';
  readonly id: string;
}

async function writeFiles(
  engine: LakeEngine,
  session: Session,
  target: Target,
): Promise<{ readonly rows: number; readonly files: readonly string[] }> {
  const { bucket, prefix } = placeOf(target.location);
  if (!engine.store.hasBucket(bucket)) throw new QueryError('', `The bucket ${bucket} does not exist`);
  const folder = engine.store.scratch();
  try {
    const format = {
      parquet: 'format parquet, compression snappy',
      json: 'format json',
      textfile: "format csv, header false, delimiter '\u0001'",
    }[target.kind];
    const ending = { parquet: '.parquet', json: '.json', textfile: '.csv' }[target.kind];
    const file = target.keys.length === 0 ? join(folder, `data${ending}`) : folder;
    const partitioned =
      target.keys.length === 0
        ? ''
        : `, partition_by (${target.keys.map(quoteName).join(', ')}), overwrite_or_ignore true`;
    const [[rows] = []] = await session.rows(
      `copy (${target.duck}) to ${quoteText(file)} (${format}${partitioned})`,
    );
    const files: string[] = [];
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const below = entry.parentPath.slice(folder.length + 1).replaceAll('\\', '/');
      const key = `${prefix}${below === '' ? '' : `${below}/`}${target.id}_${entry.name}`;
      engine.store.putFile({ bucket, key }, join(entry.parentPath, entry.name));
      files.push(`s3://${bucket}/${key}`);
    }
    return { rows: Number(rows ?? 0), files };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function written(
  rows: number,
  { scanned, files }: { readonly scanned: number; readonly files: readonly string[] },
): RunResult {
  return { columns: [], rows: [], scanned, planning: 0, form: 'none', written: rows, files };
}

function writableFormat(properties: Properties): 'parquet' | 'json' | 'textfile' {
  const format = (textOf(properties, 'format') ?? 'parquet').toLowerCase();
  if (format === 'parquet' || format === 'json' || format === 'textfile') return format;
  throw notSupported(`The format ${format.toUpperCase()}`);
}

function textOf(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return typeof value === 'string' ? value : undefined;
}

function listOf(properties: Properties, name: string): readonly string[] {
  const value = properties[name];
  return value === undefined || typeof value === 'string' ? [] : value.map((each) => each.toLowerCase());
}
