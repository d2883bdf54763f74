import { test } from 'node:test';
import { lambdaS3FirstRecordOnly } from '../../../../src/lint/rules/lambda/lambda-s3-first-record-only';
import { documentChecker } from '../../../support/documentChecker';

const check = documentChecker(lambdaS3FirstRecordOnly, 'lambda');

const handler = (body: string): string => `def handler(event, context):\n${body.replace(/^/gm, '    ')}\n`;

test('the first record of S3 is worth knowing, of a queue or a stream it loses data', async () => {
  await check(handler('r = «event["Records"][0]»\nload(r["s3"]["bucket"]["name"])'), 'information');
  await check(handler('body = «event["Records"][0]»["body"]'), 'warning: lost');
  await check(handler('r = «event["Records"][0]»\nload(r["kinesis"]["data"])'), 'warning');
  await check(handler('text = «event["Records"][0]»["Sns"]["Message"]'), 'information');
});

test('a loop, a count or code that is given all records is silent', async () => {
  await check(handler('for r in event["Records"]:\n    load(r)\nfirst = event["Records"][0]'));
  await check(handler('assert len(event["Records"]) == 1\nfirst = event["Records"][0]'));
  await check(handler('load(event["Records"])\nfirst = event["Records"][0]'));
  await check('def load(event):\n    return event["Records"][0]\n');
});
