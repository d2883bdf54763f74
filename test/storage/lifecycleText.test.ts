import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { storageClasses } from '../../src/documents/lifecycle/storageClasses';
import type { BucketLifecycle, RuleValue } from '../../src/storage/bucketStorage';
import { isSameLifecycle, lifecycleChanges } from '../../src/storage/lifecycleChanges';
import { lifecycleText, readLifecycleText, startingLifecycle } from '../../src/storage/lifecycleText';
import { ruleSentence } from '../../src/storage/ruleSentence';

const rule: RuleValue = {
  Status: 'Enabled',
  ID: 'raw',
  Transitions: [{ StorageClass: 'STANDARD_IA', Days: 30 }],
  Filter: { Prefix: 'raw/' },
};
const lifecycle = (...rules: readonly RuleValue[]): BucketLifecycle => ({
  rules,
  minimumSize: 'varies_by_storage_class',
});
const problem = (text: string, bucket = 'lake'): string => {
  try {
    readLifecycleText(text, bucket);
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return error.message;
  }
  throw new Error('read without a word');
};

test('a lifecycle is written in the order of the documentation, names its bucket, and is read back as it was', () => {
  const text = lifecycleText('lake', lifecycle(rule));
  assert.equal(
    text,
    `{
  "Bucket": "lake",
  "TransitionDefaultMinimumObjectSize": "varies_by_storage_class",
  "LifecycleConfiguration": {
    "Rules": [
      {
        "ID": "raw",
        "Status": "Enabled",
        "Filter": {
          "Prefix": "raw/"
        },
        "Transitions": [
          {
            "Days": 30,
            "StorageClass": "STANDARD_IA"
          }
        ]
      }
    ]
  }
}
`,
  );
  assert.deepEqual(readLifecycleText(text, 'lake'), lifecycle(rule));
  assert.deepEqual(readLifecycleText(lifecycleText('lake', startingLifecycle), 'lake'), startingLifecycle);
});

test('bare rules are read too, and keep the default minimum size', () => {
  assert.deepEqual(readLifecycleText(JSON.stringify({ Rules: [rule] }), 'lake'), {
    rules: [rule],
    minimumSize: 'all_storage_classes_128K',
  });
});

test('what S3 would leave out without a word is refused by name and line', () => {
  const text = lifecycleText('lake', lifecycle(rule));
  assert.equal(
    problem(text.replace('"Transitions"', '"Transition"')),
    'Line 12 is no lifecycle that S3 takes: Transition is no part of LifecycleConfiguration.Rules[0].',
  );
  assert.match(problem(text.replace('"Days": 30', '"Days": "30"')), /Days must be a whole number\.$/);
  assert.match(problem(text.replace('"Enabled"', '"enabled"')), /Status must be Enabled or Disabled\.$/);
  assert.match(problem(text.replace('"ID": "raw",', '"ID": "raw", "ID": "b",')), /ID stands twice/);
  assert.match(problem('{"Rules": {}}'), /Rules must be a list\.$/);
  assert.match(problem('{"Rules": ['), /^Line 1 is no lifecycle that S3 takes: /);
  assert.match(problem(''), /^Line 1 is no lifecycle/);
  assert.match(
    problem('{"LifecycleConfiguration": {"Rules": []}, "Rules": []}'),
    /Rules is no part of a lifecycle/,
  );
});

test('a document of another bucket is not taken for this one', () => {
  assert.equal(
    problem(lifecycleText('other', lifecycle(rule))),
    'The document is for the bucket other and not for lake: correct "Bucket", or open the lifecycle of other.',
  );
});

test('the order of rules, the ways to write an empty filter and a date, and an ID that S3 makes do not count', () => {
  const { ID: _, ...unnamed } = rule;
  const dated = (date: string): RuleValue => ({ Status: 'Enabled', Filter: {}, Expiration: { Date: date } });
  assert.ok(
    isSameLifecycle(
      lifecycle(rule, dated('2026-01-01')),
      lifecycle({ ...dated('2026-01-01T00:00:00Z'), Filter: { Prefix: '' } }, unnamed),
    ),
  );
  assert.ok(isSameLifecycle(undefined, { rules: [], minimumSize: 'varies_by_storage_class' }));
  assert.ok(!isSameLifecycle(lifecycle(rule), lifecycle({ ...rule, ID: 'other' })));
  assert.ok(
    !isSameLifecycle(lifecycle(rule), { ...lifecycle(rule), minimumSize: 'all_storage_classes_128K' }),
  );
  assert.ok(!isSameLifecycle(lifecycle(rule, rule), lifecycle(rule)));
});

test('changes are told rule by rule, with what each did and will do', () => {
  const temp: RuleValue = {
    ID: 'temp',
    Status: 'Enabled',
    Filter: { Prefix: 'temp/' },
    Expiration: { Days: 7 },
  };
  const changes = lifecycleChanges(
    lifecycle(rule, temp),
    lifecycle({ ...temp, Expiration: { Days: 3 } }, { ...temp, ID: 'new', Status: 'Disabled' }),
  );
  assert.deepEqual(changes, [
    {
      kind: 'changed',
      name: 'temp',
      before: 'below temp/: deleted after 7 days',
      after: 'below temp/: deleted after 3 days',
    },
    { kind: 'added', name: 'new', after: 'disabled; below temp/: deleted after 7 days' },
    { kind: 'removed', name: 'raw', before: 'below raw/: to Standard-IA after 30 days' },
  ]);
  assert.deepEqual(lifecycleChanges(lifecycle(rule), lifecycle(rule)), []);
});

test('a rule is said in words, whatever it does', () => {
  assert.equal(
    ruleSentence({
      ID: 'all',
      Status: 'Enabled',
      Filter: {
        And: { Prefix: 'a/', Tags: [{ Key: 'team', Value: 'risk' }], ObjectSizeGreaterThan: 131072 },
      },
      Transitions: [
        { Days: 0, StorageClass: 'INTELLIGENT_TIERING' },
        { Date: '2026-02-01T00:00:00Z', StorageClass: 'DEEP_ARCHIVE' },
      ],
      Expiration: { ExpiredObjectDeleteMarker: true },
      NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 3 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    }),
    'below a/, over 128 KB, tagged team=risk: to Intelligent-Tiering at once, to Glacier Deep Archive on 2026-02-01, lone delete markers removed, noncurrent versions deleted after 1 day, all but the newest 3, incomplete uploads aborted after 7 days',
  );
});

interface Schema {
  readonly definitions: {
    readonly rule: { readonly properties: Readonly<Record<string, object>> };
    readonly storageClass: { readonly enum: readonly string[]; readonly enumDescriptions: readonly string[] };
  };
}

test('the schema that completes lifecycles in the editor knows the keys and classes that are read, and no other', () => {
  const { definitions } = JSON.parse(readFileSync('media/lifecycle.schema.json', 'utf8')) as Schema;
  const { enum: classes, enumDescriptions } = definitions.storageClass;
  assert.deepEqual(
    classes.toSorted(),
    Object.keys(storageClasses)
      .filter((name) => name !== 'STANDARD')
      .toSorted(),
  );
  assert.equal(classes.length, enumDescriptions.length);
  for (const key of Object.keys(definitions.rule.properties)) {
    assert.doesNotMatch(problem(`{"Rules": [{"${key}": 7}]}`), /is no part of/, key);
  }
  const [rules = ''] =
    /keys: \{[\s\S]*?\n {2}\},/.exec(readFileSync('src/storage/lifecycleText.ts', 'utf8')) ?? [];
  const read = [...rules.matchAll(/^ {4}(\w+):/gm)].map(([, key]) => key ?? '');
  assert.deepEqual(Object.keys(definitions.rule.properties).toSorted(), read.toSorted());
});
