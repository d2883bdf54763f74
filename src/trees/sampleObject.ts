import { Problem } from '../base/problem';
import type { CatalogReader, Table, TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import { lastPart, parseS3Uri } from '../zones/s3Uri';
import { newestPartition, onePartition } from './newestPartition';

/** An object with its bucket. */
export interface PlacedObject {
  readonly bucket: string;
  readonly object: StoredObject;
}

interface From {
  readonly catalog: CatalogReader;
  readonly store: ObjectStore;
}

/**
 * The object that shows what a table holds without a query: a file of its newest partition, or of its location.
 * A Problem where the catalog names no place, or nothing lies there.
 */
export async function tableSample(
  from: From,
  { connection, name }: { readonly connection: Connection; readonly name: TableName },
  signal: AbortSignal,
): Promise<PlacedObject> {
  const table = await from.catalog.table(connection, name, signal);
  const location = (await newestLocation(from, { connection, table }, signal)) ?? table.location;
  if (location === undefined) {
    throw new Problem(
      `The catalog names no location for ${name.database}.${name.name}: it may be a view.`,
      'missing',
    );
  }
  return firstFile(from.store, { connection, location }, signal);
}

async function newestLocation(
  from: From,
  { connection, table }: { readonly connection: Connection; readonly table: Table },
  signal: AbortSignal,
): Promise<string | undefined> {
  const values = await newestPartition(from, { connection, table }, signal);
  if (values === undefined) return undefined;
  const expression = onePartition(table.partitionKeys, values);
  if (expression === undefined) return undefined;
  const request = { table: { database: table.database, name: table.name }, limit: 1, expression };
  const found = await from.catalog.partitions(connection, request, signal);
  return found.items[0]?.location;
}

/** The first object below a location that a query would read; a Problem when the first page has none. */
export async function firstFile(
  store: ObjectStore,
  { connection, location }: { readonly connection: Connection; readonly location: string },
  signal: AbortSignal,
): Promise<PlacedObject> {
  const place = parseS3Uri(location);
  if (place === undefined) {
    throw new Problem(`${location} is no place in S3, so no file of it can be shown.`, 'invalid');
  }
  const { bucket, key } = place;
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
  const { objects } = await store.list(connection, { bucket, prefix, limit: 1000 }, signal);
  // Hive and Trino skip names that begin with _ or . as they skip empty files.
  const object = objects.find(({ key: name, bytes }) => bytes > 0 && !/^[_.]/.test(lastPart(name)));
  if (object === undefined) {
    throw new Problem(`No file lies at ${location}: there is nothing to show.`, 'missing');
  }
  return { bucket, object };
}
