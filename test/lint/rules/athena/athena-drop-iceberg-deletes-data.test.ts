import { test } from 'node:test';
import { athenaDropIcebergDeletesData } from '../../../../src/lint/rules/athena/athena-drop-iceberg-deletes-data';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaDropIcebergDeletesData, [
  { name: 'ice', kind: 'iceberg' },
  { name: 'glue', parameters: { table_type: 'ICEBERG' } },
  { name: 'files', kind: 'hive' },
]);

test('dropping an Iceberg table is marked, weaker when guarded', () => {
  check(`
       drop table ice
    -- ^^^^^^^^^^^^^^ warning: its data is deleted
    ;
       drop table glue
    -- ^^^^^^^^^^^^^^^ warning
  `);
  check(`
       drop table if exists ice
    -- ^^^^^^^^^^^^^^^^^^^^^^^^ information
  `);
});

test('tables over files, unknown tables and views are left alone', () => {
  check('drop table files; drop table elsewhere; drop view ice');
});
