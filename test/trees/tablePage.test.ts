import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tablePage } from '../../src/trees/tablePage';
import { tableOf } from '../support/fakes';

const now = new Date('2024-03-15T12:00:00Z');

test('what is not known is not shown, and nothing stands as zero', () => {
  const page = tablePage(tableOf('bank.tx(id bigint)'));
  assert.equal(
    page,
    '# bank.tx\n\n## Columns\n\n| # | Name | Type |\n| --- | --- | --- |\n| 1 | `id` | `bigint` |\n',
  );
});

test('a page shows all that is known of a table', () => {
  const page = tablePage(
    tableOf('bank.tx(id bigint) by day date', {
      kind: 'hive',
      format: 'parquet',
      location: 's3://b/tx/',
      bytes: 2 * 1024 ** 3,
      partitionCount: 1200,
      newestPartition: ['2024-03-14'],
      updatedAt: new Date('2024-03-15T09:00:00Z'),
      parameters: { 'projection.enabled': 'true', classification: 'parquet' },
    }),
    {
      now,
      storage: {
        objects: 10,
        bytes: 2048,
        small: 4,
        newest: new Date('2024-03-10T00:00:00Z'),
        atLeast: true,
      },
      statistics: { id: { nulls: 0, distinct: 12_000, min: '1', max: '9' } },
      freshness: 'complete to 2024-03-14, as expected',
      lastCrawl: { crawler: 'nightly', at: new Date('2024-03-15T11:30:00Z'), status: 'SUCCEEDED' },
      grants: [{ principal: 'arn:aws:iam::1:role/a', permissions: ['SELECT'], columns: ['id'] }],
      indexes: [{ name: 'by_day', keys: ['day'], status: 'ACTIVE' }],
      findings: ['id is int in 1 of 2 files.'],
      unread: ['The bucket policy may not be read.'],
    },
  );
  for (const expected of [
    '- **Kind**: External table',
    '- **Changed**: 2024-03-15 09:00 UTC (3 h ago)',
    '- **Size**: 2 GB',
    '- **Freshness**: complete to 2024-03-14, as expected',
    '## Findings\n\n- id is int in 1 of 2 files.',
    '| # | Name | Type | Nulls | Distinct | Least | Greatest |',
    '| 1 | `id` | `bigint` | 0 | 12,000 | 1 | 9 |',
    '- **Partitions**: 1,200\n- **Newest**: day=2024-03-14\n- **Index by\\_day**: day (active)',
    '- **Location**: `s3://b/tx/`\n- **Objects**: at least 10\n- **Bytes**: at least 2 KB\n- **Small files**: 4 under 1 MB (40 %)\n- **Newest object**: 2024-03-10 00:00 UTC (5 days ago)',
    '## Partition projection\n\n| Key | Value |\n| --- | --- |\n| `projection.enabled` | `true` |',
    '## Properties\n\n| Key | Value |\n| --- | --- |\n| `classification` | `parquet` |',
    '## Last crawl\n\n- **Crawler**: nightly\n- **Ran**: 2024-03-15 11:30 UTC (30 min ago)\n- **Status**: succeeded',
    '| `arn:aws:iam::1:role/a` | SELECT | id |',
    '## Not read\n\n- The bucket policy may not be read.',
  ]) {
    assert.ok(page.includes(expected), `${expected}\n---\n${page}`);
  }
});

test('an empty location is said to be empty, and grants that were read to be none', () => {
  const page = tablePage(tableOf('t(a int)', { location: 's3://b/t/' }), {
    storage: { objects: 0, bytes: 0 },
    grants: [],
  });
  assert.match(page, /Objects\*\*: none: nothing lies there/);
  assert.doesNotMatch(page, /Bytes/);
  assert.match(page, /Lake Formation lists no grants/);
});

test('names, comments and SQL cannot break the page or put links and HTML into it', () => {
  const page = tablePage({
    ...tableOf('t(a int)', { kind: 'view', viewSql: "SELECT '```' x" }),
    columns: [{ name: 'a`|b', type: 'int', comment: '<script>|[x](command:evil)\n# no' }],
    description: '# ![x](https://x)',
  });
  assert.ok(
    page.includes('| 1 | `` a`\\|b `` | `int` | \\<script\\>\\|\\[x\\](command:evil) \\# no |'),
    page,
  );
  assert.ok(page.includes('\n\n\\# \\!\\[x\\](https://x)\n'), page);
  assert.ok(page.includes("````sql\nSELECT '```' x\n````"), page);
});
