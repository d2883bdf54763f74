import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJson } from '../../../src/documents/data/json';
import { readYaml } from '../../../src/documents/data/yaml';
import { readLifecycle } from '../../../src/documents/lifecycle/document';
import { mayMove, storageClasses } from '../../../src/documents/lifecycle/storageClasses';

test('a filter is read in each of its forms', () => {
  const { rules } = readLifecycle(
    readJson(`{ "Rules": [
      { "Filter": {} },
      { "Filter": { "Prefix": "a/" } },
      { "Prefix": "b/" },
      { "Filter": { "Tag": { "Key": "k", "Value": "v" } } },
      { "Filter": { "ObjectSizeLessThan": 5 } },
      { "Filter": { "And": { "Prefix": "c/", "Tags": [{ "Key": "k", "Value": "v" }], "ObjectSizeGreaterThan": 9 } } },
      { "Filter": { "And": { "Prefix": "\${p}" } } },
      { "Filter": { "prefix": "d/" } }
    ] }`),
  );
  assert.deepEqual(
    rules.map(({ filter: { prefix, tags, greaterThan, lessThan, known } }) => [
      prefix,
      tags.length,
      greaterThan,
      lessThan,
      known,
    ]),
    [
      ['', 0, undefined, undefined, true],
      ['a/', 0, undefined, undefined, true],
      ['b/', 0, undefined, undefined, true],
      ['', 1, undefined, undefined, true],
      ['', 0, undefined, 5, true],
      ['c/', 1, 9, undefined, true],
      ['${p}', 0, undefined, undefined, false],
      ['', 0, undefined, undefined, false],
    ],
  );
});

test('the input of the command, YAML and the withdrawn single actions are read alike', () => {
  const wrapped = readLifecycle(
    readYaml(`Bucket: bank-lake
TransitionDefaultMinimumObjectSize: varies_by_storage_class
LifecycleConfiguration:
  Rules:
    - ID: claims
      Status: Enabled
      Prefix: claims/
      Transition: { Days: 30, StorageClass: GLACIER_IR }
      NoncurrentVersionTransition: { NoncurrentDays: 3, StorageClass: GLACIER }
      NoncurrentVersionExpiration: { NoncurrentDays: 99 }
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }
`),
  );
  assert.equal(wrapped.bucket, 'bank-lake');
  assert.equal(wrapped.defaultMinimum, 'varies_by_storage_class');
  const [rule] = wrapped.rules;
  assert.deepEqual(
    [
      rule?.name,
      rule?.enabled,
      rule?.transitions[0]?.storageClass,
      rule?.noncurrentTransitions[0]?.days,
      rule?.noncurrentExpiration?.days,
      rule?.abort?.days,
    ],
    ['claims', true, 'GLACIER_IR', 3, 99, 7],
  );
});

test('what has not the form of a configuration is left out, without a throw', () => {
  for (const text of [
    '',
    '[]',
    '{ "Rules": 5 }',
    '{ "Rules": [7, { "Transitions": "x", "Expiration": [] }] }',
  ])
    assert.ok(readLifecycle(readJson(text)).rules.every(({ transitions }) => transitions.length === 0));
  const cloudFormation = readLifecycle(readJson('{ "Rules": [{ "ExpirationInDays": 9 }] }'));
  assert.deepEqual([cloudFormation.profile, cloudFormation.rules], ['cloudformation', []]);
});

test('each class is cheaper to store in than those before it, and none is left upwards', () => {
  const prices = Object.values(storageClasses).map(({ usdPerGbMonth }) => usdPerGbMonth);
  assert.deepEqual(
    prices,
    prices.toSorted((a, b) => b - a),
  );
  assert.ok(!mayMove('ONEZONE_IA', 'GLACIER_IR') && !mayMove('GLACIER_IR', 'STANDARD_IA'));
  assert.ok(mayMove('STANDARD_IA', 'INTELLIGENT_TIERING') && !mayMove('INTELLIGENT_TIERING', 'STANDARD_IA'));
});
