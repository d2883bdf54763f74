import type { Table } from '../catalog';
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
import { icebergColumns, quotedField } from './iceberg';
import { viewDdl } from './view';

/**
 * The statement for Apache Hive. Iceberg goes by its storage handler (Iceberg documentation, "Hive"); partition
 * projection, which Hive does not know, is left out with a comment that says what stands in for it.
 */
export function hiveDdl(table: Table): string {
  if (table.kind === 'view')
    return viewDdl(table).replaceAll(/^CREATE OR REPLACE VIEW .* AS$/gm, () => {
      return `CREATE OR REPLACE VIEW ${qualifiedName(table)} AS`;
    });
  const all = ownProperties(table).filter(([key]) => key !== 'table_type');
  const kept = all.filter(([key]) => !isProjectionProperty(key));
  const note =
    all.length === kept.length
      ? ''
      : `-- Hive has no partition projection: list the partitions with MSCK REPAIR TABLE ${qualifiedName(table)}.\n`;
  const iceberg = table.kind === 'iceberg';
  const columns = iceberg ? icebergColumns(table) : table.columns;
  return `${note}${statement([
    `CREATE EXTERNAL TABLE ${qualifiedName(table)}${columnList(columns)}`,
    table.description === undefined ? '' : `COMMENT ${hiveText(table.description)}`,
    iceberg || table.partitionKeys.length === 0 ? '' : `PARTITIONED BY${columnList(table.partitionKeys)}`,
    ...(iceberg ? icebergStorage(table) : hiveStorage(table)),
    table.location === undefined ? '' : `LOCATION ${hiveText(table.location)}`,
    properties('TBLPROPERTIES', kept),
  ])}`;
}

function icebergStorage({ partitionFields = [] }: Table): readonly string[] {
  return [
    partitionFields.length === 0
      ? ''
      : `PARTITIONED BY SPEC (${partitionFields.map(quotedField).join(', ')})`,
    "STORED BY 'org.apache.iceberg.mr.hive.HiveIcebergStorageHandler'",
  ];
}
