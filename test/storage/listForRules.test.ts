import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { readJson } from '../../src/documents/data/json';
import { readLifecycle } from '../../src/documents/lifecycle/document';
import { effectsPage } from '../../src/storage/effectsPage';
import { listForRules, listingQuestion, prefixesOf } from '../../src/storage/listForRules';
import { lifecycleFigures } from '../../src/storage/ruleFigures';
import { storagePrices } from '../../src/storage/storagePrices';
import { connection } from '../support/fakes';
import { keyStore } from '../zones/keyStore';

const never = new AbortController().signal;
const now = new Date('2026-11-25T12:00:00Z');

function rulesOf(...rules: readonly (readonly [id: string, prefix: string])[]) {
  return readLifecycle(
    readJson(
      JSON.stringify({
        Rules: rules.map(([ID, Prefix]) => ({
          ID,
          Status: 'Enabled',
          Filter: { Prefix },
          Expiration: { Days: 7 },
        })),
      }),
    ),
  );
}

test('no prefix is listed that lies within another, and one rule alone needs its own only', () => {
  const document = rulesOf(['a', 'raw/'], ['b', 'raw/2024/'], ['c', 'temp/'], ['d', 'raw/']);
  assert.deepEqual(prefixesOf(document), ['raw/', 'temp/']);
  assert.deepEqual(prefixesOf(document, ['b']), ['raw/2024/']);
  assert.deepEqual(prefixesOf(rulesOf(['a', 'raw/'], ['all', ''])), ['']);
});

test('the price of a listing is told before it starts', () => {
  assert.equal(
    listingQuestion(['s3://lake/raw/', 's3://lake/temp/']),
    'This lists every object below s3://lake/raw/, s3://lake/temp/: about 1,082 requests ($0.005) for each million objects.',
  );
  assert.equal(
    listingQuestion(['s3://lake/'], 20_000_000),
    'This lists every object below s3://lake/: about 21,032 requests ($0.11) for the 20,000,000 objects of the last time.',
  );
});

test('each object below the prefixes is counted once, through throttling, and nothing else is listed', async () => {
  const keys = Array.from({ length: 2500 }, (_, at) => ({
    key: `raw/day=${String(at).padStart(4, '0')}/part.parquet`,
    bytes: 1000,
    modifiedAt: new Date('2026-11-01T00:00:00Z'),
  }));
  const { store } = keyStore([...keys, { key: 'other/x', bytes: 5 }], {
    before: (request) => {
      if (request === 2) throw new Problem('S3 is still throttling.', 'throttled');
    },
  });
  const document = rulesOf(['old', 'raw/'], ['part', 'raw/day=2']);
  const seen: number[] = [];
  const listing = await listForRules(
    { store, connection, now, onProgress: (count) => seen.push(count), random: () => 0 },
    { bucket: 'lake', document, prefixes: prefixesOf(document) },
    never,
  );
  assert.equal(listing.objects, 2500);
  assert.equal(seen.at(-1), 2500);
  assert.ok(listing.cost.requests >= 3);
  const settings = { prices: storagePrices('us-east-1'), today: now, versioned: false };
  const figures = lifecycleFigures(document, listing, settings);
  assert.deepEqual(
    figures.rules.map(({ meets }) => meets.objects),
    [2500, 500],
  );
  // The first of two rules that delete on the same day has it.
  assert.equal(figures.now.deleted.objects, 2500);
});

test('the page of effects says each rule, its figures, and what they stand on', async () => {
  const { store } = keyStore([
    { key: 'temp/a', bytes: 2 ** 30, modifiedAt: new Date('2026-11-01T00:00:00Z') },
    { key: 'temp/b', bytes: 2 ** 30, modifiedAt: new Date('2026-11-24T00:00:00Z') },
  ]);
  const document = rulesOf(['temp|cleanup', 'temp/']);
  const listing = await listForRules(
    { store, connection, now },
    { bucket: 'lake', document, prefixes: ['temp/'] },
    never,
  );
  const prices = storagePrices('us-east-1');
  const figures = lifecycleFigures(document, listing, { prices, today: now, versioned: false });
  const page = effectsPage(figures, {
    listing,
    prices,
    versioned: undefined,
    unread: ['S3 denied s3:GetBucketVersioning on s3://lake.'],
  });
  assert.equal(
    page.slice(0, page.indexOf('## What these figures')),
    `# Lifecycle of \`s3://lake\`

2 objects, 2 GB listed below \`s3://lake/temp/\` at 2026-11-25 12:00 UTC: 1 request, <$0.001.

| rule | now | bytes | a month | once | in time | bytes | a month | once |
|:--|--:|--:|--:|--:|--:|--:|--:|--:|
| temp\\|cleanup | 1 | 1 GB | $0.023 → $0 | $0 | 2 | 2 GB | $0.046 → $0 | $0 |

## temp\\|cleanup

Below temp/: deleted after 7 days.

- meets 2 objects, 2 GB
- now: deletes 1 object, 1 GB; $0.023 → $0 a month
- in time: deletes 2 objects, 2 GB; $0.046 → $0 a month

`,
  );
  assert.match(page, /^- Whether the bucket keeps versions is not known/m);
  assert.match(page, /^- S3 denied s3:GetBucketVersioning on s3:\/\/lake\.$/m);
});

test('a listing that is cancelled stops at once', async () => {
  const { store, requests } = keyStore(
    Array.from({ length: 5000 }, (_, at) => ({ key: `raw/${at}`, bytes: 1 })),
  );
  const stop = new AbortController();
  const document = rulesOf(['old', 'raw/']);
  const listing = listForRules(
    { store, connection, now, onProgress: () => stop.abort() },
    { bucket: 'lake', document, prefixes: ['raw/'] },
    stop.signal,
  );
  await assert.rejects(listing, { name: 'AbortError' });
  assert.ok(requests.made < 5);
});
