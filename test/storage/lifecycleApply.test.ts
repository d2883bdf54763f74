import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { BucketLifecycle, RuleValue } from '../../src/storage/bucketStorage';
import { applyQuestion, carryOut, planApply, type ApplyPlan } from '../../src/storage/lifecycleApply';
import { lifecycleText } from '../../src/storage/lifecycleText';
import { dropDraft, readDraft, savedVersions, saveDraft } from '../../src/storage/savedLifecycles';
import { connection } from '../support/fakes';
import { memoryStorage } from './memoryStorage';

const never = new AbortController().signal;
const bucket = 'lake';
const folder = mkdtempSync(join(tmpdir(), 'lake-lifecycles-'));
after(() => rmSync(folder, { recursive: true }));

const temp = (days: number, prefix = 'temp/'): RuleValue => ({
  ID: 'temp',
  Status: 'Enabled',
  Filter: { Prefix: prefix },
  Expiration: { Days: days },
});
const lifecycle = (...rules: readonly RuleValue[]): BucketLifecycle => ({
  rules,
  minimumSize: 'varies_by_storage_class',
});
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 25, 10, minute));

function ready(plan: ApplyPlan): Extract<ApplyPlan, { kind: 'ready' }> {
  assert.ok(plan.kind === 'ready', plan.kind);
  return plan;
}

test('a lifecycle is applied with its minimum size, and what was there before is kept', async () => {
  const base = lifecycle(temp(7));
  const storage = memoryStorage({ lifecycle: base });
  const text = lifecycleText(bucket, lifecycle(temp(3)));
  const plan = ready(await planApply(storage, { connection, bucket, text, base }, never));
  const own = join(folder, 'applied');
  const request = { connection, bucket, plan, folder: own, now: at(0) };
  const applied = await carryOut(storage, request, never);
  assert.deepEqual(storage.current, lifecycle(temp(3)));
  assert.deepEqual([applied.now, applied.stale], [lifecycle(temp(3)), false]);
  assert.deepEqual(storage.calls, ['get', 'put', 'get']);
  const { saved } = await savedVersions(own, { connection, bucket });
  assert.deepEqual(saved, [{ path: applied.saved, savedAt: at(0), lifecycle: base }]);
});

test('a bucket that somebody else has changed meanwhile is never written over', async () => {
  const storage = memoryStorage({ lifecycle: lifecycle(temp(30)) });
  const text = lifecycleText(bucket, lifecycle(temp(3)));
  const plan = await planApply(storage, { connection, bucket, text, base: lifecycle(temp(7)) }, never);
  assert.deepEqual(plan, { kind: 'changed', current: lifecycle(temp(30)) });
  assert.deepEqual(storage.calls, ['get']);
  // Also where it had none when it was read.
  const fresh = await planApply(storage, { connection, bucket, text, base: undefined }, never);
  assert.equal(fresh.kind, 'changed');
});

test('what the bucket has already is not put again', async () => {
  const storage = memoryStorage({ lifecycle: lifecycle(temp(3)) });
  const text = lifecycleText(bucket, lifecycle(temp(3)));
  assert.equal((await planApply(storage, { connection, bucket, text, base: undefined }, never)).kind, 'same');
});

test('removing all rules deletes the lifecycle and says so, and can be taken back', async () => {
  const base = lifecycle(temp(7));
  const storage = memoryStorage({ lifecycle: base });
  const text = lifecycleText(bucket, lifecycle());
  const plan = ready(await planApply(storage, { connection, bucket, text, base }, never));
  const question = applyQuestion(plan, { connection, bucket });
  assert.equal(
    question.message,
    'Remove the whole lifecycle of s3://lake (1 rule)? Nothing there moves or expires any more.',
  );
  assert.equal(question.button, 'Remove Lifecycle');
  const own = join(folder, 'removed');
  const applied = await carryOut(storage, { connection, bucket, plan, folder: own, now: at(1) }, never);
  assert.equal(storage.current, undefined);
  assert.equal(applied.now, undefined);
  assert.deepEqual(storage.calls, ['get', 'delete', 'get']);
  assert.deepEqual((await savedVersions(own, { connection, bucket })).saved[0]?.lifecycle, base);
});

test('the question names the bucket, each rule that changes, and what must be typed for', async () => {
  const storage = memoryStorage({ lifecycle: lifecycle(temp(7)) });
  const base = storage.current;
  const text = lifecycleText(bucket, { rules: [temp(3, '')], minimumSize: 'all_storage_classes_128K' });
  const plan = ready(await planApply(storage, { connection, bucket, text, base }, never));
  const question = applyQuestion(plan, { connection, bucket });
  assert.equal(question.message, 'Apply 1 change to the lifecycle of s3://lake?');
  assert.deepEqual(question.detail.split('\n'), [
    '~ temp: below temp/: deleted after 7 days → the whole bucket: deleted after 3 days',
    'TransitionDefaultMinimumObjectSize: varies_by_storage_class → all_storage_classes_128K',
    'temp deletes every object of the bucket in time.',
    'What the bucket has now is kept: Restore Previous Lifecycle brings it back.',
  ]);
  assert.equal(question.typed, true);
  const narrow = lifecycleText(bucket, lifecycle(temp(3)));
  const other = ready(await planApply(storage, { connection, bucket, text: narrow, base }, never));
  assert.equal(applyQuestion(other, { connection, bucket }).typed, false);
  const production = { ...connection, production: true };
  const asked = applyQuestion(other, { connection: production, bucket });
  assert.equal(asked.typed, true);
  assert.match(asked.detail, /^test is production\.$/m);
});

test('a connection that is read only refuses before anything is called', async () => {
  const storage = memoryStorage();
  const readOnly = { ...connection, readOnly: true };
  await assert.rejects(
    planApply(storage, { connection: readOnly, bucket, text: '{', base: undefined }, never),
    (error: Problem) => error.kind === 'denied' && error.message.endsWith('s3://lake was not changed.'),
  );
  assert.deepEqual(storage.calls, []);
});

test('what cannot be kept is not changed', async () => {
  const base = lifecycle(temp(7));
  const storage = memoryStorage({ lifecycle: base });
  const text = lifecycleText(bucket, lifecycle(temp(3)));
  const plan = ready(await planApply(storage, { connection, bucket, text, base }, never));
  const taken = join(folder, 'a-file');
  writeFileSync(taken, '');
  await assert.rejects(
    carryOut(storage, { connection, bucket, plan, folder: taken, now: at(2) }, never),
    /could not be kept in .*, so nothing was changed/,
  );
  assert.deepEqual(storage.current, base);
});

test('a refusal of S3 is one sentence, and a bucket that may be written and not read is applied all the same', async () => {
  const base = lifecycle(temp(7));
  const storage = memoryStorage({ lifecycle: base });
  const text = lifecycleText(bucket, lifecycle(temp(3)));
  const plan = ready(await planApply(storage, { connection, bucket, text, base }, never));
  const request = { connection, bucket, plan, folder: join(folder, 'refused'), now: at(3) };
  storage.before = (call) => {
    if (call !== 'put') return;
    const cause = Object.assign(new Error('The XML you provided was not well-formed'), {
      name: 'MalformedXML',
    });
    throw new Problem('S3 refused it.', 'other', { cause });
  };
  await assert.rejects(
    carryOut(storage, request, never),
    (error: Problem) =>
      error.message ===
      'S3 does not take these rules for s3://lake (MalformedXML), and nothing was changed: look at the findings in the document.',
  );
  storage.before = (call) => {
    if (call === 'get') throw new Problem('S3 denied it.', 'denied');
  };
  assert.deepEqual((await carryOut(storage, request, never)).now, lifecycle(temp(3)));
});

test('a bucket that still answers with what it had is said to be stale', async () => {
  const base = lifecycle(temp(7));
  const storage = memoryStorage({ lifecycle: base });
  const text = lifecycleText(bucket, lifecycle(temp(3)));
  const plan = ready(await planApply(storage, { connection, bucket, text, base }, never));
  const slow = { ...storage, lifecycle: async () => base };
  const request = { connection, bucket, plan, folder: join(folder, 'stale'), now: at(4) };
  const applied = await carryOut(slow, request, never);
  assert.deepEqual([applied.now, applied.stale], [lifecycle(temp(3)), true]);
});

test('versions are kept by connection and bucket, newest first, and a file that cannot be read is named', async () => {
  const own = join(folder, 'versions');
  const storage = memoryStorage();
  for (const [minute, days] of [3, 5].entries()) {
    const text = lifecycleText(bucket, lifecycle(temp(days)));
    const { current: base } = storage;
    const plan = ready(await planApply(storage, { connection, bucket, text, base }, never));
    await carryOut(storage, { connection, bucket, plan, folder: own, now: at(minute) }, never);
  }
  const [name = ''] = readdirSync(own);
  writeFileSync(join(own, name, '2026-01-01.json'), '{"version":2}');
  const { saved, unreadable } = await savedVersions(own, { connection, bucket });
  assert.deepEqual(
    saved.map((one) => one.lifecycle),
    [lifecycle(temp(3)), undefined],
  );
  assert.deepEqual(unreadable, [join(own, name, '2026-01-01.json')]);
  const elsewhere = { connection: { ...connection, name: 'other' }, bucket };
  assert.deepEqual(await savedVersions(own, elsewhere), { saved: [], unreadable: [] });
});

test('a draft outlives its window until it is applied or given up', async () => {
  const own = join(folder, 'drafts');
  const place = { connection, bucket };
  assert.equal(await readDraft(own, place), undefined);
  await saveDraft(own, place, { text: '{ not yet', base: lifecycle(temp(7)) });
  assert.deepEqual(await readDraft(own, place), { text: '{ not yet', base: lifecycle(temp(7)) });
  await dropDraft(own, place);
  assert.equal(await readDraft(own, place), undefined);
  await dropDraft(own, place);
});
