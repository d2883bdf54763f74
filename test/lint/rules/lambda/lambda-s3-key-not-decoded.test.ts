import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lambdaS3KeyNotDecoded } from '../../../../src/lint/rules/lambda/lambda-s3-key-not-decoded';
import { documentChecker } from '../../../support/documentChecker';

const check = documentChecker(lambdaS3KeyNotDecoded, 'lambda');

const handler = (body: string): string => `def handler(event, context):\n${body.replace(/^/gm, '    ')}\n`;

test('a key that is used as it came is reported, however it is taken out', async () => {
  await check(handler('key = «event["Records"][0]["s3"]["object"]["key"]»\nload(key)'), 'warning');
  await check(handler("s3 = event['Records'][0]['s3']\nload(«s3['object']['key']»)"), 'warning');
});

test('a key that is decoded at once, later, or perhaps elsewhere is silent', async () => {
  const imports = 'from urllib.parse import unquote_plus\nimport urllib.parse\n';
  await check(imports + handler('key = unquote_plus(event["Records"][0]["s3"]["object"]["key"])'));
  await check(
    imports +
      handler('key = event["Records"][0]["s3"]["object"]["key"]\nload(urllib.parse.unquote_plus(key))'),
  );
  await check(
    `${imports}def load(key):\n    return unquote_plus(key)\n${handler('load(event["Records"][0]["s3"]["object"]["key"])')}`,
  );
  await check(
    `from urllib.parse import unquote_plus as plain\n${handler('key = plain(event["Records"][0]["s3"]["object"]["key"])')}`,
  );
});

test('events by EventBridge, keys that are only logged, and files without a handler are silent', async () => {
  await check(handler('key = event["detail"]["object"]["key"]'));
  await check(handler('print(event["Records"][0]["s3"]["object"]["key"])'));
  await check('def load(record):\n    return record["s3"]["object"]["key"]\n');
});

test('a name that is used for nothing but logs is silent, one that is used further is not', async () => {
  const key = 'event["Records"][0]["s3"]["object"]["key"]';
  await check(
    handler(`card_file = ${key}\nprint(f"arrived: {card_file}")\nlogger.info("file %s", card_file)`),
  );
  await check(
    handler(`card_file = «${key}»\nprint(card_file)\nqueue.send_message(MessageBody=card_file)`),
    'warning',
  );
  await check(handler(`card_file = «${key}»\nprint(card_file)\nreturn card_file`), 'warning');
});

test('the import goes behind the others, and one that is there is used', async () => {
  const body = handler('key = event["Records"][0]["s3"]["object"]["key"]');
  assert.ok(
    (await check.fixed(`"""Loads cards."""\nimport boto3\n\n${body}`)).startsWith(
      '"""Loads cards."""\nimport boto3\nfrom urllib.parse import unquote_plus\n\ndef',
    ),
  );
  assert.match(await check.fixed(`import urllib.parse as up\n${body}`), /key = up\.unquote_plus\(event/);
  assert.match(await check.fixed(body), /^from urllib\.parse import unquote_plus\n\ndef handler/);
});
