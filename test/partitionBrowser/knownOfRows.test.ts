import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowKnowledge } from '../../src/partitionBrowser/knownOfRows';
import { partitionSession } from '../../src/partitionBrowser/session';
import { connection, fakeCatalog, fakeStore } from '../support/fakes';
import { partitionsOf, salesTable } from './partitionLake';

test('rows are gone through when they have come, and not when they stand in another order', async () => {
  const table = salesTable({ by: 'day string' });
  const catalog = fakeCatalog({
    tables: [table],
    partitions: { sales: partitionsOf(table, ['2024-03-01', '2024-03-03']) },
  });
  const indexes = {
    list: () => Promise.resolve([]),
    create: () => Promise.reject(new Error('not asked for')),
    remove: () => Promise.reject(new Error('not asked for')),
  };
  const session = partitionSession(
    { catalog, store: fakeStore({}), indexes },
    { connection, table },
    () => undefined,
  );
  let times = 0;
  const knowledge = rowKnowledge(() => {
    times += 1;
  });
  const look = () => knowledge.of(session.state, () => ({ now: new Date('2024-03-04T00:00:00Z') }));
  await session.filter('');
  const first = look();
  assert.match(first.findings.map(({ sentence }) => sentence).join(' '), /1 day has no partition/);
  assert.equal(times, 1);
  for (const by of ['newestFirst', 'created', 'keys'] as const) {
    session.sort(by);
    assert.deepEqual(look(), first);
  }
  assert.equal(times, 1);
  // What the clock or a setting has changed is looked at anew.
  knowledge.forget();
  look();
  assert.equal(times, 2);
  await session.filter("day = '2024-03-01'");
  look();
  assert.equal(times, 3);
});
