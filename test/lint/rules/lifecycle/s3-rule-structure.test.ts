import assert from 'node:assert/strict';
import { test } from 'node:test';
import { s3RuleStructure } from '../../../../src/lint/rules/lifecycle/s3-rule-structure';
import { documentChecker } from '../../../support/documentChecker';
import { configuration, rule } from './lifecycleText';

const check = documentChecker(s3RuleStructure, 's3-lifecycle');

test('each thing that S3 does not take is an error at its place', async () => {
  await check(
    configuration(
      rule('«"expiration"»: { "Days": 9 }'),
      rule('"Expiration": { "Days": 9, «"Date"»: "2027-01-01T00:00:00Z" }'),
      rule('"Expiration": { "Days": «0» }'),
      rule('"Expiration": { "Date": «"2027-01-01T06:00:00Z"» }'),
      rule('"Expiration": { "Date": «"next year"» }'),
      rule('"Expiration": { "Days": 9, «"ExpiredObjectDeleteMarker"»: true }'),
      rule('"Transitions": [{ "Days": «-1», "StorageClass": "GLACIER" }]'),
      rule('"Transitions": [{ "Days": 30, "StorageClass": «"GLACIER_FLEXIBLE"» }]'),
      rule('"Transitions": [«{» "Days": 30 }]'),
      rule('"Transitions": [«{» "StorageClass": "GLACIER" }]'),
      rule('"NoncurrentVersionExpiration": { «"Days"»: 30 }'),
      rule('"AbortIncompleteMultipartUpload": «{»}'),
      rule(
        '"Transitions": [{ "Days": 30, "StorageClass": "GLACIER" }], "Expiration": { «"Date"»: "2027-01-01T00:00:00Z" }',
      ),
      rule('«"Prefix"»: "x/", "Expiration": { "Days": 3 }'),
    ),
    'error: it is Expiration',
    'error: exclude each other',
    'error: more than 0',
    'error: midnight UTC',
    'error: ISO 8601',
    'error: stands alone',
    'error: 0 or more',
    'error: no storage class',
    'error: names no StorageClass',
    'error: Neither Days nor Date',
    'error: it is NoncurrentDays',
    'error: DaysAfterInitiation is missing',
    'error: not by both',
    'error: not both',
  );
});

test('a rule without Filter and Prefix is rejected; an empty Filter is enough, a misspelt one has its own finding', async () => {
  const bare = '{ "ID": "r#", "Status": "Enabled", "Expiration": { "Days": 90 } }';
  await check(configuration(`«{»${bare.slice(1)}`), 'error: S3 rejects it without');
  const fixed = await check.fixed(configuration(bare));
  assert.match(fixed, /"Status": "Enabled",\s*"Filter": \{\s*\}/);
  assert.deepEqual(await check.find(fixed), []);
  await check(configuration(bare.replace('"Expiration"', '«"filter"»: {}, "Expiration"')), 'error: Filter');
});

test('a filter has one condition, or several in And, and none that it cannot have', async () => {
  const abort = '«"AbortIncompleteMultipartUpload"»: { "DaysAfterInitiation": 7 }';
  const tag = '{ "Tag": { "Key": "kind", "Value": "draft" } }';
  await check(
    configuration(
      rule('"Expiration": { "Days": 3 }').replace('"claims/"', '"claims/", «"ObjectSizeGreaterThan"»: 5'),
      rule(abort).replace('{ "Prefix": "claims/" }', tag),
      rule('"Expiration": { "Days": 3 }').replace('{ "Prefix": "claims/" }', '«"claims/"»'),
      rule('"Expiration": { "Days": 3 }').replace(
        '{ "Prefix": "claims/" }',
        '«{ "And": { "ObjectSizeGreaterThan": 500, "ObjectSizeLessThan": 400 } }»',
      ),
      rule('"Expiration": { "Days": 3 }').replace('"Prefix":', '«"prefix"»:'),
    ),
    'error: belong in And',
    'error: have no tags',
    'error: is an object',
    'error: No object',
    'error: it is Prefix',
  );
});

test('a rule has a Status, an action, and an ID of its own', async () => {
  await check(
    configuration(
      rule('"Expiration": { "Days": 3 }').replace('"Status": "Enabled", ', '').replace('"r#"', '«"a"»'),
      rule('"Expiration": { "Days": 3 }').replace('"Enabled"', '«"ENABLED"»'),
      '{ "ID": «"idle"», "Status": "Enabled", "Filter": {} }',
      rule('"Expiration": { "Days": 3 }').replace('"r#"', '«"a"»'),
      rule('"Expiration": { "Days": 3 }').replace('"r#"', `«"${'x'.repeat(256)}"»`),
    ),
    'error: no Status',
    'error: Enabled or Disabled',
    'error: does nothing',
    'error: Two rules have the ID a',
    'error: 256 characters',
  );
});

test('the 1,001st rule is reported once', async () => {
  const rules = Array.from({ length: 1002 }, () => rule('"Expiration": { "Days": 3 }'));
  const found = await check.find(configuration(...rules));
  assert.deepEqual(
    found.map(({ message }) => message),
    ['This is rule 1,001 of 1002; S3 takes 1,000.'],
  );
});

test('CloudFormation, values that are filled in and every documented form are left alone', async () => {
  await check(
    '{ "Rules": [{ "Id": "x", "Status": "Enabled", "ExpirationInDays": 9 }, { "Id": "x", "Status": "Enabled" }] }',
  );
  await check(
    configuration(
      rule('"Expiration": { "Days": "${days}" }').replace('"Enabled"', '"${status}"'),
      rule(
        '"Transitions": [{ "Days": 0, "StorageClass": "GLACIER_IR" }, { "Days": 90, "StorageClass": "{{ class }}" }]',
      ),
      rule('"Expiration": { "Date": "2027-01-01" }'),
      rule('"Expiration": { "Date": "2027-01-01T00:00:00.000Z" }'),
      rule('"Expiration": { "ExpiredObjectDeleteMarker": true }'),
      rule(
        '"NoncurrentVersionTransitions": [{ "NoncurrentDays": 30, "NewerNoncurrentVersions": 3, "StorageClass": "GLACIER" }]',
      ),
      rule('"AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 7 }').replace(
        '{ "Prefix": "claims/" }',
        '{}',
      ),
      '{ "Status": "Enabled", "Prefix": "old/", "Expiration": { "Days": 4 } }',
      rule('"Expiration": { "Days": 3 }').replace(
        '{ "Prefix": "claims/" }',
        '{ "And": { "Prefix": "a/", "Tags": [{ "Key": "a", "Value": "b" }], "ObjectSizeGreaterThan": 1 } }',
      ),
    ),
  );
});

test('the fixes write the names that S3 knows', async () => {
  const fixed = await check.fixed(
    '{ "Rules": [{ "Id": "a", "Status": "disabled", "Filter": {}, "Transition": { "Days": 40, "StorageClass": "Glacier Instant Retrieval" } }] }',
  );
  assert.equal(
    fixed,
    '{ "Rules": [{ "ID": "a", "Status": "Disabled", "Filter": {}, "Transitions": [{ "Days": 40, "StorageClass": "GLACIER_IR" }] }] }',
  );
  assert.deepEqual(await check.find(fixed), []);
});
