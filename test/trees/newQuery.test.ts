import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newQueryText } from '../../src/trees/newQuery';
import { tableOf } from '../support/fakes';

test('a new query lists the columns and reads the newest partition only', () => {
  const table = tableOf('bank.tx(id bigint, amount double) by year int, day date, city string');
  assert.equal(
    newQueryText(table, { newest: ['2024', '2024-12-30', "L'Aquila"] }),
    `SELECT
  id,
  amount,
  year,
  day,
  city
FROM bank.tx
WHERE year = 2024
  AND day = DATE '2024-12-30'
  AND city = 'L''Aquila'
LIMIT 100;
`,
  );
});

test('numbers lose leading zeros, NULL is asked for as NULL, and odd values are cast', () => {
  const table = tableOf('d.t(x int) by month int, flag boolean, amount decimal(5 2)');
  const text = newQueryText(
    { ...table, partitionKeys: [...table.partitionKeys, { name: 'k', type: 'bigint' }] },
    { newest: ['01', 'true', '__HIVE_DEFAULT_PARTITION__', 'abc'] },
  );
  assert.match(
    text,
    /month = 1\n {2}AND flag = true\n {2}AND amount IS NULL\n {2}AND k = CAST\('abc' AS bigint\)/,
  );
});

test('names that SQL would not take are quoted', () => {
  const table = {
    ...tableOf('d.t(x int)'),
    name: 'order',
    columns: [
      { name: 'group', type: 'int' },
      { name: '1st', type: 'int' },
    ],
  };
  assert.equal(newQueryText(table), 'SELECT\n  "group",\n  "1st"\nFROM d."order"\nLIMIT 100;\n');
});

test('without a known partition the query says what to filter on', () => {
  assert.match(newQueryText(tableOf('d.t(x int) by year int')), /-- Partitioned by year: filter/);
});
