import type { Column, Table } from '../catalog';
import { ddlName } from '../identifiers';

/** What Hive, Athena and Iceberg keep for themselves among a table's properties. */
const internal = new Set([
  'EXTERNAL',
  'transient_lastDdlTime',
  'COLUMN_STATS_ACCURATE',
  'comment',
  'metadata_location',
  'previous_metadata_location',
  'presto_view',
]);

/** A table's properties that belong in its definition, sorted by key. */
export function ownProperties(table: Table): readonly (readonly [key: string, value: string])[] {
  return sorted(table.parameters).filter(([key]) => !internal.has(key));
}

/** The pairs of a map by key. */
export function sorted(map: Readonly<Record<string, string>> = {}): readonly (readonly [string, string])[] {
  return Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether a property belongs to partition projection, which only Athena and Redshift Spectrum follow. */
export function isProjectionProperty(key: string): boolean {
  return /^projection\.|^storage\.location\.template$/i.test(key);
}

/** `database`.`name`, quoted as Hive's DDL takes it; without a database the name alone. */
export function qualifiedName({ database, name }: Table): string {
  return database === '' ? ddlName(name) : `${ddlName(database)}.${ddlName(name)}`;
}

/** ` (` and a line for each column; nothing for no columns. */
export function columnList(columns: readonly Column[]): string {
  if (columns.length === 0) return '';
  const lines = columns.map(({ name, type, comment }) => {
    const note = comment === undefined ? '' : ` COMMENT ${hiveText(comment)}`;
    return `  ${ddlName(name)} ${type}${note}`;
  });
  return ` (\n${lines.join(',\n')}\n)`;
}

/** ROW FORMAT SERDE and STORED AS, of Hive's DDL, as far as the table names them. */
export function hiveStorage(table: Table): readonly string[] {
  const { serde, inputFormat, outputFormat, serdeParameters } = table;
  return [
    serde === undefined ? '' : `ROW FORMAT SERDE\n  ${hiveText(serde)}`,
    serde === undefined ? '' : properties('WITH SERDEPROPERTIES', sorted(serdeParameters)),
    inputFormat === undefined || outputFormat === undefined
      ? shortStorage(table)
      : `STORED AS INPUTFORMAT\n  ${hiveText(inputFormat)}\nOUTPUTFORMAT\n  ${hiveText(outputFormat)}`,
  ];
}

// Without classes and without this word the table would be made as one of text.
function shortStorage({ serde, format }: Table): string {
  if (serde !== undefined) return '';
  if (format === 'parquet' || format === 'orc' || format === 'avro')
    return `STORED AS ${format.toUpperCase()}`;
  return '';
}

/** `TBLPROPERTIES (…)` or another list of pairs; nothing for an empty one. */
export function properties(clause: string, pairs: readonly (readonly [string, string])[]): string {
  if (pairs.length === 0) return '';
  return `${clause} (\n${pairs.map(([key, value]) => `  ${hiveText(key)}=${hiveText(value)}`).join(',\n')}\n)`;
}

/** The clauses that are not empty, one to a line, as a statement. */
export function statement(clauses: readonly string[]): string {
  return `${clauses.filter((clause) => clause !== '').join('\n')};\n`;
}

/** A string of Hive's DDL, which escapes by backslash; separators are often control characters. */
export function hiveText(text: string): string {
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
