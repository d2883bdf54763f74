import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectedAge } from '../../src/catalog/freshness';
import { databaseFreshness, databaseFreshnessPage } from '../../src/trees/databaseFreshness';
import { connection, fakeCatalog, fakeStore, fault, tableOf } from '../support/fakes';

const never = new AbortController().signal;
const now = new Date('2024-03-10T12:00:00Z');

test('tables that somebody expects to be new are told with how late they are, the rest counted', async () => {
  const days = (...values: readonly string[]) => values.map((value) => ({ values: [value] }));
  const catalog = fakeCatalog({
    tables: [
      tableOf('lake.fresh(a int) by day string'),
      tableOf('lake.late(a int) by day string'),
      tableOf('lake.closed(a int) by day string'),
      tableOf('lake.regions(a int) by region string'),
      tableOf('lake.other(a int) by day string'),
      tableOf('lake.plain(a int)'),
    ],
    partitions: {
      fresh: days('2024-03-08', '2024-03-09'),
      late: days('2024-02-01', '2024-03-01'),
      regions: days('eu'),
      closed: days('x'),
    },
    pageSize: 4,
  });
  const partitions: typeof catalog.partitions = async (one, request, signal) => {
    if (request.table.name === 'closed')
      throw fault('denied', 'Glue denied glue:GetPartitions on lake.closed.');
    return await catalog.partitions(one, request, signal);
  };
  const told: string[] = [];
  const found = await databaseFreshness(
    { catalog: { ...catalog, partitions }, store: fakeStore({}) },
    {
      connection,
      database: 'lake',
      expected: (table) => (table.name === 'other' ? undefined : expectedAge({ 'lake.*': '26h' }, table)),
      now,
      onProgress: (done, total) => told.push(`${done}/${total}`),
    },
    never,
  );
  assert.deepEqual(
    found.tables.map(({ table, newest, result }) => [table.name, newest, result.kind]),
    [
      ['late', '2024-03-01', 'late'],
      ['closed', undefined, 'problem'],
      ['regions', 'eu', 'unknown'],
      ['fresh', '2024-03-09', 'fresh'],
    ],
  );
  assert.deepEqual([found.unexpected, told.at(-1)], [1, '4/4']);
  const page = databaseFreshnessPage(found);
  assert.match(
    page,
    /^# Freshness of lake\n\n1 table of 4 is late\. Of 1 partitioned table nothing is expected/,
  );
  assert.match(
    page,
    /\| late \| 2024-03-01 \| 26h \| \*\*late\*\*: Data ends at 2024-03-02 00:00 UTC, 7 days later than expected\. \|/,
  );
  assert.match(
    page,
    /\| closed \|  \| 26h \| not known: Glue denied glue:GetPartitions on lake\.closed\. \|/,
  );
});
