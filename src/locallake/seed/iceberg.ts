import { gunzipSync } from 'node:zlib';
import type { Fields } from '../service';
import { icebergArchive, icebergMetadata } from './icebergFiles';
import { demoDatabase, lakeBucket, type SeedWriter } from './seedWriter';

/** Where the files of the Iceberg table lie. */
export const icebergPrefix = 'analytics/loan_events/';
const prefix = icebergPrefix;

/** An Iceberg table of four snapshots with all its files: its metadata can be read, a query on it is refused. */
export function seedIceberg({ store, catalog }: SeedWriter): void {
  const files = JSON.parse(gunzipSync(Buffer.from(icebergArchive, 'base64')).toString()) as Readonly<
    Record<string, string>
  >;
  for (const [name, content] of Object.entries(files)) {
    store.put({ bucket: lakeBucket, key: `${prefix}${name}` }, Buffer.from(content, 'base64'), {
      modified: Date.UTC(2025, 0, 2, 3, 0, 0),
    });
  }
  // Glue's own columns of such a table carry the ids of Iceberg's fields.
  const column = (
    id: number,
    name: string,
    more: { readonly type: string; readonly comment?: string },
  ): Fields => ({
    Name: name,
    Type: more.type,
    ...(more.comment === undefined ? {} : { Comment: more.comment }),
    Parameters: {
      'iceberg.field.current': 'true',
      'iceberg.field.id': String(id),
      'iceberg.field.optional': String(id !== 1),
    },
  });
  catalog.putTable(
    demoDatabase,
    {
      Name: 'loan_events',
      Owner: 'hadoop',
      TableType: 'EXTERNAL_TABLE',
      Parameters: {
        EXTERNAL: 'TRUE',
        table_type: 'ICEBERG',
        metadata_location: `s3://${lakeBucket}/${prefix}${icebergMetadata}`,
      },
      PartitionKeys: [],
      StorageDescriptor: {
        Columns: [
          column(1, 'loan_id', { type: 'bigint' }),
          column(2, 'event', { type: 'string', comment: 'What happened to the loan' }),
          column(3, 'amount', { type: 'double' }),
          column(4, 'happened_on', { type: 'date' }),
          column(5, 'officer', { type: 'string', comment: 'Since March 2024' }),
        ],
        Location: `s3://${lakeBucket}/${prefix.slice(0, -1)}`,
      },
    },
    { replaces: false },
  );
}
