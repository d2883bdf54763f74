import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkConfiguration } from '../../src/crawlers/checkConfiguration';
import { changedMembers, configurationText, updateInput } from '../../src/crawlers/editConfiguration';
import { crawlerInput } from '../../src/crawlers/proposal';

/** As GetCrawler answers: all kinds of targets, state and defaults with it. */
const raw = {
  Name: 'cards',
  Role: 'crawler',
  Targets: { S3Targets: [{ Path: 's3://lake/cards/', Exclusions: [] }], JdbcTargets: [], CatalogTargets: [] },
  DatabaseName: 'bank',
  Classifiers: [],
  RecrawlPolicy: { RecrawlBehavior: 'CRAWL_EVERYTHING' },
  SchemaChangePolicy: { UpdateBehavior: 'LOG', DeleteBehavior: 'LOG' },
  LineageConfiguration: { CrawlerLineageSettings: 'DISABLE' },
  State: 'READY',
  Schedule: { ScheduleExpression: 'cron(0 4 * * ? *)', State: 'SCHEDULED' },
  CrawlElapsedTime: 0,
  LastCrawl: { Status: 'SUCCEEDED' },
  Version: 3,
  Configuration: '{"Version":1.0,"CrawlerOutput":{"Partitions":{"AddOrUpdateBehavior":"InheritFromTable"}}}',
  LakeFormationConfiguration: { UseLakeFormationCredentials: false, AccountId: '' },
};

test('a crawler of Glue is a configuration without state, defaults and empty members', () => {
  const text = configurationText(raw);
  assert.deepEqual(JSON.parse(text), {
    Name: 'cards',
    Role: 'crawler',
    DatabaseName: 'bank',
    Targets: { S3Targets: [{ Path: 's3://lake/cards/' }] },
    Schedule: 'cron(0 4 * * ? *)',
    RecrawlPolicy: { RecrawlBehavior: 'CRAWL_EVERYTHING' },
    SchemaChangePolicy: { UpdateBehavior: 'LOG', DeleteBehavior: 'LOG' },
    Configuration: { Version: 1, CrawlerOutput: { Partitions: { AddOrUpdateBehavior: 'InheritFromTable' } } },
  });
  assert.deepEqual(
    checkConfiguration(text).filter(({ severity }) => severity === 'error'),
    [],
  );
  assert.match(configurationText({ ...raw, Configuration: 'no JSON' }), /"Configuration": "no JSON"/);
});

test('an update sends what was taken away as empty, and tells what it changes', () => {
  const before = crawlerInput(configurationText(raw));
  assert.ok(before);
  const { Schedule: _, ...rest } = before;
  const after = { ...rest, Name: 'cards', Description: 'new', Tags: { a: 'b' } };
  assert.deepEqual(updateInput(before, after), { ...rest, Name: 'cards', Description: 'new', Schedule: '' });
  assert.deepEqual(changedMembers(before, after), [
    'Description: none → new',
    'Schedule: cron(0 4 * * ? *) → none',
  ]);
  assert.deepEqual(changedMembers(before, before), []);
  assert.deepEqual(updateInput(after, before), { ...before, Description: '' }, 'and back');
});
