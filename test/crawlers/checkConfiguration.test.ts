import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/base/text';
import { checkConfiguration, isConfiguration } from '../../src/crawlers/checkConfiguration';
import { exclusionProblem } from '../../src/crawlers/exclusions';
import { crawlerInput, proposedConfiguration } from '../../src/crawlers/proposal';

const good = {
  Name: 'cards',
  Role: 'crawler',
  DatabaseName: 'bank',
  Targets: { S3Targets: [{ Path: 's3://lake/raw/cards/' }] },
  RecrawlPolicy: { RecrawlBehavior: 'CRAWL_NEW_FOLDERS_ONLY' },
  SchemaChangePolicy: { UpdateBehavior: 'LOG', DeleteBehavior: 'LOG' },
  Configuration: { Version: 1, CrawlerOutput: { Partitions: { AddOrUpdateBehavior: 'InheritFromTable' } } },
};

/** Each finding as `severity: message ← the text it points at`. */
function found(value: unknown): readonly string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return checkConfiguration(text).map(
    ({ severity, message, start, end }) =>
      `${severity}: ${message} ← ${text.slice(start, end).split('\n')[0] ?? ''}`,
  );
}

function one(value: object, wanted: RegExp): void {
  const all = found({ ...good, ...value });
  assert.deepEqual(
    [all.length, wanted.test(all[0] ?? '')],
    [1, true],
    `${String(wanted)}\n${all.join('\n')}`,
  );
}

/** The text once every fix has been taken, one after the other. */
function mended(value: object): string {
  let text = JSON.stringify(value, undefined, 2);
  for (let turn = 0; turn < 10; turn++) {
    const fix = checkConfiguration(text).find(({ fixes }) => fixes.length > 0)?.fixes[0];
    if (fix === undefined) return text;
    text = applyEdits(text, fix.edits);
  }
  return text;
}

test('a good configuration has no findings, whether Configuration is an object or a text', () => {
  assert.deepEqual(found(good), []);
  assert.deepEqual(found({ ...good, Configuration: JSON.stringify(good.Configuration) }), []);
});

test('what a crawler cannot do without is asked for at its place', () => {
  one({ Role: '' }, /^error: Name the IAM role that the crawler runs as: .* ← ""$/);
  one({ Name: undefined }, /^error: Name is missing\. Give the crawler a name\. ← \{$/);
  one({ DatabaseName: undefined }, /^error: DatabaseName is missing/);
  one({ Targets: undefined }, /^error: Targets is missing/);
  one({ Targets: { S3Targets: [] } }, /^error: A crawler needs at least one target/);
  one({ Rolle: 'x' }, /^error: A crawler has no Rolle\. ← "Rolle"$/);
  one({ TablePrefix: 'bank-' }, /^warning: Names of tables that hold other signs/);
  assert.match(found('[]')[0] ?? '', /^error: A crawler is an object/);
  assert.match(found('{ "Name": "x"')[0] ?? '', /^error: /);
  assert.match(found('')[0] ?? '', /^error: /);
});

test('new folders only goes with LOG alone, and the fix makes it so', () => {
  const policy = { UpdateBehavior: 'UPDATE_IN_DATABASE', DeleteBehavior: 'LOG' };
  one(
    { SchemaChangePolicy: policy },
    /^error: A crawler of new folders only takes no other UpdateBehavior than LOG/,
  );
  one({ SchemaChangePolicy: undefined }, /^error: .* needs UpdateBehavior and DeleteBehavior LOG/);
  one({ SchemaChangePolicy: { UpdateBehavior: 'LOG' } }, /^error: .* needs DeleteBehavior LOG/);
  for (const SchemaChangePolicy of [policy, undefined, { DeleteBehavior: 'LOG' }]) {
    assert.deepEqual(found(mended({ ...good, SchemaChangePolicy })), []);
  }
  one({ Targets: { ...good.Targets, JdbcTargets: [{ Path: 'x' }] } }, /^error: Only S3 has new folders/);
  one({ RecrawlPolicy: { RecrawlBehavior: 'CRAWL_NEW' } }, /^error: Glue knows CRAWL_EVERYTHING, /);
});

test('a policy that deletes, and a schedule that reads everything again, are told', () => {
  const everything = { RecrawlPolicy: { RecrawlBehavior: 'CRAWL_EVERYTHING' } };
  const deletes = { UpdateBehavior: 'LOG', DeleteBehavior: 'DELETE_FROM_DATABASE' };
  one(
    { ...everything, SchemaChangePolicy: deletes },
    /^warning: Tables and partitions are deleted from the catalog/,
  );
  one(
    { ...everything, Schedule: 'cron(0 4 * * ? *)' },
    /^information: Each scheduled crawl reads the whole path again/,
  );
  one(
    { ...everything, SchemaChangePolicy: { DeleteBehavior: 'DROP' } },
    /^error: Glue knows LOG, DELETE_FROM_DATABASE/,
  );
});

test('a path that is too deep, too shallow, doubled, a file or no place is told', () => {
  const at = (...paths: readonly unknown[]) => ({ Targets: { S3Targets: paths.map((Path) => ({ Path })) } });
  one(at('s3://lake/raw/cards/year=2024/'), /^warning: year=2024 is a folder of a partition/);
  assert.match(
    mended({ ...good, ...at('s3://lake/raw/cards/year=2024/') }),
    /"Path": "s3:\/\/lake\/raw\/cards\/"/,
  );
  one(at('s3://lake'), /^warning: The whole bucket is crawled/);
  one(at('s3://lake/raw/', 's3://lake/raw/cards'), /^warning: This lies in s3:\/\/lake\/raw\/ or around it/);
  assert.deepEqual(found({ ...good, ...at('s3://lake/raw/card/', 's3://lake/raw/cards/') }), []);
  one(at('s3://lake/raw/a.parquet'), /^warning: This looks like a file/);
  one(at('lake/raw'), /^error: A path is a place in S3/);
  one(at(undefined), /^error: Path is missing/);
});

test('members of a target are checked: sample size, events and their queue', () => {
  const target = (rest: object) => ({ Targets: { S3Targets: [{ Path: 's3://lake/raw/cards/', ...rest }] } });
  one(target({ SampleSize: 250 }), /^error: SampleSize is a number of files in each folder, from 1 to 249/);
  one(target({ Exclude: [] }), /^error: A target in S3 has no Exclude/);
  one(target({ EventQueueArn: 'arn' }), /^error: A queue of events goes with/);
  one(
    { RecrawlPolicy: { RecrawlBehavior: 'CRAWL_EVENT_MODE' } },
    /^error: CRAWL_EVENT_MODE needs the EventQueueArn/,
  );
  one(target({ Exclusions: ['/tmp/**'] }), /^warning: A path below the target begins without a slash/);
  one(target({ Exclusions: [5] }), /^error: An exclusion is a text/);
});

test('exclusions that never fit, fit everything or are broken are told', () => {
  const cases: readonly (readonly [string, string | undefined, string?])[] = [
    ['**.tmp', undefined],
    ['year=2024/{a,b}/[0-9]*.csv', undefined],
    ['\\{x', undefined],
    ['*.tmp', 'information', '**.tmp'],
    ['//tmp/**', 'warning', 'tmp/**'],
    ['s3://lake/tmp/**', 'warning'],
    ['**', 'error'],
    ['**/**', 'error'],
    ['', 'error'],
    ['a{b', 'error'],
    ['a[b', 'error'],
  ];
  for (const [pattern, severity, mend] of cases) {
    const problem = exclusionProblem(pattern);
    assert.deepEqual([problem?.severity, problem?.mended], [severity, mend], pattern);
  }
});

test('the level of tables is compared with the path, of which the bucket is level 1', () => {
  const level = (TableLevelConfiguration: unknown) => ({
    Configuration: { ...good.Configuration, Grouping: { TableLevelConfiguration } },
  });
  assert.deepEqual(found({ ...good, ...level(3) }), []);
  assert.deepEqual(found({ ...good, ...level(4) }), []);
  one(
    level(2),
    /^warning: Level 2 lies above s3:\/\/lake\/raw\/cards\/, which is level 3: the bucket is the first\. ← 2$/,
  );
  one(level(9), /^warning: Level 9 lies 6 folders below/);
  one(level(0), /^error: TableLevelConfiguration is the level/);
  one(level('3'), /^error: TableLevelConfiguration is the level/);
});

test('Configuration without a version, with unknown members or without InheritFromTable is told', () => {
  one(
    { Configuration: { CrawlerOutput: good.Configuration.CrawlerOutput } },
    /^error: Configuration needs "Version": 1\.0/,
  );
  one({ Configuration: { ...good.Configuration, Groups: {} } }, /^error: Configuration has no Groups/);
  one({ Configuration: 'x' }, /^error: Configuration is an object/);
  one({ Configuration: undefined }, /^information: Each partition keeps columns of its own/);
  assert.deepEqual(found(mended({ ...good, Configuration: undefined })), []);
  assert.deepEqual(found(mended({ ...good, Configuration: { Version: 1 } })), []);
  const text = JSON.stringify({ ...good.Configuration, Grouping: { TableGroupingPolicy: 'All' } });
  one({ Configuration: text }, /^error: Glue knows CombineCompatibleSchemas here/);
});

test('a bad schedule is pointed at inside its text, with the fix', () => {
  one({ Schedule: 'cron(0 25 * * ? *)' }, /^error: 25 is outside of the field hours, .* ← 25$/);
  one({ Schedule: '0 4 * * *' }, /^error: A schedule is written cron/);
  assert.match(mended({ ...good, Schedule: '0 4 * * *' }), /"Schedule": "cron\(0 4 \* \* \? \*\)"/);
  one({ Schedule: 5 }, /^error: A schedule is a text/);
});

test('what is proposed lacks nothing but what only the user knows', () => {
  const wish = {
    bucket: 'lake',
    prefix: 'raw/cards/',
    database: 'bank',
    tables: 'one',
    partitioned: true,
  } as const;
  const text = proposedConfiguration(wish);
  assert.deepEqual(
    found(text).map((each) => each.replace(/:.*/, '')),
    ['error'],
    'the role',
  );
  assert.ok(isConfiguration(text));
  for (const tables of ['one', 'folders'] as const) {
    for (const partitioned of [true, false]) {
      const made = proposedConfiguration({ ...wish, tables, partitioned, role: 'crawler' });
      assert.deepEqual(found(made), []);
    }
  }
  const input = crawlerInput(
    proposedConfiguration({ ...wish, role: 'r', schedule: 'cron(0 4 * * ? *)', name: 'n' }),
  );
  assert.deepEqual(
    [input?.Name, input?.['Schedule'], typeof input?.['Configuration']],
    ['n', 'cron(0 4 * * ? *)', 'string'],
  );
  assert.match(String(input?.['Configuration']), /"TableLevelConfiguration":3/);
  assert.equal(crawlerInput('{'), undefined);
  assert.equal(isConfiguration('{"Targets":{"S3Targets":[]}}'), false);
});
