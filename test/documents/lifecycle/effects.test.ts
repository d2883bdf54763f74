import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJson } from '../../../src/documents/data/json';
import { readLifecycle } from '../../../src/documents/lifecycle/document';
import { effectsOn, type AgedObject, type EffectSettings } from '../../../src/documents/lifecycle/effects';

const mebibyte = 1_048_576;

function effects(
  rules: readonly string[],
  object: Partial<AgedObject> = {},
  settings: EffectSettings & { readonly minimum?: string } = {},
): readonly string[] {
  const minimum =
    settings.minimum === undefined ? '' : `, "TransitionDefaultMinimumObjectSize": "${settings.minimum}"`;
  const text = `{ "Rules": [${rules.join(',')}]${minimum} }`;
  const full = {
    key: 'cards/2026/a.parquet',
    bytes: mebibyte,
    ageDays: 0,
    storageClass: 'STANDARD' as const,
    ...object,
  };
  const found = effectsOn(readLifecycle(readJson(text)), full, settings);
  return [
    ...found.transitions.map(({ day, to, rule: { name } }) => `${day} ${to} by ${name}`),
    ...(found.expiration === undefined
      ? []
      : [`${found.expiration.day} gone by ${found.expiration.rule.name}`]),
    ...found.tooSmallFor.map(({ name }) => `too small for ${name}`),
    ...(found.incomplete ? ['incomplete'] : []),
  ];
}

function rule(id: string, prefix: string, actions: string): string {
  return `{ "ID": "${id}", "Status": "Enabled", "Filter": { "Prefix": "${prefix}" }, ${actions} }`;
}

function move(days: number, storageClass: string): string {
  return `"Transitions": [{ "Days": ${days}, "StorageClass": "${storageClass}" }]`;
}

test('an object moves and expires by the rules that are for it, in the order of the days', () => {
  assert.deepEqual(
    effects([
      rule('keep', 'cards/', '"Expiration": { "Days": 365 }'),
      rule(
        'tier',
        '',
        '"Transitions": [{ "Days": 90, "StorageClass": "GLACIER" }, { "Days": 30, "StorageClass": "STANDARD_IA" }]',
      ),
      rule('other', 'ledger/', '"Expiration": { "Days": 3 }'),
      rule('off', 'cards/', '"Expiration": { "Days": 3 }').replace('Enabled', 'Disabled'),
    ]),
    ['30 STANDARD_IA by tier', '90 GLACIER by tier', '365 gone by keep'],
  );
});

test('what was due before happens now, and days are ages, not days from now', () => {
  const rules = [rule('tier', '', move(30, 'STANDARD_IA')), rule('end', '', '"Expiration": { "Days": 365 }')];
  assert.deepEqual(effects(rules, { ageDays: 100 }), ['100 STANDARD_IA by tier', '365 gone by end']);
  assert.deepEqual(effects(rules, { ageDays: 400 }), ['400 gone by end']);
});

test('of rules that overlap the earlier expiration holds, and of moves on one day the one to the archive', () => {
  assert.deepEqual(
    effects([
      rule('long', '', '"Expiration": { "Days": 365 }'),
      rule('short', 'cards/', '"Expiration": { "Days": 180 }'),
      rule('warm', '', move(60, 'STANDARD_IA')),
      rule('cold', 'cards/', move(60, 'GLACIER')),
    ]),
    ['60 GLACIER by cold', '180 gone by short'],
  );
  // Intelligent-Tiering goes before all but the archives.
  assert.deepEqual(
    effects([rule('ir', '', move(60, 'GLACIER_IR')), rule('it', '', move(60, 'INTELLIGENT_TIERING'))]),
    ['60 INTELLIGENT_TIERING by it'],
  );
});

test('a deletion goes before a move on its day; a delete marker comes behind it', () => {
  const rules = [rule('tier', '', move(60, 'GLACIER_IR')), rule('end', '', '"Expiration": { "Days": 60 }')];
  assert.deepEqual(effects(rules), ['60 gone by end']);
  assert.deepEqual(effects(rules, {}, { versioned: true }), ['60 GLACIER_IR by tier', '60 gone by end']);
});

test('nothing moves upwards', () => {
  const rules = [rule('tier', '', move(30, 'STANDARD_IA')), rule('deep', '', move(90, 'DEEP_ARCHIVE'))];
  assert.deepEqual(effects(rules, { storageClass: 'GLACIER' }), ['90 DEEP_ARCHIVE by deep']);
});

test('objects below 128 KB stay, unless the filter or the configuration says otherwise', () => {
  const archive = rule('archive', '', move(30, 'GLACIER'));
  const infrequent = rule('ia', '', move(30, 'STANDARD_IA'));
  const small = { bytes: 131_071 };
  assert.deepEqual(effects([archive], small), ['too small for archive']);
  assert.deepEqual(effects([archive], { bytes: 131_072 }), ['30 GLACIER by archive']);
  assert.deepEqual(effects([archive, infrequent], small, { minimum: 'varies_by_storage_class' }), [
    '30 GLACIER by archive',
    'too small for ia',
  ]);
  const own = archive.replace('{ "Prefix": "" }', '{ "ObjectSizeGreaterThan": 1000 }');
  assert.deepEqual(effects([own], small), ['30 GLACIER by archive']);
  assert.deepEqual(effects([own], { bytes: 1000 }), []);
});

test('tags and sizes of a filter must all hold', () => {
  const tagged = rule('end', '', '"Expiration": { "Days": 3 }').replace(
    '{ "Prefix": "" }',
    '{ "And": { "Prefix": "cards/", "Tags": [{ "Key": "kind", "Value": "draft" }], "ObjectSizeLessThan": 2000000 } }',
  );
  assert.deepEqual(effects([tagged], { tags: { kind: 'draft' } }), ['3 gone by end']);
  assert.deepEqual(effects([tagged], { tags: { kind: 'final' } }), []);
  assert.deepEqual(effects([tagged]), []);
  assert.deepEqual(effects([tagged], { tags: { kind: 'draft' }, bytes: 2_000_000 }), []);
});

test('a date counts from today, and without today the answer is not complete', () => {
  const rules = [rule('end', '', '"Expiration": { "Date": "2026-12-01T00:00:00Z" }')];
  assert.deepEqual(effects(rules, { ageDays: 10 }, { today: new Date('2026-11-25T09:00:00Z') }), [
    '16 gone by end',
  ]);
  assert.deepEqual(effects(rules, { ageDays: 10 }, { today: new Date('2027-01-01T00:00:00Z') }), [
    '10 gone by end',
  ]);
  assert.deepEqual(effects(rules), ['incomplete']);
});

test('a filter that a tool fills in makes the answer incomplete', () => {
  assert.deepEqual(effects([rule('end', '${prefix}', '"Expiration": { "Days": 3 }')]), ['incomplete']);
});
