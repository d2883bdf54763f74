import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateGaps, newestDataEnd } from '../../src/catalog/dateGaps';
import { freshness, readExpectedAge } from '../../src/catalog/freshness';
import { partitionSkew } from '../../src/catalog/partitionSkew';

const keysOf = (text: string): { name: string; type: string }[] =>
  text.split(' ').map((name) => ({ name, type: 'string' }));
const gapsOf = (keys: string, values: readonly string[], until?: string): readonly string[] =>
  (
    dateGaps({
      keys: keysOf(keys),
      partitions: values.map((one) => one.split(' ')),
      ...(until === undefined ? {} : { until: new Date(until) }),
    })?.gaps ?? []
  ).map(
    ({ group, from, to, count }) =>
      `${[...group, ''].join(' ')}${from.join('-')}..${to.join('-')} (${count})`,
  );

test('missing days are found in every spelling of a date, across months and leap days', () => {
  assert.deepEqual(gapsOf('dt', ['2024-02-27', '2024-03-02', '2024-03-03']), ['2024-02-28..2024-03-01 (3)']);
  assert.deepEqual(gapsOf('dt', ['20240227', '20240302']), ['20240228..20240301 (3)']);
  assert.deepEqual(gapsOf('dt', ['2023/12/30', '2024/01/02']), ['2023/12/31..2024/01/01 (2)']);
  assert.deepEqual(gapsOf('hour_key', ['2024-01-01-22', '2024-01-02-01']), [
    '2024-01-01-23..2024-01-02-00 (2)',
  ]);
  assert.deepEqual(gapsOf('period', ['2023-11', '2024-02']), ['2023-12..2024-01 (2)']);
  assert.deepEqual(gapsOf('period', ['202311', '202402']), ['202312..202401 (2)']);
});

test('year, month and day in keys of their own are one date, written as the table writes them', () => {
  assert.deepEqual(gapsOf('year month day', ['2023 12 30', '2024 01 02']), ['2023-12-31..2024-01-01 (2)']);
  assert.deepEqual(gapsOf('year month', ['2023 9', '2024 2']), ['2023-10..2024-1 (4)']);
  assert.deepEqual(gapsOf('region year', ['eu 2020', 'eu 2022']), ['eu 2021..2021 (1)']);
});

test('gaps are those of each combination of the other keys, and up to a moment where one is given', () => {
  assert.deepEqual(
    gapsOf(
      'region dt',
      ['eu 2024-01-01', 'us 2024-01-01', 'eu 2024-01-03', 'us 2024-01-02'],
      '2024-01-03T06:00:00Z',
    ),
    ['eu 2024-01-02..2024-01-02 (1)', 'us 2024-01-03..2024-01-03 (1)'],
  );
});

test('values that are no date are counted, and a table without dates has no gaps to tell', () => {
  const found = dateGaps({
    keys: keysOf('dt'),
    partitions: [
      ['2024-01-01'],
      ['__HIVE_DEFAULT_PARTITION__'],
      ['2024-02-30'],
      ['2024-01-02'],
      ['2024-01-04'],
      ['2024-01-05'],
    ],
  });
  assert.equal(found?.unread, 2);
  assert.equal(found.missing, 1);
  assert.deepEqual([found.oldest, found.newest, found.step], [['2024-01-01'], ['2024-01-05'], 'day']);
  assert.equal(dateGaps({ keys: keysOf('region'), partitions: [['eu'], ['us']] }), undefined);
  assert.equal(dateGaps({ keys: keysOf('dt'), partitions: [] }), undefined);
});

test('200,000 partitions with many gaps are read in a moment, and only as many gaps as asked are kept', () => {
  const day = (step: number): string => new Date(step * 86_400_000).toISOString().slice(0, 10);
  const partitions = Array.from({ length: 200_000 }, (_, index) => [
    `shop${index % 400}`,
    day(18_000 + Math.floor(index / 400) * 2),
  ]);
  const found = dateGaps({ keys: keysOf('shop dt'), partitions, limit: 50 });
  assert.equal(found?.gaps.length, 50);
  assert.equal(found.missing, 400 * 499);
});

test('data reaches to the end of its newest partition, and is late only past what was expected', () => {
  const dataEnd = newestDataEnd(keysOf('year month day'), [
    ['2024', '03', '13'],
    ['2024', '03', '14'],
    ['x', 'y', 'z'],
  ]);
  assert.equal(dataEnd?.toISOString(), '2024-03-15T00:00:00.000Z');
  const at = (now: string): string =>
    freshness({ dataEnd, expectedMs: readExpectedAge('26h'), now: new Date(now) }).sentence;
  assert.equal(at('2024-03-16T02:00:00Z'), 'Data reaches to 2024-03-15 00:00 UTC, as expected.');
  assert.equal(
    at('2024-03-16T05:30:00Z'),
    'Data ends at 2024-03-15 00:00 UTC, 3 h 30 min later than expected.',
  );
  assert.equal(at('2024-03-20T02:00:00Z'), 'Data ends at 2024-03-15 00:00 UTC, 4 days later than expected.');
  assert.equal(freshness({ dataEnd: undefined, expectedMs: 1, now: new Date(0) }).kind, 'unknown');
});

test('an expected age is read in minutes, hours, days and weeks, and anything else is a Problem', () => {
  assert.deepEqual(
    ['90m', '26 hours', '1.5d', '1W'].map(readExpectedAge),
    [5_400_000, 93_600_000, 129_600_000, 604_800_000],
  );
  for (const wrong of ['', '0h', 'soon', '3y', '-1d'])
    assert.throws(() => readExpectedAge(wrong), /is no age/);
});

test('skew is told by the greatest partition over the median, with the empty ones apart', () => {
  const sizes = [1024, 1024, 2048, 4096, 64 * 1024].map((bytes, index) => ({
    values: [`${index}`],
    bytes,
    files: 2,
  }));
  const skew = partitionSkew([...sizes, { values: ['e'], bytes: 0, files: 0 }]);
  assert.deepEqual([skew.partitions, skew.files, skew.skew, skew.empty], [6, 10, 32, [['e']]]);
  assert.deepEqual(skew.bytesSpread, { least: 1024, median: 2048, p95: 65_536, greatest: 65_536 });
  assert.equal(skew.largest[0]?.bytes, 65_536);
  assert.equal(skew.topTenthShare, 65_536 / 73_728);
  assert.deepEqual(
    skew.histogram.map(({ partitions }) => partitions),
    [2, 1, 1, 0, 0, 0, 1],
  );
  assert.deepEqual(partitionSkew([]), {
    partitions: 0,
    bytes: 0,
    files: 0,
    empty: [],
    largest: [],
    histogram: [],
  });
});

test('a key with a date and one with its hour are one time: the data reaches to the hour', () => {
  const keys = keysOf('dt hour');
  const partitions = ['2024-03-01 22', '2024-03-01 23', '2024-03-02 01', '2024-03-02 02'].map((one) =>
    one.split(' '),
  );
  const found = dateGaps({ keys, partitions });
  assert.equal(found?.step, 'hour');
  assert.deepEqual(
    found?.gaps.map(({ from, count }) => [...from, count]),
    [['2024-03-02', '00', 1]],
  );
  assert.equal(newestDataEnd(keys, partitions)?.toISOString(), '2024-03-02T03:00:00.000Z');
  assert.equal(found?.dataEnd.toISOString(), '2024-03-02T03:00:00.000Z');
});

test('timestamps at midnight are days, others on the hour are hours', () => {
  const keys = [{ name: 'at', type: 'timestamp' }];
  const days = ['2024-03-01 00:00:00', '2024-03-04 00:00:00'].map((one) => [one]);
  assert.deepEqual(dateGaps({ keys, partitions: days })?.gaps, [
    { group: [], from: ['2024-03-02 00:00:00'], to: ['2024-03-03 00:00:00'], count: 2 },
  ]);
  const hours = ['2024-03-01 22:00:00', '2024-03-02 01:00:00'].map((one) => [one]);
  assert.deepEqual(dateGaps({ keys, partitions: hours })?.gaps, [
    { group: [], from: ['2024-03-01 23:00:00'], to: ['2024-03-02 00:00:00'], count: 2 },
  ]);
});
