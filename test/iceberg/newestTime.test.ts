import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newestTime } from '../../src/iceberg/newestTime';
import { readMetadata } from '../../src/iceberg/metadata';
import { newQueryText } from '../../src/trees/newQuery';
import { newestData } from '../../src/trees/newestData';
import { connection, fakeCatalog, fakeStore, tableOf } from '../support/fakes';
import { fixtureReader, never, newestMetadata } from './fixture';

const metadata = await readMetadata(fixtureReader(), newestMetadata, never);

test('the newest month of a table is read from its manifest list alone', async () => {
  const asked: string[] = [];
  const found = await newestTime(
    fixtureReader((uri) => asked.push(uri)),
    metadata,
    never,
  );
  assert.deepEqual(found, { column: 'happened_on', type: 'date', from: '2024-03-01', transform: 'month' });
  assert.equal(asked.length, 1);
  assert.match(asked[0] ?? '', /snap-/);
});

test('a table without data, without partitions or partitioned by no time has no newest time', async () => {
  const { currentSnapshotId: _, ...empty } = metadata;
  assert.equal(await newestTime(fixtureReader(), empty, never), undefined);
  assert.equal(
    await newestTime(fixtureReader(), { ...metadata, specs: [{ id: 0, fields: [] }] }, never),
    undefined,
  );
  const bucketed = metadata.specs.map((spec) => ({
    ...spec,
    fields: spec.fields.map((field) => ({ ...field, transform: 'bucket[16]' })),
  }));
  assert.equal(await newestTime(fixtureReader(), { ...metadata, specs: bucketed }, never), undefined);
});

test('each transform is read as the step of time that it counts', async () => {
  const read = async (transform: string, type: string) => {
    const found = await newestTime(
      fixtureReader(),
      {
        ...metadata,
        specs: metadata.specs.map((spec) => ({
          ...spec,
          fields: spec.fields.map((field) => ({ ...field, transform })),
        })),
        schemas: metadata.schemas.map((schema) => ({
          ...schema,
          fields: schema.fields.map((field) => ({ ...field, type })),
        })),
      },
      never,
    );
    return found?.from;
  };
  // The bound of the fixture is 650: March 2024 as a month.
  assert.equal(await read('year', 'date'), '2620-01-01');
  assert.equal(await read('day', 'date'), '1971-10-13');
  assert.equal(await read('hour', 'timestamp'), '1970-01-28 02:00:00');
  assert.equal(await read('month', 'timestamptz'), '2024-03-01 00:00:00');
  assert.equal(await read('identity', 'date'), '1971-10-13');
  assert.equal(await read('identity', 'string'), undefined);
});

test('a new query on an Iceberg table begins at its newest data, and without it names the fields', async () => {
  const table = tableOf('bank.loan_events(loan_id bigint)', {
    kind: 'iceberg',
    parameters: { metadata_location: newestMetadata },
    partitionFields: ['month(happened_on)'],
  });
  const read = fixtureReader();
  const store = {
    ...fakeStore({}),
    read: (_: unknown, { bucket, key }: { bucket: string; key: string }) =>
      read(`s3://${bucket}/${key}`, never),
  };
  const from = { catalog: fakeCatalog({ tables: [table] }), store };
  const newest = await newestData(from, { connection, table }, never);
  assert.equal(
    newQueryText(table, { ...newest, catalog: 's3tablescatalog/risk' }),
    `SELECT
  loan_id
FROM "s3tablescatalog/risk".bank.loan_events
WHERE happened_on >= DATE '2024-03-01'
LIMIT 100;
`,
  );
  const denied = await newestData({ ...from, store: fakeStore({}) }, { connection, table }, never);
  assert.match(
    newQueryText(table, denied),
    /-- Partitioned by month\(happened_on\): a filter on these columns/,
  );
  const since = { column: 'at', type: 'timestamptz', from: '2024-03-01 00:00:00', transform: 'day' };
  assert.match(newQueryText(table, { since }), /WHERE at >= TIMESTAMP '2024-03-01 00:00:00 UTC'/);
  const day = { column: 'dt', type: 'string', from: '2024-03-01', transform: 'identity' };
  assert.match(newQueryText(table, { since: day }), /WHERE dt = '2024-03-01'/);
});

test('a projected table is filtered on the newest partition that S3 has', async () => {
  const table = tableOf('bank.p(id bigint) by day date', {
    location: 's3://lake/p/',
    parameters: { 'projection.enabled': 'true' },
  });
  const store = fakeStore({ lake: ['p/day=2024-03-13/a', 'p/day=2024-03-14/a'] });
  const catalog = fakeCatalog({ tables: [table] });
  const newest = await newestData({ catalog, store }, { connection, table }, never);
  assert.match(newQueryText(table, newest), /WHERE day = DATE '2024-03-14'/);
  assert.deepEqual(catalog.requests, [], 'Glue knows none of its partitions');
});
