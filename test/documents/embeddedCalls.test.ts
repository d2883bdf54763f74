import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileKind } from '../../src/documents/kind';
import { sqlInPython } from '../../src/documents/embeddedPython';

test('a file with any call that takes SQL is looked into', async () => {
  const calls = [
    'c.start_query_execution(QueryString="SELECT 1 a")',
    'c.execute_statement(Sql="SELECT 1 a")',
    'c.batch_execute_statement(Sqls=["SELECT 1 a"])',
    'spark.sql("SELECT 1 a")',
    'AthenaOperator(query="SELECT 1 a")',
    'AWSAthenaOperator(query="SELECT 1 a")',
    'RedshiftDataOperator(sql="SELECT 1 a")',
    'RedshiftSQLOperator(sql="SELECT 1 a")',
    'import pyathena\nx.execute("SELECT 1 a")',
    'import redshift_connector\npd.read_sql("SELECT 1 a", c)',
    'import awswrangler as wr\nwr.athena.unload("SELECT 1 a")',
  ];
  for (const call of calls) {
    assert.equal(sqlInPython(call).length, 1, call);
    assert.deepEqual(await fileKind('a.py', call), { kind: 'python' }, call);
  }
});
