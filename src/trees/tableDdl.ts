import type { Column, Table } from '../catalog/catalog';
import { ddlName, selectName } from './identifiers';

/** What Hive and Athena keep for themselves among a table's properties. */
const internal = new Set([
  'EXTERNAL',
  'transient_lastDdlTime',
  'COLUMN_STATS_ACCURATE',
  'comment',
  'metadata_location',
  'previous_metadata_location',
  'presto_view',
]);

/** The statement that would make a table of the catalog again, in Athena's DDL; of a view its CREATE VIEW. */
export function tableDdl(table: Table): string {
  if (table.kind === 'view') return viewDdl(table);
  const name = `${ddlName(table.database)}.${ddlName(table.name)}`;
  const iceberg = table.kind === 'iceberg';
  const clauses = [
    `CREATE ${iceberg ? '' : 'EXTERNAL '}TABLE ${name}${columnList(table.columns)}`,
    table.description === undefined ? '' : `COMMENT ${quoted(table.description)}`,
    table.partitionKeys.length === 0 ? '' : `PARTITIONED BY${columnList(table.partitionKeys)}`,
    ...(iceberg ? [] : storageOf(table)),
    table.location === undefined ? '' : `LOCATION ${quoted(table.location)}`,
    propertiesOf('TBLPROPERTIES', propertiesFor(table)),
  ];
  return `${clauses.filter((clause) => clause !== '').join('\n')};\n`;
}

function viewDdl(table: Table): string {
  const name = `${selectName(table.database)}.${selectName(table.name)}`;
  if (table.viewSql === undefined) return `-- The catalog does not hold the SQL of view ${name}.\n`;
  return `CREATE OR REPLACE VIEW ${name} AS\n${table.viewSql.trim().replace(/;$/, '')};\n`;
}

function columnList(columns: readonly Column[]): string {
  if (columns.length === 0) return '';
  const lines = columns.map(({ name, type, comment }) => {
    const note = comment === undefined ? '' : ` COMMENT ${quoted(comment)}`;
    return `  ${ddlName(name)} ${type}${note}`;
  });
  return ` (\n${lines.join(',\n')}\n)`;
}

function storageOf(table: Table): string[] {
  const { serde, inputFormat, outputFormat, serdeParameters = {} } = table;
  return [
    serde === undefined ? '' : `ROW FORMAT SERDE\n  ${quoted(serde)}`,
    serde === undefined ? '' : propertiesOf('WITH SERDEPROPERTIES', serdeParameters),
    inputFormat === undefined || outputFormat === undefined
      ? ''
      : `STORED AS INPUTFORMAT\n  ${quoted(inputFormat)}\nOUTPUTFORMAT\n  ${quoted(outputFormat)}`,
  ];
}

function propertiesFor(table: Table): Readonly<Record<string, string>> {
  const parameters = table.parameters ?? {};
  return Object.fromEntries(
    Object.entries(parameters).filter(
      ([key]) => !internal.has(key) && !(table.kind !== 'iceberg' && key === 'table_type'),
    ),
  );
}

function propertiesOf(clause: string, properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `  ${quoted(key)}=${quoted(value)}`);
  return lines.length === 0 ? '' : `${clause} (\n${lines.join(',\n')}\n)`;
}

/** A string of Hive's DDL, which escapes by backslash; separators are often control characters. */
function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return `'${escaped.replace(/[\u0000-\u001f]/g, control)}'`;
}

function control(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
