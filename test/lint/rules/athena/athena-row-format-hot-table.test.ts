import { test } from 'node:test';
import { athenaRowFormatHotTable } from '../../../../src/lint/rules/athena/athena-row-format-hot-table';
import { ruleChecker } from '../../../support/ruleChecker';
const columns = ['a', 'b', 'c', 'd'].map((name) => ({ name, type: 'string' }));
const large = { columns, bytes: 20 * 1024 ** 3 } as const;
const check = ruleChecker(athenaRowFormatHotTable, [
  { name: 'csv', format: 'csv', ...large },
  { name: 'alb_logs', format: 'text', ...large },
  { name: 'small', format: 'json', columns, bytes: 1000 },
  { name: 'parquet', format: 'parquet', ...large },
  { name: 'unsized', format: 'csv', columns },
]);

test('few columns of a large text table are marked', () => {
  check(`
    select a from csv
    --            ^^^ information: About 20 GB of CSV are read for 1 of 4 columns
  `);
});

test('logs that AWS writes are worth a hint', () => {
  check(`
    select a from alb_logs
    --            ^^^^^^^^ hint
  `);
});

test('many columns, small tables, Parquet, and unknown sizes are left alone', () => {
  check('select a, b from csv');
  check('select * from csv');
  check('select a from small');
  check('select a from parquet');
  check('select a from unsized');
});
