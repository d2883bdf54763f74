import type { Table } from '../catalog';
import {
  columnList,
  hiveStorage,
  hiveText,
  ownProperties,
  properties,
  qualifiedName,
  statement,
} from './clauses';
import { icebergDdl } from './iceberg';
import { viewDdl } from './view';

/** The statement that would make a table of the catalog again, in Athena's DDL; of a view its CREATE VIEW. */
export function athenaDdl(table: Table): string {
  if (table.kind === 'view') return viewDdl(table);
  if (table.kind === 'iceberg') return icebergDdl(table);
  return statement([
    `CREATE EXTERNAL TABLE ${qualifiedName(table)}${columnList(table.columns)}`,
    table.description === undefined ? '' : `COMMENT ${hiveText(table.description)}`,
    table.partitionKeys.length === 0 ? '' : `PARTITIONED BY${columnList(table.partitionKeys)}`,
    ...hiveStorage(table),
    table.location === undefined ? '' : `LOCATION ${hiveText(table.location)}`,
    properties('TBLPROPERTIES', ownProperties(table).filter(kept(table))),
  ]);
}

// Delta tables are made in Athena by this property alone (Athena User Guide, "Query Linux Foundation Delta Lake tables").
function kept({ kind }: Table): (pair: readonly [string, string]) => boolean {
  return ([key]) => key !== 'table_type' || kind === 'delta';
}
