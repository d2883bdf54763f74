import { test } from 'node:test';
import { athenaDmlOnNonIceberg } from '../../../../src/lint/rules/athena/athena-dml-on-non-iceberg';
import { ruleChecker } from '../../../support/ruleChecker';

import { customers } from './bankTables';

const check = ruleChecker(
  athenaDmlOnNonIceberg,
  `${customers} create table kept (id bigint) location 's3://b/k/' tblproperties ('table_type' = 'iceberg');`,
);

test('changing rows of a table over files is marked', () => {
  check(`
    delete from customers where score < 1
    --          ^^^^^^^^^ error: DELETE works on Iceberg
    ;
    update customers set name = 'x'
    --     ^^^^^^^^^ error
    ;
    merge into customers c using kept k on k.id = 1 when matched then delete
    --         ^^^^^^^^^ error
  `);
});

test('Iceberg tables, and tables that nobody knows, are left alone', () => {
  check('delete from kept where id = 1');
  check('delete from elsewhere where id = 1');
  ruleChecker(athenaDmlOnNonIceberg, [{ name: 't', parameters: { table_type: 'ICEBERG' }, kind: 'hive' }])(
    'delete from t',
  );
  ruleChecker(athenaDmlOnNonIceberg, [{ name: 't' }])('delete from t');
});

test('Delta tables are read-only too', () => {
  ruleChecker(athenaDmlOnNonIceberg, [{ name: 't', kind: 'delta' }])(`
    delete from t
    --          ^ error: Delta
  `);
});
