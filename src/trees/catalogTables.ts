import { isCancel, Problem } from '../base/problem';
import { nameOfTable, type CatalogReader, type Column, type Table, type TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import { metadataLocation } from '../iceberg/currentMetadata';
import { readMetadata, type IcebergMetadata } from '../iceberg/metadata';
import { currentSpec, partitionFields } from '../iceberg/partitionFields';
import type { ObjectStore } from '../zones/objectStore';
import { parseS3Uri } from '../zones/s3Uri';

interface From {
  readonly catalog: CatalogReader;
  readonly store: ObjectStore;
}

/**
 * A table with its columns: those of a resource link from the table that it links to, and where the catalog tells none,
 * as S3 Tables does, from its Iceberg metadata (one object read). Errors are Problems.
 */
export async function describedTable(
  from: From,
  { connection, name }: { readonly connection: Connection; readonly name: TableName },
  signal: AbortSignal,
): Promise<Table> {
  const table = await from.catalog.table(connection, nameOfTable(name), signal);
  return await filled(from, { connection, table }, signal);
}

/** The same, but where only the columns cannot be read, the table as the catalog tells it and why. */
export async function tableAsKnown(
  from: From,
  { connection, name }: { readonly connection: Connection; readonly name: TableName },
  signal: AbortSignal,
): Promise<{ readonly table: Table; readonly unread?: Problem }> {
  const table = await from.catalog.table(connection, nameOfTable(name), signal);
  try {
    return { table: await filled(from, { connection, table }, signal) };
  } catch (error) {
    if (isCancel(error) || !(error instanceof Problem)) throw error;
    return { table, unread: error };
  }
}

async function filled(
  from: From,
  { connection, table: named }: { readonly connection: Connection; readonly table: Table },
  signal: AbortSignal,
): Promise<Table> {
  const table = await linked(from.catalog, { connection, table: named }, signal);
  if (table.kind !== 'iceberg' || table.columns.length > 0) return table;
  const metadata = await tableMetadata(from.store, { connection, table }, signal);
  return {
    ...table,
    columns: columnsOf(metadata),
    partitionFields: partitionFields(metadata, currentSpec(metadata)),
  };
}

/** What a link stands for, by the name that it has here; a link to a link is none. */
async function linked(
  catalog: CatalogReader,
  { connection, table }: { readonly connection: Connection; readonly table: Table },
  signal: AbortSignal,
): Promise<Table> {
  if (table.linksTo === undefined || table.columns.length > 0) return table;
  const target = await catalog.table(connection, table.linksTo, signal);
  const { catalog: _, ...facts } = target;
  return { ...facts, ...nameOfTable(table), linksTo: table.linksTo };
}

/** The current metadata of an Iceberg table; a Problem for a table that has none or where it cannot be read. */
export async function tableMetadata(
  store: ObjectStore,
  { connection, table }: { readonly connection: Connection; readonly table: Table },
  signal: AbortSignal,
): Promise<IcebergMetadata> {
  return await readMetadata(objectReader(store, connection), metadataLocation(table), signal);
}

/** Reads whole objects by their `s3://` URI; a Problem for an address that is none. */
export function objectReader(
  store: ObjectStore,
  connection: Connection,
): (uri: string, signal: AbortSignal) => Promise<Uint8Array> {
  return async (uri, signal) => {
    const place = parseS3Uri(uri);
    if (place === undefined) throw new Problem(`${uri} is no object of S3.`, 'invalid');
    return await store.read(connection, place, signal);
  };
}

/** The columns as Athena shows them: names in lower case, its own words for types. */
function columnsOf(metadata: IcebergMetadata): readonly Column[] {
  const schema = metadata.schemas.find(({ id }) => id === metadata.currentSchemaId);
  return (schema?.fields ?? []).map(({ name, type, required, comment }) => ({
    name: name.toLowerCase(),
    // Athena User Guide, "Supported data types for Iceberg tables in Athena"; a field may be called like a type.
    type: type
      .replaceAll(/\blong\b(?!:)/g, 'bigint')
      .replaceAll(/\blist</g, 'array<')
      .replaceAll(/\btimestamptz\b(?!:)/g, 'timestamp')
      .toLowerCase(),
    ...(comment === undefined ? {} : { comment }),
    ...(required ? { notNull: true as const } : {}),
  }));
}
