import { Problem } from '../base/problem';
import type { Table } from './catalog';
import { catalogPlace, catalogTitle } from './catalogId';
import { ddlName } from './identifiers';

/** Bytes that Glue takes of a column's comment and of a table's description (Glue API reference, Column and TableInput). */
const mostBytes = { column: 255, table: 2048 };

/** Why a table's descriptions cannot be changed in Glue, as a Problem that says what to do instead; undefined where they can. */
export function commentRefusal(table: Table, column: string | undefined): Problem | undefined {
  const name = `${table.database}.${table.name}`;
  const place = catalogPlace(table.catalog);
  if (
    place.kind !== 'own' &&
    place.kind !== 'glue' &&
    (place.kind === 's3tables' || table.kind !== 'iceberg')
  ) {
    return refused(
      name,
      `${name} stands in ${catalogTitle(table.catalog)}, whose descriptions Glue does not keep: change it where it is defined.`,
    );
  }
  if (table.kind === 'iceberg') {
    return refused(
      name,
      `${name} is an Iceberg table, which keeps its descriptions in its own metadata and would lose one that only Glue has: run ${icebergStatement(table, column)} instead.`,
    );
  }
  if (table.kind === 'delta' || table.kind === 'hudi') {
    return refused(
      name,
      `${name} is a ${table.kind === 'delta' ? 'Delta' : 'Hudi'} table, whose writer sets its description in Glue anew: change it in Spark, by ALTER TABLE or COMMENT ON.`,
    );
  }
  return undefined;
}

// Athena changes comments of columns alone (Athena User Guide, "ALTER TABLE CHANGE COLUMN" for Iceberg); Spark all.
function icebergStatement({ database, name, columns }: Table, column: string | undefined): string {
  const table = `${ddlName(database)}.${ddlName(name)}`;
  if (column === undefined) return `ALTER TABLE ${table} SET TBLPROPERTIES ('comment' = '…') in Spark`;
  const type = columns.find((one) => one.name === column)?.type ?? 'type';
  return `ALTER TABLE ${table} CHANGE COLUMN ${ddlName(column)} ${ddlName(column)} ${type} COMMENT '…'`;
}

/** Why a text cannot be a description, in a sentence; undefined for one that can. */
export function commentFault(text: string, column: string | undefined): string | undefined {
  const most = column === undefined ? mostBytes.table : mostBytes.column;
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > most) {
    return `Glue takes ${most} bytes for the description of a ${column === undefined ? 'table' : 'column'}, and this has ${bytes}.`;
  }
  if (column !== undefined && /[\r\n]/.test(text)) return 'The description of a column is one line.';
  return undefined;
}

/** The description that is shown of a table or of a column of it; empty for none, undefined where there is no such column. */
export function commentIn(table: Table, column: string | undefined): string | undefined {
  if (column === undefined) return table.description ?? '';
  const found = [...table.columns, ...table.partitionKeys].find(({ name }) => name === column);
  return found === undefined ? undefined : (found.comment ?? '');
}

function refused(target: string, message: string): Problem {
  return new Problem(message, 'invalid', { details: { target } });
}
