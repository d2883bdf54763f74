import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glueCrawlerConfig } from '../../../../src/lint/rules/glue/glue-crawler-config';
import { documentChecker } from '../../../support/documentChecker';

const check = documentChecker(glueCrawlerConfig, 'glue');

const client = 'import boto3\nglue = boto3.client("glue")\n';
const s3 = 'Targets={"S3Targets": [{"Path": "s3://bank-lake/cards/"}]}';

test('a crawler of new folders with another policy than LOG is an error', async () => {
  const text = `${client}glue.update_crawler(Name="a", RecrawlPolicy={"RecrawlBehavior": "CRAWL_NEW_FOLDERS_ONLY"}, SchemaChangePolicy={"UpdateBehavior": «"UPDATE_IN_DATABASE"», "DeleteBehavior": «"DELETE_FROM_DATABASE"»})`;
  await check(text, 'error: UpdateBehavior', 'error: DeleteBehavior');
  assert.match(
    await check.fixed(text.replaceAll(/[«»]/g, '')),
    /\{"UpdateBehavior": "LOG", "DeleteBehavior": "LOG"\}/,
  );
});

test('a scheduled crawler that reads everything is pointed out', async () => {
  const text = `${client}glue.«create_crawler»(Name="a", ${s3}, Schedule="cron(0 1 * * ? *)")`;
  await check(text, 'information');
  const fixed = await check.fixed(text.replaceAll(/[«»]/g, ''));
  assert.match(
    fixed,
    /RecrawlPolicy=\{"RecrawlBehavior": "CRAWL_NEW_FOLDERS_ONLY"\}, SchemaChangePolicy=\{"UpdateBehavior": "LOG", "DeleteBehavior": "LOG"\}/,
  );
  await check(fixed);
});

test('crawlers without a schedule, of databases or events, and with unknown policies are silent', async () => {
  await check(`${client}glue.create_crawler(Name="a", ${s3})`);
  await check(
    `${client}glue.create_crawler(Name="a", Targets={"JdbcTargets": [{"Path": "x"}]}, Schedule="cron(0 1 * * ? *)")`,
  );
  await check(
    `${client}glue.create_crawler(Name="a", Targets={"S3Targets": [{"Path": "s3://a/b/", "EventQueueArn": q}]}, Schedule="cron(0 1 * * ? *)")`,
  );
  await check(
    `${client}glue.create_crawler(Name="a", ${s3}, Schedule="cron(0 1 * * ? *)", RecrawlPolicy=policy)`,
  );
  await check(
    `${client}glue.create_crawler(Name="a", ${s3}, Schedule="cron(0 1 * * ? *)", RecrawlPolicy={"RecrawlBehavior": "CRAWL_EVERYTHING"}, SchemaChangePolicy={"UpdateBehavior": "UPDATE_IN_DATABASE"})`,
  );
  await check(`${client}glue.create_crawler(Schedule="cron(0 1 * * ? *)", ${s3}, **more)`);
});
