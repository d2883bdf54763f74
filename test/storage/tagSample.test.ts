import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { readJson } from '../../src/documents/data/json';
import { readLifecycle } from '../../src/documents/lifecycle/document';
import { lookAtTags, mostTagged, tagSample, tagWords } from '../../src/storage/tagSample';
import { connection } from '../support/fakes';

const never = new AbortController().signal;
const rule =
  readLifecycle(
    readJson(
      JSON.stringify({
        Rules: [
          {
            ID: 'tagged',
            Status: 'Enabled',
            Filter: {
              And: { Prefix: 'raw/', Tags: [{ Key: 'keep', Value: 'no' }], ObjectSizeGreaterThan: 10 },
            },
            Expiration: { Days: 1 },
          },
        ],
      }),
    ),
  ).rules[0] ?? assert.fail();

function random(): () => number {
  let seed = 7;
  return () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
}

test('a sample holds objects that the prefix and the sizes meet, each as likely as any other', () => {
  const sample = tagSample(rule, random());
  sample.add([
    { key: 'raw/small', bytes: 10 },
    { key: 'other/a', bytes: 99 },
  ]);
  assert.equal(sample.candidates, 0);
  const objects = Array.from({ length: 10_000 }, (_, at) => ({ key: `raw/${at}`, bytes: 100 + at }));
  for (let at = 0; at < objects.length; at += 1000) sample.add(objects.slice(at, at + 1000));
  assert.equal(sample.candidates, 10_000);
  assert.equal(sample.chosen.length, mostTagged);
  const late = sample.chosen.filter(({ bytes }) => bytes >= 5100).length;
  assert.ok(late > 70 && late < 130, `${late} of 200 are from the second half`);
});

test('tags are read of the sample alone; what was deleted meanwhile is left out, and a denial ends it', async () => {
  const sample = tagSample(rule, random());
  sample.add(Array.from({ length: 40 }, (_, at) => ({ key: `raw/${at}`, bytes: 100 })));
  const asked: string[] = [];
  const facts = {
    tags: async (_: unknown, { key }: { key: string }): Promise<Readonly<Record<string, string>>> => {
      asked.push(key);
      if (key === 'raw/7') throw new Problem('It is gone.', 'missing');
      return Number(key.slice(4)) < 10 ? { keep: 'no' } : { keep: 'yes' };
    },
  };
  const request = { connection, bucket: 'lake', rule, sample };
  const look = await lookAtTags(facts, request, never);
  assert.deepEqual(look, { candidates: 40, looked: 39, carrying: 9 });
  assert.equal(asked.length, 40);
  assert.equal(
    tagWords(look),
    'Tags of 39 objects were read, drawn by lot: 9 of them carry what it asks for, so about 23 % of 40 objects.',
  );
  assert.equal(
    tagWords({ candidates: 3, looked: 3, carrying: 1 }),
    'Tags of all 3 objects were read: 1 object carries what it asks for.',
  );
  let calls = 0;
  const denied = await lookAtTags(
    {
      tags: async () => {
        calls += 1;
        throw new Problem('S3 denied s3:GetObjectTagging.', 'denied');
      },
    },
    request,
    never,
  );
  assert.ok(calls <= 16, String(calls));
  assert.equal(tagWords(denied), 'No tags could be read. S3 denied s3:GetObjectTagging.');
});
