import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJson } from '../../src/documents/data/json';
import { readLifecycle } from '../../src/documents/lifecycle/document';
import { listForRules, prefixesOf } from '../../src/storage/listForRules';
import { lifecycleFigures } from '../../src/storage/ruleFigures';
import { ruleLenses } from '../../src/storage/ruleLenses';
import { storagePrices } from '../../src/storage/storagePrices';
import { readUnseen } from '../../src/storage/unseen';
import { connection } from '../support/fakes';
import { keyStore } from '../zones/keyStore';
import { memoryStorage } from './memoryStorage';

const never = new AbortController().signal;
const now = new Date('2026-11-25T12:00:00Z');
const bucket = 'lake';

const rules = [
  { ID: 'temp', Status: 'Enabled', Filter: { Prefix: 'temp/' }, Expiration: { Days: 7 } },
  { ID: 'raw', Status: 'Enabled', Filter: { Prefix: 'raw/2024/' }, Expiration: { Days: 7 } },
  {
    ID: 'abort',
    Status: 'Enabled',
    Filter: { Prefix: '' },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  },
];
const text = JSON.stringify({ Rules: rules }, undefined, 2);

async function known(of: string, only?: readonly string[]) {
  const document = readLifecycle(readJson(of));
  const { store } = keyStore([{ key: 'temp/a', bytes: 10, modifiedAt: new Date('2026-11-01T00:00:00Z') }]);
  const listing = await listForRules(
    { store, connection, now },
    { bucket, document, prefixes: prefixesOf(document, only) },
    never,
  );
  const unseen = await readUnseen(memoryStorage(), { connection, bucket, document, now }, never);
  const prices = storagePrices('us-east-1');
  return (current: string) => {
    const read = readLifecycle(readJson(current));
    const figures = lifecycleFigures(read, listing, { prices, today: now, versioned: false });
    return { figures, listing, unseen, prices };
  };
}

test('each rule has its line at its brace; nothing is said of what was not listed', async () => {
  const lenses = ruleLenses(text, {});
  assert.deepEqual(
    lenses.map(({ rule, kind }) => `${rule} ${kind}`),
    ['temp unlisted', 'raw unlisted'],
  );
  for (const { offset } of lenses) assert.equal(text[offset], '{');
  const figures = (await known(text, ['temp']))(text);
  assert.deepEqual(
    ruleLenses(text, { figures }).map(({ rule, title }) => `${rule}: ${title}`),
    [
      'temp: Now deletes 1 object, 10 B: <$0.001 → $0 a month',
      'raw: ',
      'abort: Aborts 0 incomplete uploads now',
    ],
  );
});

test('days may be changed without a new listing, filters may not', async () => {
  const figures = await known(text);
  const later = text.replace('"Days": 7', '"Days": 70');
  assert.equal(
    ruleLenses(later, { figures: figures(later) })[0]?.title,
    'Nothing now; in time 10 B: <$0.001 → $0 a month',
  );
  const elsewhere = text.replace('"temp/"', '"temp/a"');
  assert.equal(ruleLenses(elsewhere, { figures: figures(elsewhere) })[0]?.kind, 'unlisted');
});

test('a rule that holds a prefix, or lies within it, says that it touches it', () => {
  const touching = (prefix: string): readonly string[] =>
    ruleLenses(text, { prefix })
      .filter(({ kind }) => kind === 'still')
      .map(({ rule }) => rule);
  assert.deepEqual(touching('raw/'), ['raw', 'abort']);
  assert.deepEqual(touching('raw/2024/12/'), ['raw', 'abort']);
  assert.deepEqual(touching('processed/'), ['abort']);
});

test('a text that is being typed has lines for what can be read of it', () => {
  assert.deepEqual(ruleLenses('', {}), []);
  const half = text.slice(0, text.indexOf('"raw"'));
  assert.deepEqual(
    ruleLenses(half, {}).map(({ rule }) => rule),
    ['temp'],
  );
});
