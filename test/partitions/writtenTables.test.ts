import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writtenTables } from '../../src/partitions/writtenTables';
import { tableOf } from '../support/fakes';

const payments = tableOf('bank.payments(id bigint) by day date', {
  location: 's3://lake/processed/payments/',
});
const transfers = tableOf('bank.transfers(id bigint) by day date', {
  location: 's3://lake/processed/transfers',
});
const plain = tableOf('bank.rates(id bigint)', { location: 's3://lake/processed/rates/' });
const other = tableOf('bank.archive(id bigint) by day date', { location: 's3://archive/payments/' });
const known = [other, transfers, payments, plain];
const names = (run: Parameters<typeof writtenTables>[0]) => writtenTables(run, known).map(({ name }) => name);

test('a table is found by its place, by a place below it and by a place above it', () => {
  assert.deepEqual(names({ input: '{"--target":"s3://lake/processed/payments"}' }), ['payments']);
  assert.deepEqual(names({ input: '{"out":["s3a://lake/processed/payments/day=2024-01-01/"]}' }), [
    'payments',
  ]);
  assert.deepEqual(names({ input: '{"out":"s3://lake/processed/"}' }), ['payments', 'transfers']);
});

test('a place whose name only begins like the table’s is another place', () => {
  assert.deepEqual(names({ input: '{"out":"s3://lake/processed/payments_old/"}' }), []);
});

test('a bare bucket names no table', () => {
  assert.deepEqual(names({ input: '{"out":"s3://lake"}' }), []);
});

test('a table is found by its name, and a place by bucket and key', () => {
  assert.deepEqual(names({ input: '{"--database":"bank","--table_name":"Transfers"}' }), ['transfers']);
  assert.deepEqual(
    names({ input: '{"detail":{"bucket":"lake","key":"processed/payments/day=2024-01-01/a.csv"}}' }),
    ['payments'],
  );
});

test('what the pipeline’s definition names counts like the input', () => {
  assert.deepEqual(names({ targets: ['s3://archive/payments'] }), ['archive']);
});

test('a table without partitions, and an input that is no JSON, find nothing by accident', () => {
  assert.deepEqual(names({ input: '{"out":"s3://lake/processed/rates/"}' }), []);
  assert.deepEqual(names({ input: 'reads s3://lake/processed/payments/ nightly' }), ['payments']);
  assert.deepEqual(names({}), []);
});

test('at most three tables are looked at, the closest first', () => {
  const many = Array.from({ length: 6 }, (_, index) =>
    tableOf(`bank.t${index}(id bigint) by day date`, {
      location: `s3://lake/x/${'deep/'.repeat(6 - index)}`,
    }),
  );
  const found = writtenTables({ input: '{"out":"s3://lake/x/"}' }, many).map(({ name }) => name);
  assert.deepEqual(found, ['t5', 't4', 't3']);
});

test('a table that is known from two sources is planned once', () => {
  const twice = writtenTables({ targets: ['s3://lake/processed/'] }, [payments, transfers, { ...payments }]);
  assert.deepEqual(
    twice.map(({ name }) => name),
    ['payments', 'transfers'],
  );
});
