import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PartitionIndex } from '../../src/catalog/partitionIndexes';
import { checkFilter } from '../../src/partitionBrowser/filterExpression';
import { indexAdvice } from '../../src/partitionBrowser/indexAdvice';
import { indexName, indexPage, requireRoom } from '../../src/partitionBrowser/indexPage';
import { salesTable } from './partitionLake';

const table = salesTable({ by: 'country string, year int, month int, at timestamp' });
const index = (name: string, keys: string, state: PartitionIndex['state'] = 'active'): PartitionIndex => ({
  name,
  keys: keys.split(' '),
  state,
  errors: [],
});
const advice = (filter: string, ...indexes: readonly PartitionIndex[]) => {
  const checked = checkFilter(filter, table.partitionKeys);
  assert.equal(checked.kind, 'valid');
  return indexAdvice(checked.kind === 'valid' ? checked.terms : [], { keys: table.partitionKeys, indexes });
};

test('a filter on the first key of an index is answered by it', () => {
  assert.equal(
    advice('month = 3 AND year >= 2024', index('by_country', 'country'), index('by_date', 'year month'))
      .sentence,
    'Glue answers this filter by the index by_date (year, month).',
  );
});

test('without such an index one is proposed, keys compared for equality first', () => {
  assert.deepEqual(
    advice("year >= 2024 AND month = 3 AND at > '2024-01-01'", index('by_country', 'country')),
    {
      sentence:
        'Glue reads all partitions of the table to answer this filter: an index on month, year would let it look them up.',
      keys: ['month', 'year'],
    },
  );
  assert.deepEqual(
    advice('year = 2024', index('a', 'month'), index('b', 'country'), index('c', 'month year')),
    {
      sentence:
        'Glue reads all partitions of the table to answer this filter: none of its 3 indexes, which is all that Glue takes, begins with one of its keys.',
    },
  );
  assert.match(
    advice('year = 2024', index('new', 'year', 'creating')).sentence,
    /until its index new is made\.$/,
  );
  assert.match(advice("country IN ('de', 'fr')").sentence, /an index serves comparisons by =/);
});

test('the page of indexes tells states, what is left, and which keys cannot be in one', () => {
  const failed = { ...index('old', 'year', 'failed'), errors: ['MISSING_PARTITION_VALUE_ERROR at 2024/x'] };
  const page = indexPage(table, [index('by_date', 'year month'), failed]);
  assert.match(page, /\| by\\_date \| year, month \| in use \|/);
  assert.match(page, /\| old \| year \| failed: MISSING\\_PARTITION\\_VALUE\\_ERROR at 2024\/x \|/);
  assert.match(page, /Glue takes 3 for a table: 1 more can be made\./);
  assert.match(page, /Not for an index: at \(timestamp\)\./);
  assert.match(indexPage(table, []), /There is none: Glue reads all partitions/);
});

test('a fourth index is refused with the names of those that could go', () => {
  requireRoom(table, [index('a', 'year'), index('b', 'month')]);
  assert.throws(
    () => requireRoom(table, [index('a', 'year'), index('b', 'month'), index('c', 'country')]),
    /^Problem: lake\.sales has 3 partition indexes, which is all that Glue takes: delete one of a, b, c first\.$/,
  );
});

test('an index gets a name that no other one has', () => {
  assert.equal(indexName(['year', 'month'], []), 'by_year_month');
  assert.equal(indexName(['year'], [index('BY_YEAR', 'month'), index('by_year_2', 'month')]), 'by_year_3');
});
