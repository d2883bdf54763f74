import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../src/catalog/catalog';
import { tableFacts, type FactPorts } from '../../src/trees/tablePageFacts';
import { tablePage } from '../../src/trees/tablePage';
import { fixtureReader, newestMetadata } from '../iceberg/fixture';
import { connection, fakeCatalog, fakeStore, fault, tableOf } from '../support/fakes';

const signal = new AbortController().signal;
const now = new Date('2024-03-15T12:00:00Z');
const tx = tableOf('bank.tx(id bigint) by day date', {
  kind: 'hive',
  parameters: { UPDATED_BY_CRAWLER: 'nightly' },
});

/** Ports that answer, but for the parts that are denied. */
function ports(...denied: readonly string[]): FactPorts & { readonly asked: string[] } {
  const asked: string[] = [];
  const answer = async <T>(part: string, value: T): Promise<T> => {
    asked.push(part);
    if (denied.includes(part)) throw fault('denied', `The ${part} are closed.`);
    return value;
  };
  const catalog = fakeCatalog({
    tables: [tx],
    partitions: { tx: [{ values: ['2024-03-13'] }, { values: ['2024-03-14'] }] },
    before: (action) => {
      if (action === 'partitions' && denied.includes('partitions'))
        throw fault('denied', 'The partitions are closed.');
    },
  });
  return {
    asked,
    catalog,
    store: fakeStore({}),
    details: {
      versions: () => answer('versions', { items: [] }),
      statistics: () =>
        answer('statistics', { columns: { id: { nulls: 4 } }, at: new Date('2024-03-01T00:00:00Z') }),
      grants: (_, { next }) =>
        answer('grants', {
          items: [{ principal: `role/${next ?? 'analyst'}`, permissions: ['SELECT'] }],
          ...(next === undefined ? { next: 'loader' } : {}),
        }),
      changeComment: () => answer('changeComment', undefined),
    },
    indexes: {
      list: () => answer('indexes', [{ name: 'by_day', keys: ['day'], state: 'active', errors: [] }]),
    },
    crawler: {
      runs: (_, { pipeline }) =>
        answer('crawls', {
          items: [
            {
              kind: 'crawler',
              pipeline: pipeline.name,
              pipelineId: pipeline.id,
              id: '1',
              state: 'succeeded',
              endedAt: new Date('2024-03-15T08:00:00Z'),
              outcome: '+3 partitions',
            },
          ],
        }),
    },
  };
}

test('partitions, statistics, grants, indexes and the last crawl are read side by side for the page', async () => {
  const { table, facts } = await tableFacts(
    ports(),
    { connection, table: tx, now, expectedMs: 6 * 3_600_000 },
    signal,
  );
  const page = tablePage(table, facts);
  for (const expected of [
    'The newest partition is day=2024-03-14. Data ends at 2024-03-15 00:00 UTC, 6 h later than expected.',
    '- **Partitions**: 2\n',
    'Statistics of 2024-03-01 00:00 UTC',
    '| `role/analyst` | SELECT |',
    '| `role/loader` | SELECT |',
    '- **Index by\\_day**: day (active)',
    '- **Crawler**: nightly\n- **Ran**: 2024-03-15 08:00 UTC (4 h ago)\n- **Status**: succeeded\n- **Said**: +3 partitions',
  ]) {
    assert.ok(page.includes(expected), `${expected}\n---\n${page}`);
  }
  assert.doesNotMatch(page, /Not read/);
});

for (const [part, gone, stays] of [
  ['grants', /## Grants/, /day=2024-03-14/],
  ['statistics', /Statistics of/, /## Grants/],
  ['partitions', /newest partition/, /Statistics of/],
  ['indexes', /Index by/, /## Last crawl/],
  ['crawls', /## Last crawl/, /Index by/],
] as const) {
  test(`${part} that are denied are one line on the page, and the rest is there`, async () => {
    const { table, facts } = await tableFacts(ports(part), { connection, table: tx, now }, signal);
    const page = tablePage(table, facts);
    assert.ok(page.includes(`## Not read\n\n- The ${part} are closed.\n`), page);
    assert.doesNotMatch(page, gone);
    assert.match(page, stays);
  });
}

test('a bug is not taken for a denial, and a cancel ends the reading', async () => {
  const broken = { ...ports(), indexes: { list: () => Promise.reject(new TypeError('a bug')) } };
  await assert.rejects(tableFacts(broken, { connection, table: tx, now }, signal), TypeError);
  const cancelled = {
    ...ports(),
    indexes: { list: () => Promise.reject(new DOMException('stop', 'AbortError')) },
  };
  await assert.rejects(tableFacts(cancelled, { connection, table: tx, now }, signal), { name: 'AbortError' });
});

test('of a view and of a table bucket nothing is asked that Glue does not keep', async () => {
  const view = ports();
  await tableFacts(view, { connection, table: tableOf('bank.v(id bigint)', { kind: 'view' }), now }, signal);
  assert.deepEqual(view.asked, ['grants', 'grants']);
  const bucket = ports();
  const catalog = 's3tables:arn:aws:s3tables:eu-west-1:111122223333:bucket/risk';
  await tableFacts(bucket, { connection, table: { ...tableOf('risk.l(x int)'), catalog }, now }, signal);
  assert.deepEqual(bucket.asked, []);
});

test('an Iceberg table tells its last commit, rows, size and partitioning from its metadata', async () => {
  const read = fixtureReader();
  const table: Table = tableOf('bank.loan_events(loan_id bigint)', {
    kind: 'iceberg',
    parameters: { metadata_location: newestMetadata },
  });
  const store = {
    ...fakeStore({}),
    read: (_: unknown, { bucket, key }: { bucket: string; key: string }) =>
      read(`s3://${bucket}/${key}`, signal),
  };
  const { table: found, facts } = await tableFacts({ ...ports(), store }, { connection, table, now }, signal);
  const page = tablePage(found, facts);
  assert.match(
    page,
    /- \*\*Rows\*\*: 143\n- \*\*Size\*\*: 7\.1 KB\n- \*\*Freshness\*\*: The last commit was at 2026-/,
  );
  assert.match(page, /\(overwrite, 53 rows added\)\./);
  assert.match(page, /- \*\*Partitioned by\*\*: month\(happened\\_on\)/);
  const lost = await tableFacts(ports(), { connection, table, now }, signal);
  assert.equal(lost.facts.unread?.length, 1, 'metadata that is gone is one line');
});
