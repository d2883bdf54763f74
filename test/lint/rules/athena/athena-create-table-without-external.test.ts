import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaCreateTableWithoutExternal } from '../../../../src/lint/rules/athena/athena-create-table-without-external';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaCreateTableWithoutExternal);

test('a table over files needs EXTERNAL', () => {
  const sql = "create  table t (a string) stored as orc location 's3://b/t/'";
  assert.equal(check.find(sql)[0]?.severity, 'error');
  assert.equal(check.fixed(sql), "create  EXTERNAL table t (a string) stored as orc location 's3://b/t/'");
  assert.equal(check.find("create table t (a string) tblproperties ('table_type' = 'DELTA')").length, 1);
});

test('Iceberg tables, tables made by a query, and Redshift are left alone', () => {
  check("create table t (a string) location 's3://b/t/' tblproperties ('TABLE_TYPE' = 'iceberg')");
  check("create table t with (format = 'ORC') as select 1 as a");
  check("create external table t (a string) stored as orc location 's3://b/t/'");
  check('create table {{ name }} (a string)');
  ruleChecker(athenaCreateTableWithoutExternal, '', { dialect: 'redshift' })('create table t (a varchar(5))');
});
