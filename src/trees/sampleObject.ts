import { Problem } from '../base/problem';
import { nameOfTable, type CatalogReader, type Table, type TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import { newestFile } from '../iceberg/newestFile';
import { lastPart, parseS3Uri } from '../zones/s3Uri';
import { objectReader, tableMetadata } from './catalogTables';
import { newestPartition, onePartition } from './newestPartition';
import { isProjected, newestPlace } from './newestPlace';

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
 * The object that shows what a table holds without a query: a file of its newest partition, of the newest that has
 * any where that one is empty, or of its location; of an Iceberg table a data file that its metadata names. A Problem
 * where the catalog names no place, or nothing lies there.
 */
export async function tableSample(
  from: From,
  { connection, name }: { readonly connection: Connection; readonly name: TableName },
  signal: AbortSignal,
): Promise<PlacedObject> {
  const table = await from.catalog.table(connection, name, signal);
  if (table.kind === 'iceberg' || table.parameters?.['metadata_location'] !== undefined)
    return icebergSample(from.store, { connection, table }, signal);
  if (table.location === undefined && table.partitionKeys.length === 0) throw placeless(name);
  const newest = await newestLocation(from, { connection, table }, signal);
  if (newest !== undefined) {
    try {
      return await firstFile(from.store, { connection, location: newest }, signal);
    } catch (error) {
      // Partitions are often made before there is data for them.
      if (!(error instanceof Problem) || error.kind !== 'missing') throw error;
    }
  }
  if (table.location === undefined) throw placeless(name);
  const filled = await newestPlace(from.store, { connection, table }, signal);
  return firstFile(from.store, { connection, location: filled ?? table.location }, signal);
}

function placeless({ database, name }: TableName): Problem {
  return new Problem(`The catalog names no location for ${database}.${name}: it may be a view.`, 'missing');
}

async function icebergSample(
  store: ObjectStore,
  { connection, table }: { readonly connection: Connection; readonly table: Table },
  signal: AbortSignal,
): Promise<PlacedObject> {
  const metadata = await tableMetadata(store, { connection, table }, signal);
  const file = await newestFile(objectReader(store, connection), metadata, signal);
  if (file === undefined) {
    throw new Problem(
      `The current snapshot of ${table.database}.${table.name} has no data file: there is nothing to show.`,
      'missing',
    );
  }
  const place = parseS3Uri(file.path);
  if (place === undefined)
    throw new Problem(`${file.path} is no object of S3, so it cannot be shown.`, 'invalid');
  return { bucket: place.bucket, object: { key: place.key, bytes: file.bytes } };
}

async function newestLocation(
  from: From,
  { connection, table }: { readonly connection: Connection; readonly table: Table },
  signal: AbortSignal,
): Promise<string | undefined> {
  // Athena computes the partitions of such a table: the catalog has none, or none that count.
  if (isProjected(table)) return undefined;
  const values = await newestPartition(from, { connection, table }, signal);
  if (values === undefined) return undefined;
  const expression = onePartition(table.partitionKeys, values);
  if (expression === undefined) return undefined;
  const request = { table: nameOfTable(table), limit: 1, expression };
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
