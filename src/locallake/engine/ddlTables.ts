import type { Fields } from '../service';
import type { TableName } from '../store/catalogStore';
import type { LakeEngine, RunRequest } from './lakeEngine';
import { notSupported, QueryError } from './queryError';
import type { Session } from './session';
import type { TableDefinition } from './statements';
import { tableFormats } from './tableFormats';
import { athenaType, hiveType } from './types';
import { viewInput } from './views';

/** The TableInput of CREATE EXTERNAL TABLE. */
export function createTableInput(name: string, table: TableDefinition): Fields {
  if (table.location === '')
    throw new QueryError('', 'FAILED: SemanticException The LOCATION of an external table must be given');
  const format = formatOf(table);
  return {
    Name: name,
    Owner: 'hadoop',
    TableType: 'EXTERNAL_TABLE',
    ...(table.comment === undefined ? {} : { Description: table.comment }),
    Parameters: { EXTERNAL: 'TRUE', ...table.properties },
    PartitionKeys: table.keys,
    StorageDescriptor: descriptor(table.columns, {
      location: table.location,
      format: {
        ...format,
        SerdeInfo: {
          ...format.SerdeInfo,
          Parameters: { ...format.SerdeInfo.Parameters, ...table.serdeProperties },
        },
      },
    }),
  };
}

/** The StorageDescriptor of a table in one of the formats. */
export function descriptor(
  columns: readonly unknown[],
  { location, format }: { readonly location: string; readonly format: object },
): Fields {
  return {
    Columns: columns,
    Location: location,
    Compressed: false,
    NumberOfBuckets: -1,
    BucketColumns: [],
    SortColumns: [],
    Parameters: {},
    StoredAsSubDirectories: false,
    ...format,
  };
}

function formatOf({
  serde,
  storedAs = 'textfile',
}: TableDefinition): (typeof tableFormats)[keyof typeof tableFormats] {
  if (serde !== undefined) {
    if (/json/i.test(serde)) return tableFormats.json;
    if (/OpenCSV/i.test(serde)) return tableFormats.csv;
    if (/parquet/i.test(serde)) return tableFormats.parquet;
    if (/LazySimple/i.test(serde)) return tableFormats.textfile;
    throw notSupported(`The SerDe ${serde}`);
  }
  if (storedAs === 'parquet' || storedAs === 'textfile') return tableFormats[storedAs];
  throw notSupported(`STORED AS ${storedAs.toUpperCase()}`);
}

/** The TableInput of a view: its query is run far enough to know its columns. */
export async function createViewInput(
  engine: LakeEngine,
  session: Session,
  request: RunRequest & { readonly name: TableName },
): Promise<Fields> {
  const { duck } = await engine.prepared(session, request);
  const described = await session.rows(`describe ${duck}`);
  return viewInput(request.name.table, {
    sql: request.sql,
    database: request.database,
    columns: described.map(([name, type]) => ({
      name: name ?? '',
      hive: hiveType(type ?? ''),
      athena: athenaType(type ?? '').name,
    })),
  });
}
