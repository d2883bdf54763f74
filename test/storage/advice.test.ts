import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { advisedRules, withRules } from '../../src/storage/advice/addRules';
import { advicePage, type AdvisedPlace } from '../../src/storage/advice/advicePage';
import { advise, type AdvicePorts } from '../../src/storage/advice/advise';
import type { AdviceFinding } from '../../src/storage/advice/finding';
import type { WorkGroupReader } from '../../src/storage/advice/resultPlaces';
import { surveyTally } from '../../src/storage/advice/survey';
import type { RuleValue } from '../../src/storage/bucketStorage';
import { storagePrices } from '../../src/storage/storagePrices';
import type { StoredObject } from '../../src/zones/objectStore';
import { defaultPatterns } from '../../src/zones/zones';
import { connection } from '../support/fakes';
import { keyStore } from '../zones/keyStore';
import { memoryStorage, type MemoryStorage } from './memoryStorage';

const never = new AbortController().signal;
const now = new Date('2026-11-25T12:00:00Z');
const gb = 2 ** 30;
const ago = (days: number): Date => new Date(now.getTime() - days * 86_400_000 - 1000);
const prices = storagePrices('us-east-1');

function object(key: string, days: number, rest: Partial<StoredObject> = {}): StoredObject {
  return { key, bytes: gb, modifiedAt: ago(days), ...rest };
}

interface World {
  readonly objects?: readonly StoredObject[];
  readonly storage?: MemoryStorage;
  readonly versioning?: 'on' | 'suspended' | 'never';
  readonly results?: Readonly<Record<string, string>>;
}

function portsOf({
  objects = [],
  storage = memoryStorage(),
  versioning = 'never',
  results = {},
}: World): AdvicePorts {
  const engine: WorkGroupReader = {
    workGroups: async () => ({ items: Object.keys(results).map((name) => ({ name })) }),
    workGroup: async (_, { name }) => ({ name, outputLocation: results[name] ?? '' }),
  };
  return {
    store: keyStore(objects).store,
    storage,
    facts: { versioning: async () => ({ versioning, mfaDelete: false }) },
    engine,
  };
}

async function advised(world: World, prefix = '', bucket = 'lake'): Promise<AdvisedPlace> {
  const request = { connection, places: [{ bucket, prefix }], patterns: defaultPatterns, prices, now };
  const { places } = await advise(portsOf(world), request, never);
  return places[0] ?? assert.fail();
}

async function findingsOf(world: World, prefix = '', bucket = 'lake'): Promise<readonly AdviceFinding[]> {
  const one = await advised(world, prefix, bucket);
  assert.equal(one.kind, 'found', JSON.stringify(one));
  return one.kind === 'found' ? one.findings : [];
}

const abort: RuleValue = {
  ID: 'abort',
  Status: 'Enabled',
  Filter: { Prefix: '' },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
};
const tidy = (...rules: readonly RuleValue[]): MemoryStorage =>
  memoryStorage({ lifecycle: { rules: [abort, ...rules], minimumSize: 'all_storage_classes_128K' } });

const find = (findings: readonly AdviceFinding[], id: AdviceFinding['id']): AdviceFinding =>
  findings.find((one) => one.id === id) ?? assert.fail(`no ${id} in ${findings.map((one) => one.id).join()}`);

test('old objects in Standard get Intelligent-Tiering, with what watching and moving cost, since access is not known', async () => {
  const objects = [
    ...Array.from({ length: 1000 }, (_, at) => object(`raw/old/${at}.parquet`, 100)),
    object('raw/new.parquet', 3),
    object('raw/tiny.json', 400, { bytes: 100 }),
  ];
  const findings = await findingsOf({ objects, storage: tidy() }, 'raw/');
  const { title, details, rule, usdPerMonth = 0 } = find(findings, 'storage-class');
  assert.equal(
    title,
    '1,000 objects, 1,000 GB in Standard were written more than 30 days ago: $23.00 a month.',
  );
  assert.ok(Math.abs(usdPerMonth - (1000 * (0.023 - 0.004) - 0.0025)) < 1e-6, String(usdPerMonth));
  assert.match(details.join('\n'), /Whether they are read is not in a listing/);
  assert.match(details.join('\n'), /costs \$0\.003 a month for watching 1,000 objects, and \$0\.01 once/);
  assert.match(
    details.join('\n'),
    /Glacier Instant Retrieval for .*\$23\.00 → \$4\.00 a month.*\$30\.00 each time/,
  );
  assert.deepEqual(rule, {
    ID: 'tiering-raw',
    Status: 'Enabled',
    Filter: { Prefix: 'raw/' },
    Transitions: [{ Days: 30, StorageClass: 'INTELLIGENT_TIERING' }],
  });
  // What is new, small or tiered already gives no reason.
  const quiet = [
    object('raw/a', 3),
    object('raw/b', 90, { storageClass: 'GLACIER_IR' }),
    object('raw/c', 90, { bytes: 1 }),
  ];
  assert.deepEqual(await findingsOf({ objects: quiet, storage: tidy() }, 'raw/'), []);
});

test('small files are told with their share and what compaction saves in requests, folder by folder', async () => {
  const objects = Array.from({ length: 1200 }, (_, at) =>
    object(`raw/day=${at % 3}/${String(at).padStart(4, '0')}.json.gz`, 1, { bytes: 10_000 }),
  );
  const { title, details, usdPerMonth } = find(
    await findingsOf({ objects, storage: tidy() }, 'raw/'),
    'small-files',
  );
  assert.equal(title, '1,200 of 1,200 objects (100 %) are under 1 MB, 11 MB in all.');
  // Three folders; one of them goes over two pages.
  assert.match(details[0] ?? '', /they would be [34] files/);
  assert.equal(usdPerMonth, undefined);
  const few = objects.slice(0, 50);
  assert.deepEqual(await findingsOf({ objects: few, storage: tidy() }, 'raw/'), []);
});

test('uncompressed text is told in zones of tables alone', async () => {
  const objects = [
    object('processed/a.csv', 1),
    object('processed/b.json', 1),
    object('processed/c.csv.gz', 1),
    object('processed/d.parquet', 1),
  ];
  const { title, details } = find(await findingsOf({ objects, storage: tidy() }, 'processed/'), 'plain-text');
  assert.equal(title, '2 objects, 2 GB of uncompressed CSV, JSON in the zone processed.');
  assert.match(details[0] ?? '', /billed \$0\.01 each time/);
  const raw = objects.map((one) => ({ ...one, key: one.key.replace('processed', 'raw') }));
  assert.deepEqual(await findingsOf({ objects: raw, storage: tidy() }, 'raw/'), []);
  // A prefix deep in the zone belongs to it too.
  assert.equal((await findingsOf({ objects, storage: tidy() }, 'processed/a')).length, 1);
});

test('small objects in a class with a minimum size, and archived data where tables are, are told', async () => {
  const objects = [
    ...Array.from({ length: 3000 }, (_, at) =>
      object(`analytics/ia/${at}`, 90, { bytes: 1000, storageClass: 'STANDARD_IA' }),
    ),
    object('analytics/cold', 90, { storageClass: 'DEEP_ARCHIVE' }),
  ];
  // 3,000 small files in one folder are small files too.
  const findings = await findingsOf({ objects: [...objects, object('z', 1)], storage: tidy() }, 'analytics/');
  const expected = ((3000 * 128 * 1024) / gb) * 0.0125 - ((3000 * 1000) / gb) * 0.023;
  assert.ok(expected < 0.01, 'too little to be told');
  assert.deepEqual(findings.map(({ id }) => id).toSorted(), ['archived-data', 'small-files']);
  const many = Array.from({ length: 12_000 }, (_, at) =>
    object(`raw/${at}`, 90, { bytes: 1000, storageClass: 'STANDARD_IA' }),
  );
  const dear = find(await findingsOf({ objects: many, storage: tidy() }, 'raw/'), 'minimum-size');
  assert.match(
    dear.title,
    /^12,000 objects, 11 MB below 128 KB each lie in Standard-IA and cost \$0\.018 a month more/,
  );
});

test('a bucket without a rule for incomplete uploads is told so, with how many there are and how old', async () => {
  const none = find(await findingsOf({}), 'missing-abort');
  assert.equal(none.title, 'No rule aborts incomplete uploads below `s3://lake/`.');
  const uploads = Array.from({ length: 3 }, (_, at) => ({
    key: `raw/${at}`,
    id: `upload-${at}`,
    startedAt: ago(40 + at),
    storageClass: 'STANDARD',
    bytes: 10 * gb,
  }));
  const found = find(await findingsOf({ storage: memoryStorage({ uploads }) }), 'incomplete-uploads');
  assert.equal(found.title, '3 incomplete uploads, the oldest begun 42 days ago: 30 GB.');
  assert.ok(Math.abs((found.usdPerMonth ?? 0) - 30 * 0.023) < 1e-9);
  assert.ok(found.rule);
  // Of the first day they may still go on; the rule is missing all the same.
  const young = uploads.map((one) => ({ ...one, startedAt: ago(0) }));
  assert.equal((await findingsOf({ storage: memoryStorage({ uploads: young }) }))[0]?.id, 'missing-abort');
  // A rule for another prefix does not help here, and a disabled one nowhere.
  for (const other of [
    { ...abort, Filter: { Prefix: 'logs/' } },
    { ...abort, Status: 'Disabled' },
  ]) {
    const storage = memoryStorage({ lifecycle: { rules: [other], minimumSize: 'all_storage_classes_128K' } });
    assert.equal((await findingsOf({ storage }, 'raw/'))[0]?.id, 'missing-abort');
  }
  assert.deepEqual(await findingsOf({ storage: tidy() }), []);
});

test('bytes of many incomplete uploads are reckoned from some of them, and it says so', async () => {
  const uploads = Array.from({ length: 19 }, (_, at) => ({
    key: `raw/${at}`,
    id: `upload-${at}`,
    startedAt: ago(9),
    storageClass: 'STANDARD',
    bytes: gb,
  }));
  // Two a page, and ten pages at most: one upload is not counted.
  const more = [
    ...uploads,
    ...uploads.slice(0, 3).map((one, at) => ({ ...one, id: `more-${at}`, key: `z${at}` })),
  ];
  const { title } = find(
    await findingsOf({ storage: memoryStorage({ uploads: more }) }),
    'incomplete-uploads',
  );
  assert.equal(title, 'More than 20 incomplete uploads, the oldest begun 9 days ago: about 20 GB.');
});

test('old versions that no rule deletes are told with their bytes, where the bucket keeps versions', async () => {
  const version = (key: string, latest: boolean) => ({
    key,
    latest,
    kind: 'version' as const,
    bytes: 100 * gb,
    storageClass: 'STANDARD',
  });
  const versions = [version('a', true), version('a', false), version('b', false)];
  const world = {
    storage: memoryStorage({ versions, lifecycle: tidy().current ?? assert.fail() }),
    versioning: 'on' as const,
  };
  const { title, usdPerMonth = 0 } = find(await findingsOf(world), 'noncurrent-versions');
  assert.equal(title, '2 objects, 200 GB of noncurrent versions, which no rule ever deletes: $4.60 a month.');
  assert.ok(Math.abs(usdPerMonth - 4.6) < 1e-9);
  const rule: RuleValue = {
    Status: 'Enabled',
    Filter: {},
    NoncurrentVersionExpiration: { NoncurrentDays: 30 },
  };
  assert.deepEqual(await findingsOf({ storage: tidy(rule), versioning: 'on' }), []);
  assert.deepEqual(await findingsOf({ ...world, versioning: 'never' }), []);
});

test('query results without an end are found by the work groups, and by the name of a bucket that Athena made', async () => {
  const objects = [object('results/a.csv', 1), object('other/b.csv', 1)];
  const world: World = {
    objects,
    storage: tidy(),
    results: { primary: 's3://lake/results/', bi: 's3://lake/results/' },
  };
  const { title, usdPerMonth = 0, rule } = find(await findingsOf(world), 'query-results');
  assert.equal(title, 'Query results of bi, primary in `s3://lake/results/` never expire: 1 object, 1 GB.');
  assert.ok(Math.abs(usdPerMonth - 0.023) < 1e-9);
  assert.deepEqual(rule, {
    ID: 'query-results-results',
    Status: 'Enabled',
    Filter: { Prefix: 'results/' },
    Expiration: { Days: 30 },
  });
  const expiry: RuleValue = { Status: 'Enabled', Filter: { Prefix: 'results/' }, Expiration: { Days: 3 } };
  assert.deepEqual(await findingsOf({ ...world, storage: tidy(expiry) }), []);
  const made = await findingsOf({ storage: tidy() }, '', 'aws-athena-query-results-111122223333-us-east-1');
  assert.deepEqual(
    made.map(({ id }) => id),
    ['query-results'],
  );
});

test('what may not be read is said, and is never taken for missing', async () => {
  const storage = memoryStorage();
  storage.before = () => {
    throw new Problem('S3 denied it.', 'denied');
  };
  const one = await advised({ storage, objects: [object('raw/a', 100, { bytes: 100 * gb })] });
  assert.ok(one.kind === 'found');
  assert.deepEqual(
    one.findings.map(({ id }) => id),
    ['storage-class'],
  );
  assert.deepEqual(one.facts.bucket.unread, ['S3 denied it.', 'S3 denied it.']);
});

test('a place that may not be listed leaves the others', async () => {
  const ports = portsOf({ storage: tidy(), objects: [object('raw/a', 1)] });
  const list: AdvicePorts['store']['list'] = async (from, request, signal) => {
    if (request.bucket === 'closed') throw new Problem('S3 denied s3:ListBucket on s3://closed/.', 'denied');
    return ports.store.list(from, request, signal);
  };
  const places = [
    { bucket: 'closed', prefix: '' },
    { bucket: 'lake', prefix: 'raw/' },
  ];
  const found = await advise(
    { ...ports, store: { ...ports.store, list } },
    { connection, places, patterns: defaultPatterns, prices, now },
    never,
  );
  assert.deepEqual(
    found.places.map(({ kind }) => kind),
    ['failed', 'found'],
  );
  const page = advicePage('zone raw', found.places, { prices: prices.basis, unread: [], at: now });
  assert.match(page, /^## `s3:\/\/closed\/`\n\nS3 denied s3:ListBucket on s3:\/\/closed\/\.$/m);
  assert.match(page, /^## `s3:\/\/lake\/raw\/`\n\nNothing to advise\.$/m);
});

test('the page has what saves most first, a rule to put, and what it stands on', async () => {
  const uploads = [{ key: 'raw/x', id: 'u', startedAt: ago(9), storageClass: 'STANDARD', bytes: gb }];
  const objects = [object('raw/a.parquet', 100, { bytes: 1000 * gb })];
  const one = await advised({ storage: memoryStorage({ uploads }), objects }, 'raw/');
  const page = advicePage('`s3://lake/raw/`', [one], { prices: prices.basis, unread: ['Note.'], at: now });
  assert.match(
    page,
    /^# Storage advice for `s3:\/\/lake\/raw\/`\n\n1 object, 1,000 GB listed at 2026-11-25 12:00 UTC: 1 LIST request, <\$0\.001\.\n\n2 findings, up to \$19\.02 a month\.$/m,
  );
  assert.match(
    page,
    /\| Storage class by age \| \$19\.00 \|\n\| Incomplete uploads \| \$0\.023 \|\n\n## Storage class by age/,
  );
  assert.match(page, /```json\n\{\n {2}"ID": "abort-incomplete-uploads"/);
  assert.match(page, /^- Note\.$/m);
  assert.match(page, /^- Prices: list prices of us-east-1/m);
});

test('a survey counts by folder whatever the page, and leaves empty folders of a console out', () => {
  const tally = surveyTally(['raw/2024/'], now);
  tally.add([
    object('raw/', 1, { bytes: 0 }),
    object('raw/2024/a.csv', 1, { bytes: 100 }),
    object('raw/2024/b.csv.gz', 1, { bytes: 100 }),
    object('raw/2025/c.csv', 1, { bytes: 100 }),
  ]);
  tally.add([object('raw/2026/d.parquet', 1)]);
  const { objects, small, compacted, plainText, below } = tally.result();
  assert.equal(objects, 4);
  assert.deepEqual(small, { objects: 3, bytes: 300 });
  assert.equal(compacted, 2);
  assert.deepEqual(plainText, { CSV: { objects: 2, bytes: 200 } });
  assert.deepEqual(below.get('raw/2024/'), { objects: 2, bytes: 200 });
});

test('advised rules are gathered by bucket, and join a lifecycle without taking the place of any rule', async () => {
  const objects = [object('raw/a', 100, { bytes: 100 * gb }), object('temp/a', 100, { bytes: 100 * gb })];
  const places = [
    { bucket: 'lake', prefix: 'raw/' },
    { bucket: 'lake', prefix: 'temp/' },
  ];
  const request = { connection, places, patterns: defaultPatterns, prices, now };
  const found = await advise(portsOf({ objects }), request, never);
  // The rule that is missing for the whole bucket is said once.
  assert.deepEqual(
    found.places.map((one) => (one.kind === 'found' ? one.findings.map(({ id }) => id) : [])),
    [['storage-class', 'missing-abort'], ['storage-class']],
  );
  const rules = advisedRules(found.places).get('lake') ?? [];
  assert.deepEqual(
    rules.map(({ ID }) => ID),
    ['tiering-raw', 'abort-incomplete-uploads', 'tiering-temp'],
  );
  const own: RuleValue = {
    ID: 'tiering-raw',
    Status: 'Enabled',
    Filter: { Prefix: 'x/' },
    Expiration: { Days: 1 },
  };
  const before = { rules: [own, { ...abort, ID: 'mine' }], minimumSize: 'varies_by_storage_class' as const };
  const after = withRules(before, rules);
  assert.deepEqual(
    after.rules.map(({ ID }) => ID),
    ['tiering-raw', 'mine', 'tiering-raw-2', 'tiering-temp'],
  );
  assert.equal(after.minimumSize, 'varies_by_storage_class');
  assert.deepEqual(withRules(after, rules), after);
});

test('a sign-in that is over ends it at once, wherever it is met', async () => {
  const over = async (): Promise<never> => {
    throw new Problem('Sign in again.', 'signed-out');
  };
  const ports = portsOf({ objects: [object('raw/a', 1)], storage: tidy() });
  const places = [{ bucket: 'lake', prefix: '' }];
  const request = { connection, places, patterns: defaultPatterns, prices, now };
  for (const broken of [
    { ...ports, engine: { ...ports.engine, workGroups: over } },
    { ...ports, facts: { versioning: over } },
    { ...ports, store: { ...ports.store, list: over } },
  ]) {
    await assert.rejects(advise(broken, request, never), { kind: 'signed-out' });
  }
});
