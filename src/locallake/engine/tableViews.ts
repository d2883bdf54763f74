import type { Fields } from '../service';
import { columnsOf, type StoredTable } from '../store/catalogStore';
import { fields, text } from '../wire/input';
import { quoteName, quoteText } from './lexer';
import type { ParquetFiles } from './parquetFiles';
import { notSupported } from './queryError';
import type { Session } from './session';
import type { FileLinks, TableFile } from './tableFiles';
import { duckType } from './types';

/** A table as a query sees it. */
export interface ViewRequest {
  readonly table: StoredTable;
  readonly files: readonly TableFile[];
  /** The hive key that marks its files. */
  readonly mark: string;
  /** Whether `"$path"` is asked for: it costs a join. */
  readonly withPath: boolean;
  /** Links that keep the mark in the plan. */
  readonly links: FileLinks;
}

interface Column {
  readonly name: string;
  readonly type: string;
}

/** Makes the view `database.table` in the session; it reads the given files as the catalog describes them. */
export async function createTableView(
  session: Session,
  request: ViewRequest,
  parquet: ParquetFiles,
): Promise<void> {
  const { definition } = request.table;
  const columns = columnsOf(fields(definition, 'StorageDescriptor'), 'Columns');
  const keys = columnsOf(definition, 'PartitionKeys');
  const shown = [...columns, ...keys];
  const name = `${quoteName(text(definition, 'DatabaseName') ?? '')}.${quoteName(text(definition, 'Name') ?? '')}`;
  if (request.files.length === 0) {
    const nothing = shown.map((column) => `null::${duckType(column.type)} as ${quoteName(column.name)}`);
    await session.connection.run(
      `create view ${name} as select ${[...nothing, `null::varchar as "$path"`].join(', ')} where false`,
    );
    return;
  }
  const hive = [
    `'${request.mark}': INTEGER`,
    ...keys.map((key) => `${quoteText(key.name)}: ${duckType(key.type)}`),
  ];
  const options = `hive_partitioning = true, hive_types = {${hive.join(', ')}}, filename = true`;
  const parts = await scans(session, { ...request, columns, options }, parquet);
  const selects = parts.map(({ from, values }) => {
    const fromColumns = columns.map((column, at) => `${values[at] ?? 'null'} as ${quoteName(column.name)}`);
    return `select ${[...fromColumns, ...keys.map((key) => quoteName(key.name)), 'filename'].join(', ')} from ${from} where ${request.mark} = 1`;
  });
  const all = selects.join(' union all ');
  if (!request.withPath) {
    await session.connection.run(`create view ${name} as select * exclude (filename) from (${all})`);
    return;
  }
  const paths = `${request.mark}_paths`;
  await session.connection.run(`create table main.${paths} (link varchar, uri varchar)`);
  const rows = request.files.map(({ link, uri }) => `(${quoteText(link)}, ${quoteText(uri)})`);
  await session.connection.run(`insert into main.${paths} values ${rows.join(', ')}`);
  await session.connection.run(
    `create view ${name} as select f.* exclude (filename), p.uri as "$path" from (${all}) f join main.${paths} p on p.link = f.filename`,
  );
}

interface Scan {
  readonly from: string;
  /** An expression for each column. */
  readonly values: readonly string[];
}

async function scans(
  session: Session,
  request: ViewRequest & { readonly columns: readonly Column[]; readonly options: string },
  parquet: ParquetFiles,
): Promise<readonly Scan[]> {
  const { files, columns, options } = request;
  const descriptor = fields(request.table.definition, 'StorageDescriptor');
  switch (formatOf(request.table.definition)) {
    case 'parquet': {
      const groups = await parquet.grouped(session, files);
      return groups.map((group) => ({
        from: `read_parquet(${listOf(group.files, request.links)}, ${options})`,
        values: columns.map((column) => parquetValue(column, group.types.get(column.name))),
      }));
    }
    case 'csv': {
      const serde = fields(fields(descriptor, 'SerdeInfo'), 'Parameters');
      const quoted = (text(fields(descriptor, 'SerdeInfo'), 'SerializationLibrary') ?? '').endsWith(
        'OpenCSVSerde',
      );
      const delimiter =
        text(serde, 'separatorChar') ?? text(serde, 'field.delim') ?? (quoted ? ',' : '\u0001');
      const skip = text(fields(request.table.definition, 'Parameters'), 'skip.header.line.count') ?? '0';
      const types = columns.map((column) => `${quoteText(column.name)}: 'VARCHAR'`).join(', ');
      const from = `read_csv(${listOf(files, request.links)}, ${options}, columns = {${types}}, header = false, skip = ${Number(skip)}, delim = ${quoteText(delimiter)}, quote = '"', null_padding = true, nullstr = ${quoteText(text(serde, 'serialization.null.format') ?? '\\N')})`;
      return [
        {
          from,
          values: columns.map((column) => `try_cast(${quoteName(column.name)} as ${duckType(column.type)})`),
        },
      ];
    }
    case 'json':
      break;
  }
  const types = columns
    .map((column) => `${quoteText(column.name)}: ${quoteText(duckType(column.type))}`)
    .join(', ');
  const from = `read_json(${listOf(files, request.links)}, ${options}, columns = {${types}}, format = 'newline_delimited')`;
  return [{ from, values: columns.map((column) => quoteName(column.name)) }];
}

// A file may lack a column, and may hold another type than the catalog says: Athena reads the first as NULL and refuses
// the second once the column is asked for.
function parquetValue({ name, type }: Column, physical: string | undefined): string {
  const wanted = duckType(type);
  if (physical === undefined) return `null::${wanted}`;
  const scalar = !/[[(]/.test(wanted) || wanted.startsWith('DECIMAL');
  if (scalar && !fits(wanted, physical)) {
    const message = `HIVE_BAD_DATA: Field ${name}'s type ${physical} in parquet file is incompatible with type ${type} defined in table schema`;
    return `error(${quoteText(message)} || substr(filename, 1, 0))::${wanted}`;
  }
  return `${quoteName(name)}::${wanted}`;
}

function fits(wanted: string, physical: string): boolean {
  if (wanted === 'VARCHAR' || wanted === 'BLOB') return /BYTE_ARRAY/.test(physical);
  if (wanted === 'BOOLEAN') return physical === 'BOOLEAN';
  if (wanted === 'DOUBLE') return physical === 'DOUBLE' || physical === 'FLOAT';
  if (wanted === 'FLOAT') return physical === 'FLOAT';
  if (wanted === 'TIMESTAMP') return physical === 'INT64' || physical === 'INT96';
  if (wanted === 'BIGINT') return physical === 'INT32' || physical === 'INT64';
  if (wanted.startsWith('DECIMAL')) return /^INT|BYTE_ARRAY/.test(physical);
  return physical === 'INT32';
}

function listOf(files: readonly TableFile[], links: FileLinks): string {
  const [first] = files;
  const ghost = first === undefined ? [] : [links.ghostOf(first)];
  return `[${[...files.map(({ link }) => link), ...ghost].map(quoteText).join(', ')}]`;
}

/** Which reader a table needs; NOT_SUPPORTED for formats that the engine lacks. */
export function formatOf(definition: Fields): 'parquet' | 'csv' | 'json' {
  const descriptor = fields(definition, 'StorageDescriptor');
  const library = text(fields(descriptor, 'SerdeInfo'), 'SerializationLibrary') ?? '';
  const input = text(descriptor, 'InputFormat') ?? '';
  const kind = (text(fields(definition, 'Parameters'), 'table_type') ?? '').toUpperCase();
  if (kind === 'ICEBERG' || kind === 'DELTA' || kind === 'HUDI')
    throw notSupported(`A table of type ${kind}`);
  if (/parquet/i.test(library + input)) return 'parquet';
  if (/json/i.test(library)) return 'json';
  if (/LazySimpleSerDe|OpenCSVSerde/i.test(library)) return 'csv';
  throw notSupported(`The format of ${text(definition, 'Name') ?? ''} (${library || input || 'none'})`);
}
