import type { Table } from '../catalog';
import { selectName } from '../identifiers';

/** A view's CREATE VIEW; a comment where the catalog does not hold its SQL. */
export function viewDdl(table: Table): string {
  const name = `${selectName(table.database)}.${selectName(table.name)}`;
  if (table.viewSql === undefined) return `-- The catalog does not hold the SQL of view ${name}.\n`;
  return `CREATE OR REPLACE VIEW ${name} AS\n${table.viewSql.trim().replace(/;$/, '')};\n`;
}
