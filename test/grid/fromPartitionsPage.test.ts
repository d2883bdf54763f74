import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFromPartitionsPage } from '../../src/grid/fromPartitionsPage';

test('messages of the page of partitions are read field by field, and others are none', () => {
  assert.deepEqual(readFromPartitionsPage({ kind: 'filter', text: "a = '1'", more: 1 }), {
    kind: 'filter',
    text: "a = '1'",
  });
  assert.deepEqual(readFromPartitionsPage({ kind: 'sort', by: 'bytes' }), { kind: 'sort', by: 'bytes' });
  assert.deepEqual(readFromPartitionsPage({ kind: 'act', action: 'repair' }), {
    kind: 'act',
    action: 'repair',
  });
  for (const kind of ['loadAll', 'measure', 'confirmMeasure', 'dismissMeasure', 'reload', 'cancel']) {
    assert.deepEqual(readFromPartitionsPage({ kind }), { kind });
  }
  assert.deepEqual(readFromPartitionsPage({ kind: 'reveal', epoch: 1, row: 5 }), {
    kind: 'reveal',
    epoch: 1,
    row: 5,
  });
  assert.deepEqual(readFromPartitionsPage({ kind: 'ack', epoch: 1, seq: 2 }), {
    kind: 'ack',
    epoch: 1,
    seq: 2,
  });
  for (const other of [
    undefined,
    null,
    'filter',
    { kind: 'filter', text: 1 },
    { kind: 'filter', text: 'x'.repeat(10_001) },
    { kind: 'sort' },
    { kind: 'act', action: {} },
    { kind: 'drop' },
    { kind: 'reveal', epoch: 1, row: -1 },
    { kind: 'reveal', row: 1 },
  ]) {
    assert.equal(readFromPartitionsPage(other), undefined);
  }
});
