import type {
  Column as GlueColumn,
  Partition as GluePartition,
  Table as GlueTable,
} from '@aws-sdk/client-glue';
import type { Column, Partition, Table } from '../catalog/catalog';
import { catalogIdOf } from '../catalog/catalogId';

/** A table as Glue describes it. Glue may leave out any field: the defaults stand here, so that no other folder needs one. */
export function tableFrom(database: string, raw: GlueTable): Table {
  const storage = raw.StorageDescriptor ?? {};
  const parameters = present(raw.Parameters);
  const serdeParameters = present(storage.SerdeInfo?.Parameters);
  const serde = storage.SerdeInfo?.SerializationLibrary;
  const kind = kindOf(raw, parameters);
  const format =
    kind === 'view'
      ? undefined
      : formatOf({ serde, inputFormat: storage.InputFormat, parameters, serdeParameters });
  const partitionKeys = (raw.PartitionKeys ?? []).map(columnFrom);
  const location = filled(storage.Location);
  const sql = kind === 'view' ? viewSql(raw) : undefined;
  const description = filled(raw.Description) ?? filled(parameters['comment']);
  const owner = filled(raw.Owner);
  return {
    database,
    name: raw.Name ?? '',
    columns: (storage.Columns ?? []).filter(current).map(columnFrom),
    partitionKeys,
    kind,
    ...(format === undefined ? {} : { format }),
    ...(location === undefined ? {} : { location }),
    ...(serde ? { serde } : {}),
    ...(storage.InputFormat ? { inputFormat: storage.InputFormat } : {}),
    ...(storage.OutputFormat ? { outputFormat: storage.OutputFormat } : {}),
    parameters,
    serdeParameters,
    ...(sql === undefined ? {} : { viewSql: sql }),
    ...(description === undefined ? {} : { description }),
    ...linkOf(raw),
    ...(owner === undefined ? {} : { owner }),
    ...(raw.CreateTime === undefined ? {} : { createdAt: raw.CreateTime }),
    ...(raw.UpdateTime === undefined ? {} : { updatedAt: raw.UpdateTime }),
    // Statistics of a partitioned table tell of some partitions only.
    ...(partitionKeys.length === 0 ? sizes(parameters) : {}),
  };
}

function linkOf({ TargetTable: target }: GlueTable): Pick<Table, 'linksTo'> {
  if (target?.DatabaseName === undefined || target.Name === undefined) return {};
  const { CatalogId: id, DatabaseName: database, Name: name } = target;
  return {
    linksTo: { ...(id === undefined ? {} : { catalog: catalogIdOf({ kind: 'glue', id }) }), database, name },
  };
}

/** A partition with the values that Glue keeps decoded. */
export function partitionFrom(raw: GluePartition): Partition {
  const location = filled(raw.StorageDescriptor?.Location);
  const serde = filled(raw.StorageDescriptor?.SerdeInfo?.SerializationLibrary);
  const inputFormat = filled(raw.StorageDescriptor?.InputFormat);
  return {
    values: raw.Values ?? [],
    ...(location === undefined ? {} : { location }),
    ...(serde === undefined ? {} : { serde }),
    ...(inputFormat === undefined ? {} : { inputFormat }),
    ...(raw.CreationTime === undefined ? {} : { createdAt: raw.CreationTime }),
    ...(raw.Parameters === undefined ? {} : { parameters: present(raw.Parameters) }),
  };
}

/** A column as Glue and Athena describe it. */
export function columnFrom(raw: {
  readonly Name?: string | undefined;
  readonly Type?: string | undefined;
  readonly Comment?: string | undefined;
}): Column {
  return {
    name: (raw.Name ?? '').toLowerCase(),
    type: lowerType(raw.Type ?? 'string'),
    ...(raw.Comment ? { comment: raw.Comment } : {}),
  };
}

/** Field names inside a struct keep their case for nobody: Athena compares them in lower case. */
function lowerType(type: string): string {
  return type.trim().toLowerCase();
}

/** Iceberg leaves columns that were dropped or renamed in Glue's list, marked as not current. */
function current(raw: GlueColumn): boolean {
  return raw.Parameters?.['iceberg.field.current'] !== 'false';
}

function kindOf(
  raw: GlueTable,
  parameters: Readonly<Record<string, string>>,
): 'hive' | 'iceberg' | 'delta' | 'hudi' | 'view' {
  if (raw.TableType === 'VIRTUAL_VIEW') return 'view';
  const told = [
    parameters['table_type'],
    parameters['spark.sql.sources.provider'],
    parameters['classification'],
  ].map((value) => value?.toLowerCase());
  for (const kind of ['iceberg', 'delta', 'hudi'] as const) if (told.includes(kind)) return kind;
  const input = raw.StorageDescriptor?.InputFormat ?? '';
  if (/hudi|hoodie/i.test(input)) return 'hudi';
  // The way to read Delta before Athena knew it.
  if (
    /SymlinkTextInputFormat/.test(input) &&
    /_symlink_format_manifest/.test(raw.StorageDescriptor?.Location ?? '')
  ) {
    return 'delta';
  }
  return 'hive';
}

/** By the SerDe first, since that is what reads the files; then by what a crawler noted. */
export function formatOf(from: {
  readonly serde: string | undefined;
  readonly inputFormat: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly serdeParameters: Readonly<Record<string, string>>;
}): Table['format'] {
  const { serde = '', inputFormat = '', parameters, serdeParameters } = from;
  const noted = parameters['classification']?.toLowerCase();
  if (/parquet/i.test(serde)) return 'parquet';
  if (/orc/i.test(serde)) return 'orc';
  if (/avro/i.test(serde)) return 'avro';
  if (/json/i.test(serde)) return 'json';
  if (/csv/i.test(serde)) return 'csv';
  if (/LazySimpleSerDe/.test(serde)) {
    if (noted === 'csv') return 'csv';
    const separator = serdeParameters['field.delim'] ?? serdeParameters['separatorChar'];
    return separator === ',' || separator === '\t' || separator === ';' || separator === '|' ? 'csv' : 'text';
  }
  if (/regex|grok/i.test(serde)) return 'text';
  if (/parquet/i.test(inputFormat)) return 'parquet';
  if (/orc/i.test(inputFormat)) return 'orc';
  switch (noted) {
    case 'parquet':
    case 'orc':
    case 'avro':
    case 'json':
    case 'csv':
      return noted;
    case undefined:
      return serde === '' ? undefined : 'other';
    default:
      return 'other';
  }
}

// Athena keeps a view as base64 JSON in a comment that begins with "Presto View:".
function viewSql(raw: GlueTable): string | undefined {
  const text = raw.ViewOriginalText ?? raw.ViewExpandedText;
  if (text === undefined) return undefined;
  const encoded = /^\s*\/\*\s*Presto View:\s*([A-Za-z0-9+/=\s]+?)\s*\*\/\s*$/.exec(text)?.[1];
  if (encoded === undefined) return filled(text);
  try {
    const view: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
    if (typeof view !== 'object' || view === null || !('originalSql' in view)) return undefined;
    return typeof view.originalSql === 'string' ? view.originalSql : undefined;
  } catch {
    return undefined; // somebody else's comment
  }
}

/** `sizeKey` and `recordCount` are a crawler's, `totalSize` and `numRows` Hive's; -1 means not known. */
function sizes(parameters: Readonly<Record<string, string>>): { bytes?: number; rows?: number } {
  const bytes = count(parameters['sizeKey'] ?? parameters['totalSize']);
  const rows = count(parameters['recordCount'] ?? parameters['numRows']);
  return { ...(bytes === undefined ? {} : { bytes }), ...(rows === undefined ? {} : { rows }) };
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

function present(
  parameters: Readonly<Record<string, string | undefined>> | undefined,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries(parameters ?? {})) if (value !== undefined) kept[key] = value;
  return kept;
}
