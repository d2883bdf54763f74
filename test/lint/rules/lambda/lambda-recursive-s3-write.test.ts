import { test } from 'node:test';
import { lambdaRecursiveS3Write } from '../../../../src/lint/rules/lambda/lambda-recursive-s3-write';
import { documentChecker } from '../../../support/documentChecker';

const check = documentChecker(lambdaRecursiveS3Write, 'lambda');

const handler = (body: string): string =>
  `import boto3\ns3 = boto3.client("s3")\ndef handler(event, context):\n    record = event["Records"][0]\n    bucket = record["s3"]["bucket"]["name"]\n${body.replace(/^/gm, '    ')}\n`;

test('a write into the bucket of the event is reported at the bucket', async () => {
  await check(handler('s3.put_object(Bucket=«bucket», Key="a", Body=b"")'), 'warning');
  await check(handler('s3.upload_file("/tmp/a", «bucket», "a")'), 'warning');
  await check(handler('s3.copy(source, «record["s3"]["bucket"]["name"]», "a")'), 'warning');
});

test('a replaced key that may stay as it was is named', async () => {
  await check(
    handler('s3.copy_object(Bucket=«bucket», Key=key.replace("raw/", "done/"), CopySource=source)'),
    'warning: replace',
  );
});

test('a replaced key is named through a name as well', async () => {
  await check(
    handler(
      'done = key.replace("inbox/", "booked/")\ns3.copy_object(Bucket=«bucket», Key=done, CopySource=source)',
    ),
    'warning: replace',
  );
});

test('a function that looks at the key first is only pointed out', async () => {
  await check(
    handler(
      'if key.startswith("done/"):\n    return\ns3.put_object(Bucket=«bucket», Key="done/a", Body=b"")',
    ),
    'information',
  );
});

test('another bucket, reading, and other services are silent', async () => {
  await check(handler('s3.put_object(Bucket=os.environ["DONE"], Key="a", Body=b"")'));
  await check(handler('s3.get_object(Bucket=bucket, Key="a")'));
  await check(handler('other = boto3.client("dynamodb")\nother.put_object(Bucket=bucket)'));
  await check(handler('bucket = bucket + "-done"\ns3.put_object(Bucket=bucket, Key="a", Body=b"")'));
});
