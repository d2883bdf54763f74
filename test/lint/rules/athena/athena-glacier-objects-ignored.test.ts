import { test } from 'node:test';
import { athenaGlacierObjectsIgnored } from '../../../../src/lint/rules/athena/athena-glacier-objects-ignored';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaGlacierObjectsIgnored, [
  { name: 'old', archivedIn: 'DEEP_ARCHIVE', columns: [{ name: 'id', type: 'string' }] },
  { name: 'now', columns: [{ name: 'id', type: 'string' }] },
]);

test('each reading of a table with archived objects is marked', () => {
  check(`
    select o.id from now n join old o on o.id = n.id
    --                          ^^^ warning: DEEP_ARCHIVE
  `);
});

test('tables without any, and names that mean something else, are left alone', () => {
  check('select id from now');
  check('with old as (select id from now) select id from old');
  check('drop table old');
});
