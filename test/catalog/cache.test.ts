import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { liveTables } from '../../src/catalog/cache';
import type { Table, TableName } from '../../src/catalog/catalog';
import type { Connection } from '../../src/connection/connection';

const one: Connection = { name: 'one', region: 'eu-west-1', readOnly: false, production: false };
const two: Connection = { ...one, name: 'two' };
const { signal } = new AbortController();

function fakeReader(known: readonly string[]) {
  const asked: string[] = [];
  return {
    asked,
    async table(connection: Connection, { database, name }: TableName): Promise<Table> {
      asked.push(`${connection.name}:${database}.${name}`);
      await Promise.resolve();
      if (!known.includes(name)) throw new Problem(`${name} is not there.`, 'missing');
      return { database, name, columns: [], partitionKeys: [] };
    },
  };
}

test('a table is asked for once per connection, even by two callers at once', async () => {
  const reader = fakeReader(['a']);
  const live = liveTables(reader);
  const name = { database: 'lake', name: 'a' };
  assert.deepEqual(await Promise.all([live.fetch(one, name, signal), live.fetch(one, name, signal)]), [
    true,
    true,
  ]);
  assert.equal(await live.fetch(one, name, signal), false);
  await live.fetch(two, name, signal);
  assert.deepEqual(reader.asked, ['one:lake.a', 'two:lake.a']);
  assert.equal(live.source(one).tables.length, 1);
});

test('a missing table is remembered as missing until the connection is forgotten', async () => {
  const reader = fakeReader([]);
  const live = liveTables(reader);
  const name = { database: 'lake', name: 'gone' };
  assert.equal(await live.fetch(one, name, signal), false);
  await live.fetch(one, name, signal);
  assert.equal(reader.asked.length, 1);
  live.forget(one);
  await live.fetch(one, name, signal);
  assert.equal(reader.asked.length, 2);
});

test('any other failure is passed on and asked again next time', async () => {
  let calls = 0;
  const live = liveTables({
    table: () => Promise.reject(new Problem(`Denied ${++calls}.`, 'denied')),
  });
  const name = { database: 'lake', name: 'a' };
  await assert.rejects(live.fetch(one, name, signal), /Denied 1/);
  await assert.rejects(live.fetch(one, name, signal), /Denied 2/);
});

test('the source stays the same object while nothing changes', () => {
  const live = liveTables(fakeReader([]));
  live.remember(one, [{ database: 'lake', name: 'a', columns: [], partitionKeys: [] }]);
  const before = live.source(one);
  assert.equal(live.source(one), before);
  live.remember(one, [{ database: 'lake', name: 'b', columns: [], partitionKeys: [] }]);
  assert.notEqual(live.source(one), before);
  assert.deepEqual(live.source(two).tables, []);
});

test('an answer that comes after the connection was forgotten is dropped', async () => {
  const live = liveTables(fakeReader(['a']));
  const fetching = live.fetch(one, { database: 'lake', name: 'a' }, signal);
  live.forget(one);
  assert.equal(await fetching, false);
  assert.deepEqual(live.source(one).tables, []);
});
