import { test } from 'node:test';
import { athenaNestedFieldReadsWholeStruct } from '../../../../src/lint/rules/athena/athena-nested-field-reads-whole-struct';
import { ruleChecker } from '../../../support/ruleChecker';
import type { Table } from '../../../../src/catalog/catalog';

const table: Partial<Table> = {
  name: 'log',
  format: 'parquet',
  columns: [
    { name: 'body', type: 'struct<id:string,raw:string>' },
    { name: 'other', type: 'struct<x:int>' },
    { name: 'plain', type: 'string' },
  ],
  columnBytes: { body: 80, other: 10, plain: 10 },
};
const check = ruleChecker(athenaNestedFieldReadsWholeStruct, [table]);

test('a field of a column that holds much of the file is a hint', () => {
  check(`
    select body.id from log
    --     ^^^^^^^ hint: body holds 80 % of log
  `);
  check(`
    select l.body.id from log l
    --     ^^^^^^^^^ hint
  `);
});

test('small columns, whole columns, other formats, and unknown sizes are left alone', () => {
  check('select other.x, plain from log');
  check('select body, body.id from log');
  check('select body.plain from elsewhere body');
  ruleChecker(athenaNestedFieldReadsWholeStruct, [{ ...table, format: 'orc' }])('select body.id from log');
  const { columnBytes: _unknown, ...unsized } = table;
  ruleChecker(athenaNestedFieldReadsWholeStruct, [unsized])('select body.id from log');
});
