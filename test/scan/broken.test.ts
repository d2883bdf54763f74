import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '../../src/sql/parse';
import { scansOf } from '../../src/scan/scansOf';
import { demoTable, scans, snapshotOf, tableOf } from './tables';

const logins = tableOf('logins(account string, logged_at timestamp) by dt string');

const statements = [
  `with s as (select customer_id, sum(amount) over (partition by year order by day) r from customer_transactions t
   left join logins l on t.customer_id = l.account and l.dt in ('a', 'b') where t.transaction_date between date '2024-01-01'
   and current_date - interval '1' day) select s.*, count(*) filter (where r > 1) from s cross join unnest(array[1, 2]) as u (n)
   where exists (select 1 from logins where dt = s.customer_id) group by grouping sets ((1), (2)) having max(r) > 1 limit 5`,
  `create table x with (partitioned_by = array['dt']) as (select account, dt from logins where not (dt like 'a%' escape '!')
   union all select transaction_id, cast(year as varchar) from customer_transactions) order by 2`,
  `merge into customer_transactions t using (select * from logins where dt = 'x') l on t.customer_id = l.account
   when matched then update set amount = 1 when not matched then insert (customer_id) values (l.account)`,
];

test('a statement cut anywhere is read, and nothing is said of keys that the missing part may filter', () => {
  for (const statement of statements) {
    for (let end = 0; end < statement.length; end++) {
      const text = statement.slice(0, end);
      const broken = parseStatement(text, 'athena').problems.length > 0;
      for (const { keys } of scans(text, demoTable, logins)) {
        for (const { verdict } of keys)
          assert.ok(!broken || (verdict.kind !== 'none' && verdict.kind !== 'blocked'), text);
      }
    }
  }
});

test('a statement with any word left out is read', () => {
  for (const statement of statements) {
    const words = statement.split(/\s+/);
    for (let at = 0; at < words.length; at++) scans(words.toSpliced(at, 1).join(' '), demoTable, logins);
  }
});

test('tables of a MERGE and DELETE are readings too', () => {
  assert.deepEqual(
    scans(statements[2] ?? '', demoTable, logins).map(({ table, keys }) => [
      table?.name,
      keys[0]?.verdict.kind,
    ]),
    [
      ['customer_transactions', 'none'],
      ['logins', 'prunes'],
    ],
  );
  assert.deepEqual(
    scans('delete from customer_transactions where year = 2024', demoTable).map(
      ({ keys }) => keys[0]?.verdict.kind,
    ),
    ['prunes'],
  );
});

test('what was read is read again once the catalog says something else', () => {
  const statement = parseStatement("select account from logins where dt = 'x'", 'athena');
  const before = scansOf(statement, snapshotOf());
  assert.equal(before[0]?.table, undefined);
  const catalog = snapshotOf(logins);
  const known = scansOf(statement, catalog);
  assert.equal(known[0]?.keys[0]?.verdict.kind, 'prunes');
  assert.equal(scansOf(statement, catalog), known);
});

test('a view that reads itself ends', () => {
  const view = tableOf('v(a string)', { kind: 'view', viewSql: 'select a from v' });
  assert.equal(scans('select a from v', view).length, 1);
});
