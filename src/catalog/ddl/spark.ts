import type { Table } from '../catalog';
import { ddlName } from '../identifiers';
import {
  columnList,
  hiveStorage,
  hiveText,
  isProjectionProperty,
  ownProperties,
  properties,
  qualifiedName,
  statement,
} from './clauses';
import { quotedField } from './iceberg';
import { viewDdl } from './view';

/**
 * The statement for Spark SQL. Formats that Spark reads by itself are written with USING and the options that mean
 * the same (Spark SQL guide, "CSV files"); any other SerDe as Spark's CREATE HIVEFORMAT TABLE.
 */
export function sparkDdl(table: Table): string {
  if (table.kind === 'view') {
    return viewDdl(table).replace(/^CREATE OR REPLACE VIEW .* AS$/m, () => {
      return `CREATE OR REPLACE VIEW ${qualifiedName(table)} AS`;
    });
  }
  const source = sourceOf(table);
  return source === undefined ? hiveFormat(table) : dataSource(table, source);
}

interface Source {
  readonly name: string;
  readonly options: readonly (readonly [string, string])[];
}

function sourceOf(table: Table): Source | undefined {
  if (table.kind === 'iceberg' || table.kind === 'delta' || table.kind === 'hudi') {
    return { name: table.kind, options: [] };
  }
  const { serdeParameters = {}, format } = table;
  switch (format) {
    case 'parquet':
    case 'orc':
    case 'avro':
      return { name: format, options: [] };
    case 'json':
      // Mappings and dotted names have no counterpart in Spark's reader.
      return Object.keys(serdeParameters).some((key) => /^mapping\.|dots\.in\.keys/i.test(key))
        ? undefined
        : { name: 'json', options: [] };
    case 'csv':
      return /opencsv/i.test(table.serde ?? '') ? { name: 'csv', options: csvOptions(table) } : undefined;
    case 'text':
    case 'other':
    case undefined:
    default:
      return undefined;
  }
}

// OpenCSVSerde's own defaults (Athena User Guide, "Open CSV SerDe").
function csvOptions({
  serdeParameters = {},
  parameters = {},
}: Table): readonly (readonly [string, string])[] {
  const header = (parameters['skip.header.line.count'] ?? serdeParameters['skip.header.line.count']) === '1';
  return [
    ['escape', serdeParameters['escapeChar'] ?? '\\'],
    ...(header ? [['header', 'true'] as const] : []),
    ['quote', serdeParameters['quoteChar'] ?? '"'],
    ['sep', serdeParameters['separatorChar'] ?? ','],
  ];
}

function dataSource(table: Table, { name, options }: Source): string {
  const names = new Set(table.columns.map((column) => column.name));
  const columns = [...table.columns, ...table.partitionKeys.filter((key) => !names.has(key.name))];
  const fields =
    table.kind === 'iceberg' && table.partitionFields !== undefined
      ? table.partitionFields.map(quotedField)
      : table.partitionKeys.map((key) => ddlName(key.name));
  return statement([
    // A Delta table tells its columns itself, and Spark refuses others.
    `CREATE TABLE ${qualifiedName(table)}${table.kind === 'delta' ? '' : columnList(columns)}`,
    `USING ${name}`,
    properties('OPTIONS', options),
    fields.length === 0 || table.kind === 'delta' ? '' : `PARTITIONED BY (${fields.join(', ')})`,
    ...tail(table),
  ]);
}

function hiveFormat(table: Table): string {
  return statement([
    `CREATE EXTERNAL TABLE ${qualifiedName(table)}${columnList(table.columns)}`,
    table.partitionKeys.length === 0 ? '' : `PARTITIONED BY${columnList(table.partitionKeys)}`,
    ...hiveStorage(table),
    ...tail(table),
  ]);
}

function tail(table: Table): readonly string[] {
  const kept = ownProperties(table).filter(
    ([key]) => !isProjectionProperty(key) && !/^(table_type|spark\.sql\..*)$/.test(key),
  );
  return [
    table.location === undefined ? '' : `LOCATION ${hiveText(table.location)}`,
    table.description === undefined ? '' : `COMMENT ${hiveText(table.description)}`,
    properties('TBLPROPERTIES', kept),
  ];
}
