import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crawlShape } from '../../src/inference/crawlShape';
import { connection, fault } from '../support/fakes';
import { bucketOf, fixture, type Content } from './objects';

const { signal } = new AbortController();

function shape(contents: Readonly<Record<string, Content>>) {
  return crawlShape(bucketOf(contents), { connection, bucket: 'lake', prefix: 'raw/' }, signal);
}

test('files of one kind are one table, partitioned where their folders say so', async () => {
  const csv = 'id,name\n1,x\n';
  assert.deepEqual(await shape({ 'raw/a.csv': csv }), { tables: 'one', partitioned: false });
  assert.deepEqual(await shape({ 'raw/day=1/a.csv': csv, 'raw/day=2/a.csv': csv }), {
    tables: 'one',
    partitioned: true,
  });
  assert.deepEqual(await shape({ 'raw/eu/a.csv': csv, 'raw/us/a.csv': csv }), {
    tables: 'one',
    partitioned: false,
  });
});

test('folders of other formats or of unlike columns are tables of their own', async () => {
  const folders = { tables: 'folders', partitioned: false };
  assert.deepEqual(
    await shape({ 'raw/a/1.csv': 'id,name\n1,x\n', 'raw/b/1.json': '{"id":1,"name":"x"}\n' }),
    folders,
  );
  assert.deepEqual(
    await shape({ 'raw/a/1.csv': 'id,a,b\n1,2,3\n', 'raw/b/1.csv': 'id,x,y\n1,2,3\n' }),
    folders,
  );
  assert.deepEqual(
    await shape({
      'raw/a/1.parquet': fixture('nested.snappy.parquet'),
      'raw/b/1.orc': fixture('payments.zlib.orc'),
    }),
    folders,
  );
});

test('files that cannot be read decide nothing', async () => {
  const contents = {
    'raw/a/1.csv': 'id,a\n1,2\n',
    'raw/b/1.parquet': fixture('cut-off.parquet'),
    'raw/c/1.csv': fault('denied'),
  };
  assert.deepEqual(await shape(contents), { tables: 'one', partitioned: false });
  assert.deepEqual(await shape({}), { tables: 'one', partitioned: false });
});
