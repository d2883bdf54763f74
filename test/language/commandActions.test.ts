import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandActionsAt } from '../../src/language/commandActions';
import type { Finding } from '../../src/lint/finding';
import { readDocument } from '../../src/sql/document';

function finding(sql: string, at: string, code = 'ATH311'): Finding {
  const start = sql.indexOf(at);
  return {
    rule: 'athena-msck-repair',
    code,
    severity: 'information',
    message: '',
    fixes: [],
    start,
    end: start + at.length,
  };
}
const actions = (sql: string, found: Finding, cursor = found.start) =>
  commandActionsAt(readDocument(sql, 'athena'), [found], { start: cursor, end: cursor });

test('a finding about MSCK REPAIR TABLE offers to repair the table of its statement', () => {
  const sql = 'select 1;\nMSCK REPAIR TABLE bank.payments;\nMSCK REPAIR TABLE other;';
  const [action] = actions(sql, finding(sql, 'MSCK REPAIR TABLE bank.payments'));
  assert.equal(action?.title, 'Repair Partitions…');
  assert.equal(action?.command, 'repairPartitions');
  assert.deepEqual(action?.parts, ['bank', 'payments']);
  assert.deepEqual(actions(sql, finding(sql, 'MSCK REPAIR TABLE other'))[0]?.parts, ['other']);
});

test('other findings, and a cursor elsewhere, offer nothing', () => {
  const sql = 'select 1;\nMSCK REPAIR TABLE payments;';
  assert.deepEqual(actions(sql, finding(sql, 'MSCK', 'ATH101')), []);
  assert.deepEqual(actions(sql, finding(sql, 'MSCK'), 0), []);
});

test('a table that is made without its partitions, and a partition at a place that says otherwise, can be repaired too', () => {
  const create =
    "CREATE EXTERNAL TABLE bank.clicks (id string) PARTITIONED BY (dt string) STORED AS PARQUET LOCATION 's3://lake/clicks/'";
  const add =
    "ALTER TABLE bank.clicks ADD IF NOT EXISTS PARTITION (dt = '1') LOCATION 's3://lake/clicks/dt=01/'";
  for (const [sql, code] of [
    [create, 'ATH310'],
    [add, 'ATH313'],
  ] as const) {
    const found = finding(sql, 'clicks', code);
    const offered = commandActionsAt(readDocument(sql, 'athena'), [found], found);
    assert.deepEqual(
      offered.map(({ command, parts }) => [command, parts]),
      [['repairPartitions', ['bank', 'clicks']]],
      code,
    );
  }
});
