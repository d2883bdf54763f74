import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaMissingClassification } from '../../../../src/lint/rules/athena/athena-missing-classification';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaMissingClassification, [{ name: 't', readByGlueJobs: true }, { name: 'u' }]);

test('a table that a Glue job reads gets its format', () => {
  const sql = "create external table t (a string) stored as parquet location 's3://b/t/'";
  assert.deepEqual(
    check.find(sql).map(({ severity }) => severity),
    ['hint'],
  );
  assert.equal(check.fixed(sql), `${sql} TBLPROPERTIES ('classification' = 'parquet')`);
  assert.equal(
    check.fixed("create external table t (a string) stored as textfile tblproperties ('x' = 'y')"),
    "create external table t (a string) stored as textfile tblproperties ('x' = 'y', 'classification' = 'csv')",
  );
});

test('without a Glue job, with the property, and for Iceberg there is nothing to say', () => {
  check("create external table u (a string) stored as parquet location 's3://b/t/'");
  check("create external table t (a string) stored as orc tblproperties ('classification' = 'orc')");
  check("create table t (a string) tblproperties ('table_type' = 'ICEBERG')");
});
