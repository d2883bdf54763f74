import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RepairPlan } from '../../src/partitions/plan';
import { planLetter } from '../../src/partitions/planLetter';

const nothing: RepairPlan = {
  table: { database: 'bank', name: 'payments' },
  keys: [{ name: 'day', type: 'date' }],
  location: 's3://lake/payments/',
  create: [],
  remove: [],
  update: [],
  report: [],
  partitions: { catalog: 731, store: 731 },
  calls: { s3List: 28, s3Probe: 0, glueRead: 2, glueWrite: 0 },
};

test('a plan with nothing to do says so and nothing else', () => {
  assert.equal(
    planLetter(nothing),
    '# Repair bank.payments\n\nS3 has 731 partitions below s3://lake/payments/; the catalog has 731.\nThey agree: there is nothing to do.\n',
  );
});

test('a plan reads like a letter: what is added, removed only if chosen, moved, left alone, and what it takes', () => {
  const at = (day: string) => ({ values: [day], location: `s3://lake/payments/day=${day}/` });
  const letter = planLetter({
    ...nothing,
    create: [at('2024-12-29')],
    remove: [at('2023-01-01')],
    update: [
      {
        values: ['2024-05-05'],
        from: 's3://lake/old/',
        to: 's3://lake/payments/day=2024-05-05/',
        oldPlaceHasFiles: true,
      },
    ],
    report: [
      {
        kind: 'malformed',
        values: [],
        location: 's3://lake/payments/x/',
        message: 'x is not a day=… directory',
      },
    ],
  });
  assert.equal(
    letter,
    `# Repair bank.payments

S3 has 731 partitions below s3://lake/payments/; the catalog has 731.

## Add 1

S3 has them, the catalog lacks them: queries do not see their rows.

- day=2024-12-29   s3://lake/payments/day=2024-12-29/

## Remove 1 (only if you say so)

The catalog has them, and nothing is stored at their place. Removing deletes no file.

- day=2023-01-01   s3://lake/payments/day=2023-01-01/

## Move 1 (only if you say so)

Their files lie where the layout says, and the catalog points elsewhere.

- day=2024-05-05   from s3://lake/old/ (which has files too) to s3://lake/payments/day=2024-05-05/

## Left alone: 1

These look wrong; nothing is done about them here.

- s3://lake/payments/x/: x is not a day=… directory

## What it takes

This plan took 28 S3 requests and 2 Glue requests. Adding takes 1 more (about 1 s), everything 3 (about 1 s).

Permissions: glue:GetTable, glue:GetPartitions, s3:ListBucket, glue:BatchCreatePartition, glue:BatchGetPartition, glue:BatchDeletePartition, glue:BatchUpdatePartition

## The same as SQL

\`\`\`sql
ALTER TABLE bank.payments PARTITION (day = '2024-05-05') SET LOCATION 's3://lake/payments/day=2024-05-05/';

ALTER TABLE bank.payments ADD IF NOT EXISTS
  PARTITION (day = '2024-12-29') LOCATION 's3://lake/payments/day=2024-12-29/';

ALTER TABLE bank.payments DROP IF EXISTS
  PARTITION (day = '2023-01-01');
\`\`\`
`,
  );
});

test('a long list shows fifty and counts the rest', () => {
  const create = Array.from({ length: 20_000 }, (_, n) => ({
    values: [String(n)],
    location: `s3://lake/payments/day=${n}/`,
  }));
  const letter = planLetter({ ...nothing, create });
  assert.match(letter, /- … and 19,950 more\n/);
  assert.ok(letter.split('\n').length < 150);
});

test('partitions that point elsewhere on purpose are counted, so that the two sums make sense', () => {
  const letter = planLetter({ ...nothing, partitions: { catalog: 732, store: 731, elsewhere: 1 } });
  assert.match(
    letter,
    /^S3 has 731 partitions below s3:\/\/lake\/payments\/; the catalog has 732, 1 of them elsewhere with files of its own, left alone\.\nThey agree/m,
  );
});

test('a repair that was cut off is said with its journal', () => {
  assert.match(
    planLetter(nothing, { cutOff: '/state/bank.payments-1.jsonl' }),
    /\n\nThe last repair of this table was cut off\. Applying goes on where it stopped.*:\n\n {4}\/state\/bank\.payments-1\.jsonl\n$/,
  );
});
