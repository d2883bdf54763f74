import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputUri, resolveTarget } from '../../src/query/target';
import { connection, fakeEngine, fault } from '../support/fakes';

const signal = new AbortController().signal;
const engine = fakeEngine([], {
  groups: [
    { name: 'primary', enforced: false },
    { name: 'etl', enforced: true, outputLocation: 's3://r/etl/', bytesCutoff: 100 },
    { name: 'own', enforced: false, outputLocation: 's3://r/own/' },
    { name: 'off', state: 'disabled' },
  ],
});

test('a work group without an output location asks for one, once', async () => {
  assert.deepEqual(await resolveTarget({ engine, connection }, {}, signal), {
    kind: 'needs-output',
    workGroup: 'primary',
  });
  assert.deepEqual(
    await resolveTarget({ engine, connection }, { outputLocation: 's3://results/x', database: 'd' }, signal),
    { kind: 'ready', target: { workGroup: 'primary', database: 'd', outputLocation: 's3://results/x/' } },
  );
});

test('a work group that enforces its settings wins over the choice; one that does not yields', async () => {
  assert.deepEqual(
    await resolveTarget({ engine, connection }, { workGroup: 'etl', outputLocation: 's3://mine-1/' }, signal),
    { kind: 'ready', target: { workGroup: 'etl', bytesCutoff: 100 } },
  );
  assert.deepEqual(
    await resolveTarget({ engine, connection }, { workGroup: 'own', outputLocation: 's3://mine-1/' }, signal),
    { kind: 'ready', target: { workGroup: 'own', outputLocation: 's3://mine-1/' } },
  );
});

test('a disabled work group is refused in a sentence; one that may not be read is tried', async () => {
  await assert.rejects(resolveTarget({ engine, connection }, { workGroup: 'off' }, signal), {
    message: 'Work group off is disabled: enable it or choose another.',
  });
  const closed = fakeEngine([], {
    workGroup: async () => {
      throw fault('denied');
    },
  });
  assert.deepEqual(await resolveTarget({ engine: closed, connection }, {}, signal), {
    kind: 'ready',
    target: { workGroup: 'primary' },
  });
});

test('an output location is an S3 URI', () => {
  assert.equal(outputUri(' s3://bucket '), 's3://bucket/');
  assert.throws(() => outputUri('bucket/x'), { kind: 'invalid' });
  assert.throws(() => outputUri('https://bucket/x'), { kind: 'invalid' });
});
