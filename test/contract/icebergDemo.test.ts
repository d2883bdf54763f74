import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as Glue from '@aws-sdk/client-glue';
import * as S3 from '@aws-sdk/client-s3';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf, runQuery } from './clients';

const Bucket = 'centralbank-data-lake';
const fixtures = join('test', 'fixtures', 'lake', 'iceberg');

describe('the Iceberg table of the demo lake', () => {
  let lake: TestLake;
  let clients: ReturnType<typeof clientsOf>;
  before(async () => {
    lake = await startLake();
    clients = clientsOf(lake);
  });
  after(() => lake.stop());

  const read = async (Key: string) => {
    const { Body } = await clients.s3.send(new S3.GetObjectCommand({ Bucket, Key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };

  test('its files in the lake are those of the fixtures', async () => {
    const prefix = 'analytics/loan_events/';
    const { Contents = [] } = await clients.s3.send(new S3.ListObjectsV2Command({ Bucket, Prefix: prefix }));
    const files = readdirSync(fixtures, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(fixtures.length + 1)
          .replaceAll('\\', '/'),
      );
    assert.deepEqual(
      Contents.map(({ Key = '' }) => Key.slice(prefix.length)),
      files.toSorted(),
    );
    for (const file of files)
      assert.deepEqual(await read(`${prefix}${file}`), readFileSync(join(fixtures, file)));
  });

  test('the catalog leads to metadata of four snapshots, a new column, a partition field and a delete', async () => {
    const { Table } = await clients.glue.send(
      new Glue.GetTableCommand({ DatabaseName: 'centralbank_data', Name: 'loan_events' }),
    );
    assert.equal(Table?.Parameters?.['table_type'], 'ICEBERG');
    const location = Table?.Parameters?.['metadata_location'] ?? '';
    const text = (await read(location.slice(`s3://${Bucket}/`.length))).toString();
    const metadata = JSON.parse(text) as {
      readonly snapshots: readonly { readonly summary: { readonly operation: string } }[];
      readonly schemas: readonly { readonly fields: readonly { readonly name: string }[] }[];
      readonly 'partition-specs': readonly { readonly fields: readonly { readonly transform: string }[] }[];
    };
    assert.deepEqual(
      [
        metadata.snapshots.map(({ summary }) => summary.operation),
        metadata.schemas.map(({ fields }) => fields.at(-1)?.name),
        metadata['partition-specs'][0]?.fields.map(({ transform }) => transform),
      ],
      [['append', 'append', 'append', 'overwrite'], ['happened_on', 'officer'], ['month']],
    );
    // Snapshot ids are 64-bit numbers, which JSON.parse rounds: a reader must take them from the text.
    assert.match(text, /"current-snapshot-id":\d{16,19}[,}]/);
  });

  test('a query on it is refused with a sentence that names the format', async () => {
    const { Status } = await runQuery(clients.athena, 'select * from loan_events');
    assert.equal(Status?.State, 'FAILED');
    assert.match(Status?.StateChangeReason ?? '', /table of type ICEBERG/i);
  });
});
