import { test } from 'node:test';
import { athenaInsertValues } from '../../../../src/lint/rules/athena/athena-insert-values';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaInsertValues, [
  { name: 'small', rows: 12 },
  { name: 'large', rows: 5000 },
]);

test('rows written out are marked, more so when they are many statements', () => {
  check(`
    insert into large values ('a'), ('b')
    --                ^^^^^^^^^^^^^^^^^^^ information: 2 rows
  `);
  check(`
    insert into large values ('a')
    --                ^^^^^^^^^^^^ warning: 3 statements
    ;
    insert into large values ('b')
    --                ^^^^^^^^^^^^ warning
    ;
    insert into large values ('c')
    --                ^^^^^^^^^^^^ warning
  `);
});

test('a small table, and rows from a query, are left alone', () => {
  check("insert into small values ('a')");
  check('insert into large select a from t');
  check(`insert into large values ${Array.from({ length: 101 }, () => "('a')").join(', ')}`);
});
