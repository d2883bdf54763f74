import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedNodes } from '../../src/trees/changedNodes';
import type { TreeNode } from '../../src/trees/node';

const run = (id: string, hint: string): TreeNode => ({
  id,
  label: id,
  icon: 'sync',
  hint,
  menu: 'run.going',
});
const list: TreeNode = { id: 'glue', label: 'Glue jobs', icon: 'gear', children: async () => [] };

test('only the nodes that look different are drawn again', () => {
  const before = [run('a', 'running for 1 min'), run('b', '40 s'), list];
  const after = [run('a', 'running for 2 min'), run('b', '40 s'), { ...list, children: async () => [] }];
  const changed = changedNodes(before, after);
  assert.deepEqual(
    changed?.map((one) => [one.before, one.after]),
    [[before[0], after[0]]],
  );
});

test('a run that ended is another look, since its menu is another', () => {
  const before = run('a', '40 s');
  const after = { ...before, menu: 'run.over' };
  assert.equal(changedNodes([before], [after])?.length, 1);
});

test('a list with other nodes, or in another order, is drawn as a whole', () => {
  const [a, b] = [run('a', ''), run('b', '')];
  assert.equal(changedNodes([a], [a, b]), undefined);
  assert.equal(changedNodes([a, b], [b, a]), undefined);
  assert.equal(changedNodes([run('glue', '')], [list]), undefined, 'a leaf became a list');
  assert.deepEqual(changedNodes([], []), []);
});
