import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OrderedPartitions } from '../../../src/locallake/store/orderedPartitions';

const named = (value: string, more = {}) => ({ Values: [value], ...more });

test('a partition keeps its place when it is written anew, and none takes the place of one that is gone', () => {
  const partitions = new OrderedPartitions();
  for (const value of ['a', 'b', 'c']) partitions.set(value, named(value));
  partitions.set('b', named('b', { Parameters: { new: 'yes' } }));
  assert.deepEqual([...partitions.keys()], ['a', 'b', 'c']);
  assert.equal(partitions.delete('a'), true);
  assert.equal(partitions.delete('a'), false);
  partitions.set('d', named('d'));
  partitions.set('a', named('a'));
  assert.deepEqual(
    Array.from({ length: partitions.places }, (_, place) => partitions.at(place)?.['Values']),
    [undefined, ['b'], ['c'], ['d'], ['a']],
  );
  assert.deepEqual([partitions.size, partitions.has('b'), partitions.get('x')], [4, true, undefined]);
});
