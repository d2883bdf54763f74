import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  consoleLink,
  copyForms,
  copyStatement,
  locationClause,
  s3Arn,
  sparkRead,
} from '../../src/zones/copyForms';
import { restoreState } from '../../src/zones/objectDetails';

test('an object is written in six ways', () => {
  const place = { bucket: 'lake', key: "raw/it's 100%/a.csv.gz" };
  assert.deepEqual(
    copyForms(place, 'eu-west-1').map(({ id, text }) => [id, text]),
    [
      ['uri', "s3://lake/raw/it's 100%/a.csv.gz"],
      ['arn', "arn:aws:s3:::lake/raw/it's 100%/a.csv.gz"],
      [
        'console',
        'https://eu-west-1.console.aws.amazon.com/s3/object/lake?region=eu-west-1&prefix=raw%2Fit%27s%20100%25%2Fa.csv.gz',
      ],
      ['location', "LOCATION 's3://lake/raw/it''s 100%/'"],
      [
        'copy',
        "COPY table_name FROM 's3://lake/raw/it''s 100%/a.csv.gz' IAM_ROLE default FORMAT AS CSV GZIP;",
      ],
      ['spark', 'spark.read.option("header", True).csv("s3://lake/raw/it\'s 100%/a.csv.gz")'],
    ],
  );
});

test('a folder and a bucket are listed, other partitions of AWS have names of their own', () => {
  assert.equal(
    consoleLink({ bucket: 'lake', key: 'raw/' }, 'cn-north-1'),
    'https://console.amazonaws.cn/s3/buckets/lake?region=cn-north-1&prefix=raw%2F',
  );
  assert.equal(s3Arn({ bucket: 'lake', key: '' }, 'us-gov-west-1'), 'arn:aws-us-gov:s3:::lake');
  assert.equal(locationClause({ bucket: 'lake', key: '' }), "LOCATION 's3://lake/'");
});

test('readers fit the format, and columnar ones take no compression', () => {
  const at = (key: string) => ({ bucket: 'b', key });
  assert.match(copyStatement(at('x.gz.parquet')), /FORMAT AS PARQUET;$/);
  assert.match(copyStatement(at('folder/')), /IAM_ROLE default;$/);
  assert.equal(sparkRead(at('x.avro')), 'spark.read.format("avro").load("s3://b/x.avro")');
  assert.equal(sparkRead(at('folder/')), 'spark.read.parquet("s3://b/folder/")');
});

test('a restore is under way, done until a day, or none', () => {
  assert.equal(restoreState(undefined), undefined);
  assert.deepEqual(restoreState('ongoing-request="true"'), { kind: 'running' });
  assert.deepEqual(restoreState('ongoing-request="false", expiry-date="Fri, 21 Dec 2012 00:00:00 GMT"'), {
    kind: 'restored',
    until: new Date(Date.UTC(2012, 11, 21)),
  });
});
