import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaNestedTableLocations } from '../../../../src/lint/rules/athena/athena-nested-table-locations';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaNestedTableLocations);

const table = (name: string, folder: string, more = ''): string =>
  `create external table ${name} (a string) stored as orc location 's3://b/${folder}'${more};`;
const messages = (...tables: readonly string[]): readonly string[] =>
  check.find(tables.join('\n')).map(({ message, severity }) => `${severity}: ${message}`);

test('a folder inside or around that of an earlier table is marked', () => {
  const expected = ["warning: The folder overlaps that of a: one of the two reads the other's files."];
  assert.deepEqual(messages(table('a', 'x/'), table('c', 'x/y/')), expected);
  assert.deepEqual(messages(table('a', 'x/y'), table('c', 'x')), expected);
});

test('folders that only begin alike, and the same folder twice, are left alone', () => {
  assert.deepEqual(messages(table('a', 'x/'), table('c', 'xy/')), []);
  assert.deepEqual(messages(table('a', 'x/'), table('c', 'x/')), []);
});

test('a table that is defined again, and table formats with metadata, are left alone', () => {
  assert.deepEqual(messages(table('a', 'x/'), table('a', 'x/y/')), []);
  const iceberg = " tblproperties ('table_type' = 'ICEBERG')";
  assert.deepEqual(messages(table('a', 'x/'), table('c', 'x/y/', iceberg)), []);
  assert.deepEqual(messages(table('a', 'x/', iceberg), table('c', 'x/y/')), []);
});
