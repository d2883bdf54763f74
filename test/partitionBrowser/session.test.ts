import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { Partition, Table } from '../../src/catalog/catalog';
import { browserView } from '../../src/partitionBrowser/browserView';
import { rowKnowledge } from '../../src/partitionBrowser/knownOfRows';
import { partitionSession, type PartitionSession } from '../../src/partitionBrowser/session';
import {
  connection,
  objectsOf,
  partitionLake,
  partitionsOf,
  salesTable,
  type PartitionLake,
} from './partitionLake';

const random = (): number => 0;
const now = new Date('2024-03-10T12:00:00Z');

function opened(
  table: Table,
  partitions: readonly Partition[],
  rest: Omit<Parameters<typeof partitionLake>[0], 'table' | 'partitions'> = {},
): { readonly session: PartitionSession; readonly lake: PartitionLake } {
  const lake = partitionLake({ table, partitions: () => partitions, ...rest });
  return { lake, session: partitionSession({ ...lake, random }, { connection, table }, () => undefined) };
}

const view = (session: PartitionSession, expectedMs?: number) =>
  browserView(
    session.state,
    rowKnowledge(() => undefined).of(session.state, () => ({
      now,
      ...(expectedMs === undefined ? {} : { expectedMs }),
    })),
  );
const sentences = (session: PartitionSession, expectedMs?: number): readonly string[] =>
  view(session, expectedMs).findings.map(({ sentence }) => sentence);
const cells = (session: PartitionSession): readonly string[] => {
  const { source } = session.state;
  return source
    .rows({ from: 0, to: source.rowCount, columnFrom: 0, columnTo: source.columns.length })
    .map((row) => row.map((cell) => cell ?? 'NULL').join(' | '));
};

test('values stand in columns, with figures once they were measured', async () => {
  const table = salesTable({ by: 'day string' });
  const { session } = opened(
    table,
    partitionsOf(table, ['2024-03-02', '2024-03-01', '__HIVE_DEFAULT_PARTITION__']),
    {
      buckets: { lake: objectsOf(['sales/day=2024-03-01/a 2048', 'sales/day=2024-03-03/b 10']) },
    },
  );
  await session.filter('');
  assert.deepEqual(
    session.state.source.columns.map(({ name }) => name),
    ['day', 'location', 'created'],
  );
  assert.deepEqual(cells(session), [
    '2024-03-01 | s3://lake/sales/day=2024-03-01/ | 2024-01-02 00:00',
    '2024-03-02 | s3://lake/sales/day=2024-03-02/ | 2024-01-02 00:00',
    'NULL | s3://lake/sales/day=__HIVE_DEFAULT_PARTITION__/ | 2024-01-02 00:00',
  ]);
  await session.planMeasure();
  assert.match(
    view(session).question ?? '',
    /^Lists every object below s3:\/\/lake\/sales\/: one LIST request/,
  );
  const before = session.state.epoch;
  await session.measure();
  assert.ok(session.state.epoch > before);
  session.sort('bytes');
  assert.deepEqual(
    cells(session).map((row) => row.split(' | ').slice(0, 5).join(' | ')),
    [
      '2024-03-01 | data | 1 | 2 KB | 2024-01-03 00:00',
      '2024-03-02 | nothing in S3 | 0 | 0 B | ',
      'NULL | nothing in S3 | 0 | 0 B | ',
      '2024-03-03 | not in the catalog | 1 | 10 B | 2024-01-03 00:00',
    ],
  );
  const told = sentences(session);
  assert.ok(
    told.includes('2 partitions of the catalog have nothing at their location in S3.'),
    told.join('\n'),
  );
  assert.ok(
    told.includes('1 folder with data (10 B) is not in the catalog, so queries do not read it.'),
    told.join('\n'),
  );
  assert.deepEqual(
    view(session).bars.map(({ from, bytes }) => [from, bytes]),
    [
      ['day=2024-03-01', 2048],
      ['day=2024-03-02', 0],
      ['day=__HIVE_DEFAULT_PARTITION__', 0],
    ],
  );
});

test('gaps, freshness and odd values are sentences with what they count', async () => {
  const table = salesTable({ by: 'year string, month string' });
  const { session } = opened(table, partitionsOf(table, ['2023/10', '2023/11', '2024/2', '2024/02', 'x/1']));
  await session.filter('');
  const found = view(session, 26 * 3_600_000).findings;
  const items = Object.fromEntries(found.map((one) => [one.sentence, one.items ?? []]));
  assert.deepEqual(items['2 months have no partition between 2023-10 and 2024-2.'], [
    '2023-12 to 2024-1 (2)',
  ]);
  assert.deepEqual(
    items[
      '1 partition means the same as another one that is spelled otherwise, so that queries may count rows twice or miss them.'
    ],
    ['year=2024/month=2 and year=2024/month=02'],
  );
  assert.ok(
    'Data ends at 2024-03-01 00:00 UTC, 8 days later than expected.' in items,
    Object.keys(items).join('\n'),
  );
  assert.ok(
    '1 partition spells no date and takes no part in the sequence.' in items,
    Object.keys(items).join('\n'),
  );
});

test('a value that is none of its key’s type is named, since Athena fails at it', async () => {
  const table = salesTable({ by: 'day date, n int' });
  const { session } = opened(table, partitionsOf(table, ['2024-01-01/1', '2024-13-01/1', '2024-01-01/x']));
  await session.filter('');
  const found = view(session).findings.find(({ sentence }) => sentence.includes('cannot be read'));
  assert.deepEqual(found?.items, [
    'day=2024-13-01/n=1: 2024-13-01 is no date',
    'day=2024-01-01/n=x: x is no int',
  ]);
});

test('a filter is sent to the server, one that Glue would refuse is not, and both are told', async () => {
  const table = salesTable();
  const { session, lake } = opened(table, partitionsOf(table, ['2024/01']), { indexes: [] });
  await session.filter('');
  await session.filter("year = '2024' AND month >= '01'");
  assert.deepEqual(lake.asked, ['page', "year = '2024' AND month >= '01'"]);
  assert.equal(
    view(session).filter.note,
    'Glue reads all partitions of the table to answer this filter: an index on year, month would let it look them up.',
  );
  assert.match(view(session).facts[0] ?? '', /^1 partition that the filter lets through$/);
  await session.filter('year = 2024');
  assert.equal(view(session).filter.error, "year is a string: write '2024' in single quotes.");
  assert.equal(session.state.source.rowCount, 1); // what was there stays
  assert.equal(lake.asked.length, 2);
});

test('a denied GetPartitions is named, and listing goes on without calling anything an orphan', async () => {
  const table = salesTable({ by: 'day string' });
  const { session, lake } = opened(table, [], { buckets: { lake: objectsOf(['sales/day=1/a 1']) } });
  lake.before = (action) => {
    if (action === 'partitions') throw new Problem('Glue denied glue:GetPartitions on lake.sales.', 'denied');
    if (action === 'indexes')
      throw new Problem('Glue denied glue:GetPartitionIndexes on lake.sales.', 'denied');
  };
  await session.filter('');
  assert.deepEqual(sentences(session), [
    'Glue denied glue:GetPartitions on lake.sales.',
    'Glue denied glue:GetPartitionIndexes on lake.sales.',
  ]);
  await session.planMeasure();
  await session.measure();
  assert.deepEqual(
    cells(session).map((row) => row.split(' | ')[1]),
    ['in S3'],
  );
  assert.ok(!sentences(session).some((sentence) => sentence.includes('not in the catalog')));
});

test('with projection on it is said that the catalog’s partitions are not read', async () => {
  const table = salesTable({ parameters: { 'projection.enabled': 'true' } });
  const { session } = opened(table, partitionsOf(table, ['2024/01']));
  await session.filter('');
  const [first] = view(session).findings;
  assert.match(
    first?.sentence ?? '',
    /^Partition projection is on: .* does not read those that the catalog has\.$/,
  );
  assert.equal(first?.action?.kind, 'checkProjection');
});

test('of a large table the first page is shown, more come by scrolling, and measuring loads all first', async () => {
  const table = salesTable({ by: 'n int' });
  const names = Array.from({ length: 2500 }, (_, n) => String(n));
  const { session, lake } = opened(table, partitionsOf(table, names), { buckets: { lake: [] } });
  await session.filter('');
  assert.deepEqual([session.state.source.rowCount, session.state.sort], [1000, 'told']);
  assert.match(sentences(session)[0] ?? '', /when all partitions are loaded\.$/);
  const { epoch } = session.state;
  await session.more();
  assert.deepEqual([session.state.source.rowCount, session.state.epoch], [2000, epoch]);
  await session.planMeasure();
  assert.deepEqual([session.state.loader.complete, session.state.sort], [true, 'keys']);
  assert.equal(lake.asked.filter((one) => one.startsWith('segment')).length, 10);
  session.dismissMeasure();
  await session.measure();
  assert.equal(session.state.measurement, undefined); // without a yes nothing is listed
  assert.equal(lake.requests.list, 0);
});

test('loading all can be stopped, and says how much it has', async () => {
  const table = salesTable({ by: 'n int' });
  const names = Array.from({ length: 30_000 }, (_, n) => String(n));
  const lake = partitionLake({ table, partitions: () => partitionsOf(table, []) });
  const all = partitionsOf(table, names);
  const big = partitionLake({ table, partitions: () => all });
  const session: PartitionSession = partitionSession(
    { ...lake, catalog: big.catalog, random },
    { connection, table },
    () => {
      if (/^1\d,000 partitions/.test(session?.state.busy ?? '')) session.cancel();
    },
  );
  await session.filter('');
  await session.all();
  const { loader, busy } = session.state;
  assert.deepEqual([loader.complete, busy], [false, undefined]);
  assert.ok(loader.rows.count >= 10_000);
  assert.match(view(session).facts[0] ?? '', /^\d\d,000 partitions loaded, more in the catalog$/);
});
