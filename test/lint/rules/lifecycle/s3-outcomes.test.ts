import assert from 'node:assert/strict';
import { test } from 'node:test';
import { s3GlacierUnderTable } from '../../../../src/lint/rules/lifecycle/s3-glacier-under-table';
import { s3MissingAbortMultipart } from '../../../../src/lint/rules/lifecycle/s3-missing-abort-multipart';
import { s3OverlappingRules } from '../../../../src/lint/rules/lifecycle/s3-overlapping-rules';
import { s3SmallObjects } from '../../../../src/lint/rules/lifecycle/s3-small-objects';
import { s3UnknownPatternTier } from '../../../../src/lint/rules/lifecycle/s3-unknown-pattern-tier';
import { s3VersionedWithoutNoncurrent } from '../../../../src/lint/rules/lifecycle/s3-versioned-without-noncurrent';
import { s3WholeBucketExpiration } from '../../../../src/lint/rules/lifecycle/s3-whole-bucket-expiration';
import { documentChecker } from '../../../support/documentChecker';
import { configuration, rule } from './lifecycleText';

test('unfinished uploads need a rule that is enabled, and the fix keeps IDs apart', async () => {
  const check = documentChecker(s3MissingAbortMultipart, 's3-lifecycle');
  const abort = rule('"AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 7 }', '');
  await check(configuration(rule('"Expiration": { "Days": 9 }'), abort));
  await check(
    `{ "Rules": «[»${abort.replace('Enabled', 'Disabled').replace('r#', 'unfinished-uploads')}] }`,
    'information',
  );
  const fixed = await check.fixed(
    `{ "Rules": [${abort.replace('Enabled', 'Disabled').replace('r#', 'unfinished-uploads')}] }`,
  );
  assert.match(fixed, /"ID": "unfinished-uploads-2"/);
  assert.equal(await check.fixed(fixed), fixed);
});

test('an expiration without one of noncurrent versions is a hint, and a warning where the bucket is known to keep versions', async () => {
  const check = documentChecker(s3VersionedWithoutNoncurrent, 's3-lifecycle');
  await check(configuration(rule('«"Expiration"»: { "Days": 9 }')), 'hint: If the bucket keeps versions');
  await check(
    configuration(
      rule('«"Expiration"»: { "Date": "2027-01-01T00:00:00Z" }'),
      rule('"NoncurrentVersionTransitions": [{ "NoncurrentDays": 9, "StorageClass": "GLACIER" }]'),
    ),
    'warning: The bucket keeps versions',
  );
  await check(
    configuration(
      rule('"Expiration": { "Days": 9 }'),
      rule('"NoncurrentVersionExpiration": { "NoncurrentDays": 9 }', ''),
    ),
  );
  await check(configuration(rule('"Expiration": { "ExpiredObjectDeleteMarker": true }')));
  await check(configuration(rule('"Expiration": { "Days": 9 }').replace('Enabled', 'Disabled')));
});

test('small objects are spoken of where the prefix sounds like them and no size is said', async () => {
  const check = documentChecker(s3SmallObjects, 's3-lifecycle');
  const archive = '"Transitions": [{ "Days": 60, "StorageClass": «"GLACIER"» }]';
  await check(configuration(rule(archive, 'terminals/logs/')), 'information: do not move');
  const varies = configuration(rule(archive, 'raw/')).replace(
    /\}$/,
    ', "TransitionDefaultMinimumObjectSize": "varies_by_storage_class" }',
  );
  await check(varies, 'information: bills 40 KB');
  const quiet = archive.replace(/[«»]/g, '');
  await check(
    configuration(
      rule(quiet, 'curated/'),
      rule(quiet, 'catalogs/'),
      rule(quiet.replace('GLACIER', 'INTELLIGENT_TIERING'), 'raw/'),
      rule(quiet, 'raw/').replace(
        '{ "Prefix": "raw/" }',
        '{ "And": { "Prefix": "raw/", "ObjectSizeGreaterThan": 1000 } }',
      ),
    ),
  );
});

test('the size is put beside the prefix, and nowhere where it would also hold for a deletion', async () => {
  const check = documentChecker(s3SmallObjects, 's3-lifecycle');
  const archive = '"Transitions": [{ "Days": 60, "StorageClass": "GLACIER" }]';
  const fixed = await check.fixed(configuration(rule(archive, 'raw/')));
  assert.match(fixed, /"Filter": \{ "And": \{ "Prefix": "raw\/", "ObjectSizeGreaterThan": 131072 \} \}/);
  const deleting = configuration(rule(`${archive}, "Expiration": { "Days": 900 }`, 'raw/'));
  assert.equal(await check.fixed(deleting), deleting);
});

test('an expiration of the whole bucket is an error; with a prefix, tag or size, or of delete markers, it is not one', async () => {
  const check = documentChecker(s3WholeBucketExpiration, 's3-lifecycle');
  const all = rule('«"Expiration"»: { "Days": 30 }', '');
  await check(configuration(all), 'error: older than 30 days');
  await check(configuration(all.replace('{ "Prefix": "" }', '{}')), 'error');
  await check(configuration(all.replace('"Filter": { "Prefix": "" }', '"Prefix": ""')), 'error');
  await check(
    configuration(all.replace('{ "Days": 30 }', '{ "Date": "2027-01-01T00:00:00Z" }')),
    'error: on 2027',
  );
  const quiet = all.replace(/[«»]/g, '');
  await check(
    configuration(
      quiet.replace('""', '"tmp/"'),
      quiet.replace('""', '"${prefix}"'),
      quiet.replace('{ "Prefix": "" }', '{ "Tag": { "Key": "kind", "Value": "draft" } }'),
      quiet.replace('{ "Prefix": "" }', '{ "ObjectSizeLessThan": 100 }'),
      quiet.replace('Enabled', 'Disabled'),
      rule('"Expiration": { "ExpiredObjectDeleteMarker": true }', ''),
      rule('"AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 3 }', ''),
    ),
  );
});

test('in a bucket for logs or query results it may be meant', async () => {
  const check = documentChecker(s3WholeBucketExpiration, 's3-lifecycle');
  const all = rule('«"Expiration"»: { "Days": 30 }', '');
  await check(configuration(all.replace('r#', 'athena-results')), 'information');
  await check(
    `{ "Bucket": "bank-lake-logs", "LifecycleConfiguration": ${configuration(all)} }`,
    'information',
  );
  await check(configuration(all.replace('r#', 'catalogue')), 'error');
});

test('of two rules for the same objects the loser is named, a warning where it is the narrower or an equal one', async () => {
  const check = documentChecker(s3OverlappingRules, 's3-lifecycle');
  await check(
    configuration(
      rule('"Expiration": { "Days": 365 }', 'cards/'),
      rule('"Expiration": { "Days": 3650 }', 'cards/disputed/').replace('"r#"', '«"kept"»'),
    ),
    'warning: Deleted on day 365 by r1, not on day 3650',
  );
  await check(
    configuration(
      rule('"Expiration": { "Days": 365 }', 'cards/').replace('"r#"', '«"broad"»'),
      rule('"Expiration": { "Days": 7 }', 'cards/tmp/'),
    ),
    'information: Deleted on day 7',
  );
  await check(
    configuration(
      rule('"Transitions": [{ "Days": 30, "StorageClass": "GLACIER" }]', 'cards/'),
      rule('"Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }]', 'cards/').replace(
        '"r#"',
        '«"late"»',
      ),
    ),
    'warning: Moved to Glacier Flexible Retrieval on day 30',
  );
  await check(
    configuration(
      rule('"Expiration": { "Days": 60 }', 'cards/'),
      rule('"Transitions": [{ "Days": 90, "StorageClass": "GLACIER" }]', 'cards/').replace(
        '"r#"',
        '«"late"»',
      ),
    ),
    'warning: never moved',
  );
});

test('rules that follow each other, or are for other objects or versions, do not disagree', async () => {
  await documentChecker(
    s3OverlappingRules,
    's3-lifecycle',
  )(
    configuration(
      // Moved first, deleted later.
      rule('"Expiration": { "Days": 365 }', 'a/'),
      rule('"Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }]', 'a/b/'),
      rule('"Transitions": [{ "Days": 90, "StorageClass": "GLACIER" }]', 'a/b/'),
      rule('"AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 3 }', ''),
      rule('"NoncurrentVersionExpiration": { "NoncurrentDays": 3 }', 'a/'),
      // Sizes and tags that no object shares.
      rule('"Expiration": { "Days": 5 }')
        .replace('{ "Prefix": "claims/" }', '{ "ObjectSizeLessThan": 100 }')
        .replace('Enabled', 'Disabled'),
      rule('"Expiration": { "Days": 7 }', 't/').replace(
        '{ "Prefix": "t/" }',
        '{ "And": { "Prefix": "t/", "Tags": [{ "Key": "k", "Value": "1" }] } }',
      ),
      rule('"Expiration": { "Days": 9 }', 't/').replace(
        '{ "Prefix": "t/" }',
        '{ "And": { "Prefix": "t/", "Tags": [{ "Key": "k", "Value": "2" }] } }',
      ),
      rule('"Expiration": { "Days": 7 }', 's/').replace(
        '{ "Prefix": "s/" }',
        '{ "And": { "Prefix": "s/", "ObjectSizeGreaterThan": 1000 } }',
      ),
      rule('"Expiration": { "Days": 9 }', 's/').replace(
        '{ "Prefix": "s/" }',
        '{ "And": { "Prefix": "s/", "ObjectSizeLessThan": 1001 } }',
      ),
    ),
  );
});

const tables =
  "CREATE EXTERNAL TABLE ledger (id string) STORED AS PARQUET LOCATION 's3://bank-lake/curated/ledger/'; CREATE EXTERNAL TABLE cards (id string) STORED AS PARQUET LOCATION 's3://bank-lake/curated/cards'";

test('an archive class over or under a table is a warning, of the bucket of the file where it names one', async () => {
  const check = documentChecker(s3GlacierUnderTable, 's3-lifecycle', tables);
  const archive = '"Transitions": [{ "Days": 400, "StorageClass": «"DEEP_ARCHIVE"» }]';
  await check(
    configuration(rule(archive, 'curated/'), rule(archive, 'curated/ledger/day=2019')),
    'warning: rows of ledger and 1 more tables go missing from day 400',
    'warning: rows of ledger go missing',
  );
  const quiet = archive.replace(/[«»]/g, '');
  await check(
    configuration(
      rule(quiet, 'curated/led/'),
      rule(quiet, 'raw/'),
      rule(quiet, 'curated/ledger/').replace('Enabled', 'Disabled'),
      rule(quiet.replace('DEEP_ARCHIVE', 'GLACIER_IR'), 'curated/'),
      rule(
        quiet
          .replace('"Transitions"', '"NoncurrentVersionTransitions"')
          .replace('"Days"', '"NoncurrentDays"'),
        'curated/',
      ),
    ),
  );
  await check(`{ "Bucket": "other", "LifecycleConfiguration": ${configuration(rule(quiet, 'curated/'))} }`);
  await check(
    `{ "Bucket": "bank-lake", "LifecycleConfiguration": ${configuration(rule(archive, ''))} }`,
    'warning: ledger and 1 more',
  );
  // Whose bucket this is nobody knows.
  await check(configuration(rule(quiet, '')));
});

test('Standard-IA for a table is a hint where the folder is one for queries, and the fix keeps the order', async () => {
  const check = documentChecker(s3UnknownPatternTier, 's3-lifecycle', tables);
  const moves = (next: string): string =>
    `"Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }${next}]`;
  await check(
    configuration(rule(moves('').replace('"STANDARD_IA"', '«"STANDARD_IA"»'), 'curated/cards/')),
    'hint: cards lies here',
  );
  await check(configuration(rule(moves(''), 'curated/unknown/'), rule(moves(''), 'raw/')));
  const archived = configuration(
    rule(moves(', { "Days": 90, "StorageClass": "GLACIER_IR" }'), 'curated/cards/'),
  );
  assert.match(await check.fixed(archived), /INTELLIGENT_TIERING.*GLACIER_IR/);
});
