import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finishButton, questionsBefore, repairButtons } from '../../src/partitions/choices';
import type { RepairPlan } from '../../src/partitions/plan';
import { memoryConnection } from '../support/memoryLake';

const at = (value: string) => ({ values: [value], location: `s3://lake/payments/day=${value}/` });
const many = (count: number) => Array.from({ length: count }, (_, index) => at(String(index)));

function planOf(counts: {
  readonly create?: number;
  readonly remove?: number;
  readonly update?: number;
  readonly catalog?: number;
}): RepairPlan {
  return {
    table: { database: 'bank', name: 'payments' },
    keys: [{ name: 'day', type: 'string' }],
    location: 's3://lake/payments/',
    create: many(counts.create ?? 0),
    remove: many(counts.remove ?? 0),
    update: many(counts.update ?? 0).map((one) => ({
      values: one.values,
      from: 's3://lake/old/',
      to: one.location,
      oldPlaceHasFiles: false,
    })),
    report: [],
    partitions: { catalog: counts.catalog ?? 731, store: 731 },
    calls: { s3List: 1, s3Probe: 0, glueRead: 1, glueWrite: 0 },
  };
}
const titles = (plan: RepairPlan) => repairButtons(plan).map(({ title }) => title);
const all = { create: true, remove: true, update: true };

test('a plan offers to add, and with an ellipsis everything that changes what is there', () => {
  assert.deepEqual(titles(planOf({ create: 3 })), ['Add 3']);
  assert.deepEqual(titles(planOf({ create: 3, remove: 2 })), ['Add 3', 'Add 3, remove 2…']);
  assert.deepEqual(titles(planOf({ create: 1200, update: 1 })), ['Add 1,200', 'Add 1,200, move 1…']);
  assert.deepEqual(titles(planOf({ remove: 2 })), ['Remove 2…']);
  assert.deepEqual(titles(planOf({ create: 3, remove: 2, update: 1 })), [
    'Add 3',
    'Add 3, remove 2…',
    'Add 3, move 1…',
    'Add 3, move 1, remove 2…',
  ]);
});

test('a plan with nothing to do offers nothing but the end of a repair that was cut off', () => {
  assert.deepEqual(titles(planOf({})), []);
  assert.equal(finishButton(planOf({}))?.title, 'Finish the Last Repair');
  assert.equal(finishButton(planOf({ create: 1 })), undefined);
});

test('adding asks nothing, and removing names the table and the counts', () => {
  const plan = planOf({ create: 3, remove: 2 });
  const [adding] = repairButtons(plan);
  assert.ok(adding);
  assert.deepEqual(questionsBefore(plan, adding.choice, memoryConnection), []);
  assert.deepEqual(questionsBefore(plan, all, memoryConnection), [
    {
      message: 'Add 3, remove 2 in bank.payments?',
      detail:
        'The catalog forgets 2 partitions that have no files. No file is deleted. What is done can be undone.',
      button: 'Add 3, remove 2',
    },
  ]);
});

test('a production connection always asks', () => {
  const plan = planOf({ create: 3 });
  const [question] = questionsBefore(plan, all, { ...memoryConnection, name: 'bank-prod', production: true });
  assert.equal(question?.message, 'Add 3 in bank.payments?');
  assert.match(question?.detail ?? '', /bank-prod is production\./);
});

test('removing a tenth of a table asks once, and one partition more asks a second time in other words', () => {
  const tenth = planOf({ remove: 73, catalog: 730 });
  assert.equal(questionsBefore(tenth, all, memoryConnection).length, 1);
  const more = planOf({ remove: 74, catalog: 730 });
  const [, second] = questionsBefore(more, all, memoryConnection);
  assert.equal(
    second?.message,
    '74 of the 730 partitions of bank.payments will be gone (10 %). Is its data really gone from S3?',
  );
  assert.equal(second?.button, 'Yes, Remove 74');
});

test('removing more than a thousand asks twice, however large the table is', () => {
  assert.equal(questionsBefore(planOf({ remove: 1000, catalog: 1e6 }), all, memoryConnection).length, 1);
  assert.equal(questionsBefore(planOf({ remove: 1001, catalog: 1e6 }), all, memoryConnection).length, 2);
});

test('what was not chosen is neither asked nor counted', () => {
  const plan = planOf({ create: 1, remove: 700, update: 1 });
  const questions = questionsBefore(plan, { create: true, remove: false, update: true }, memoryConnection);
  assert.deepEqual(
    questions.map(({ message }) => message),
    ['Add 1, move 1 in bank.payments?'],
  );
});
