import type { Column, Table } from '../catalog';
import { ddlName } from '../identifiers';
import { columnList, hiveText, ownProperties, properties, qualifiedName, statement } from './clauses';
import { viewDdl } from './view';

/** The properties Athena takes for Iceberg; it refuses all others (Athena User Guide, "Create Iceberg tables"). */
const allowed = new Set([
  'format',
  'write_compression',
  'optimize_rewrite_data_file_threshold',
  'optimize_rewrite_delete_file_threshold',
  'vacuum_min_snapshots_to_keep',
  'vacuum_max_snapshot_age_seconds',
  'vacuum_max_metadata_files_to_keep',
]);

/**
 * The statement that makes an empty Iceberg table on Athena with a table's columns; partition keys of a Hive table
 * become columns by whose values it is partitioned. Types that Iceberg lacks are widened to the next that it has.
 */
export function icebergDdl(table: Table): string {
  if (table.kind === 'view') return viewDdl(table);
  const fields = (table.partitionFields ?? table.partitionKeys.map(({ name }) => name)).map(quotedField);
  return statement([
    `CREATE TABLE ${qualifiedName(table)}${columnList(icebergColumns(table))}`,
    table.description === undefined ? '' : `COMMENT ${hiveText(table.description)}`,
    fields.length === 0 ? '' : `PARTITIONED BY (${fields.join(', ')})`,
    table.location === undefined ? '' : `LOCATION ${hiveText(table.location)}`,
    properties('TBLPROPERTIES', icebergProperties(table)),
  ]);
}

/** Columns and partition keys in the types that Iceberg has, each once. */
export function icebergColumns(table: Table): readonly Column[] {
  const names = new Set(table.columns.map(({ name }) => name));
  const keys = table.partitionKeys.filter(({ name }) => !names.has(name));
  return [...table.columns, ...keys].map((column) => ({ ...column, type: icebergType(column.type) }));
}

/** The type as Athena's Iceberg takes it: `smallint` is `int`, `varchar(9)` is `string`, also inside of others. */
export function icebergType(type: string): string {
  return type.replaceAll(
    /(^|[<,:]\s*)(tinyint|smallint|integer|(?:var)?char\s*\(\s*\d+\s*\))(?=\s*(?:$|[>,]))/gi,
    (_, before: string, found: string) => before + (/char/i.test(found) ? 'string' : 'int'),
  );
}

function icebergProperties(table: Table): readonly (readonly [string, string])[] {
  const { format } = table;
  const own = ownProperties(table).filter(([key]) => allowed.has(key));
  const wanted = format === 'orc' || format === 'avro' ? [['format', format] as const] : [];
  return [
    ...wanted.filter(() => !own.some(([key]) => key === 'format')),
    ...own,
    ['table_type', 'ICEBERG'] as const,
  ].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** `day(event_time)` as day(`event_time`), `bucket(16, id)` as bucket(16, `id`). */
export function quotedField(field: string): string {
  const call = /^(\w+)\((.*)\)$/s.exec(field.trim());
  if (call === null) return ddlName(field.trim());
  const args = (call[2] ?? '').split(',').map((arg) => arg.trim());
  return `${call[1] ?? ''}(${args.map((arg) => (/^\d+$/.test(arg) ? arg : ddlName(arg))).join(', ')})`;
}
