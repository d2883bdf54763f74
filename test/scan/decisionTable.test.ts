import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glueExpression } from '../../src/scan/glueExpression';
import { prune } from '../../src/scan/prune';
import { scan, scans, tableOf, verdicts } from './tables';

const events = tableOf('events(id bigint, x bigint, k_copy string) by k string, j string');
const byTime = tableOf('ticks(id bigint) by n int, d date, ts timestamp');
const days = tableOf('days(k string, holiday boolean)');
const now = Date.UTC(2024, 0, 15, 12);
const partitions = [
  'a',
  'b',
  'c',
  '2024-01-14',
  '2024-01-15',
  '2023-12-31',
  '__HIVE_DEFAULT_PARTITION__',
].flatMap((k) => ['a', 'b'].map((j) => ({ values: [k, j] })));

/** What is left of the key `k` alone, in order. */
function left(condition: string): string {
  const { partitions: found } = prune(
    scan(`select id from events where ${condition}`, events),
    partitions,
    now,
  );
  return [
    ...new Set(found.map(({ values }) => values[0]?.replace('__HIVE_DEFAULT_PARTITION__', 'NULL'))),
  ].join(' ');
}

function judged(condition: string): string {
  return (
    verdicts(`select id from events where ${condition}`, events).split('; ')[0]?.replace('events: ', '') ?? ''
  );
}

function glue(condition: string): string | undefined {
  return glueExpression(scan(`select id from events where ${condition}`, events), now);
}

const rows: readonly { condition: string; verdict: string; left?: string; glue?: string }[] = [
  { condition: "k = 'a'", verdict: 'k exact, j none', left: 'a', glue: "k = 'a'" },
  { condition: "'a' = k", verdict: 'k exact, j none', left: 'a', glue: "k = 'a'" },
  { condition: "k in ('b', 'a')", verdict: 'k exact, j none', left: 'a b', glue: "k IN ('a', 'b')" },
  {
    condition: "k <> 'a'",
    verdict: 'k exact, j none',
    left: 'b c 2024-01-14 2024-01-15 2023-12-31',
    glue: "((k < 'a') OR (k > 'a'))",
  },
  {
    condition: "k between 'a' and 'b'",
    verdict: 'k exact, j none',
    left: 'a b',
    glue: "(k >= 'a' AND k <= 'b')",
  },
  { condition: "k in ('a', lower(k_copy))", verdict: 'k blocked: data, j none' },
  { condition: "k = 'a' and x = 1", verdict: 'k exact, j none', left: 'a', glue: "k = 'a'" },
  { condition: "k = 'a' or k = 'b'", verdict: 'k exact, j none', left: 'a b', glue: "k IN ('a', 'b')" },
  {
    condition: "(k = 'a' and x = 1) or (k = 'b' and x = 2)",
    verdict: 'k superset, j none',
    left: 'a b',
    glue: "k IN ('a', 'b')",
  },
  { condition: "k = 'a' or x = 1", verdict: 'k blocked: or, j none' },
  { condition: "k = 'a' or j = 'b'", verdict: 'k late, j late' },
  { condition: "not (k = 'a')", verdict: 'k exact, j none', left: 'b c 2024-01-14 2024-01-15 2023-12-31' },
  {
    condition: "not (k = 'a' or x = 1)",
    verdict: 'k exact, j none',
    left: 'b c 2024-01-14 2024-01-15 2023-12-31',
  },
  { condition: "k not in ('a', null)", verdict: 'k exact, j none', left: '' },
  { condition: 'k is null', verdict: 'k exact, j none', left: 'NULL' },
  { condition: 'k is not null', verdict: 'k exact, j none', left: 'a b c 2024-01-14 2024-01-15 2023-12-31' },
  {
    condition: "k like '2024-%'",
    verdict: 'k exact, j none',
    left: '2024-01-14 2024-01-15',
    glue: "(k >= '2024-' AND k < '2024.')",
  },
  {
    condition: "starts_with(k, '2024')",
    verdict: 'k exact, j none',
    left: '2024-01-14 2024-01-15',
    glue: "(k >= '2024' AND k < '2025')",
  },
  { condition: "k like '%15'", verdict: 'k exact, j none', left: '2024-01-15' },
  { condition: "k not like '2024%'", verdict: 'k late, j none', left: 'a b c 2023-12-31' },
  { condition: "regexp_like(k, '15$')", verdict: 'k late, amount unknown, j none' },
  { condition: "substr(k, 1, 4) = '2024'", verdict: 'k late, j none', left: '2024-01-14 2024-01-15' },
  { condition: "concat(k, j) = 'ab'", verdict: 'k late, j late', left: 'a' },
  { condition: "k || '-' || j between 'a-b' and 'b-a'", verdict: 'k late, j late', left: 'a b' },
  {
    condition: "k = date_format(current_date - interval '1' day, '%Y-%m-%d')",
    verdict: 'k late, j none',
    left: '2024-01-14',
    glue: "k = '2024-01-14'",
  },
  { condition: 'k = ?', verdict: 'k unknown: parameter, j none' },
  { condition: 'k = (select max(k) from days)', verdict: 'k subquery, j none' },
  { condition: 'k in (select k from days)', verdict: 'k subquery, j none' },
  { condition: 'k = cast(random() as varchar)', verdict: 'k blocked: volatile, j none' },
  { condition: '"$path" like \'%/k=a/%\'', verdict: 'k none, j none' },
];

test('each row of the decision table has its verdict, what is left and what goes to Glue', () => {
  for (const row of rows) {
    assert.equal(judged(row.condition), row.verdict, row.condition);
    if (row.left !== undefined) assert.equal(left(row.condition), row.left, row.condition);
    if (row.glue !== undefined) assert.equal(glue(row.condition), row.glue, row.condition);
  }
});

test('keys that are compared through a cast to a date are evaluated, whatever they are spelled like', () => {
  const condition = "cast(k as date) = date '2024-01-15'";
  const found = prune(
    scan(`select id from events where ${condition}`, events),
    ['2024-01-15', '2024-1-15', '2024-01-16', 'junk'].map((k) => ({ values: [k, 'a'] })),
    now,
  );
  assert.deepEqual(
    found.partitions.map(({ values }) => values[0]),
    ['2024-01-15', '2024-1-15', 'junk'],
  );
  assert.equal(found.exact, false, 'the engine fails on junk, so what it reads is not certain');
});

test('casts that widen a number, and functions of a timestamp key, prune', () => {
  assert.equal(
    verdicts('select id from ticks where cast(n as bigint) = 3', byTime),
    'ticks: n exact, d none, ts none',
  );
  assert.equal(
    verdicts("select id from ticks where cast(ts as date) = date '2024-01-15'", byTime),
    'ticks: n none, d none, ts exact',
  );
  assert.equal(
    verdicts('select id from ticks where year(ts) = 2024', byTime),
    'ticks: n none, d none, ts late',
  );
  assert.equal(
    glueExpression(scan("select id from ticks where d = date '2024-01-15' and n = 3", byTime), now),
    undefined,
  );
  const kept = prune(
    scan(
      "select id from ticks where date_trunc('month', ts) = timestamp '2024-01-01 00:00:00' and d >= date '2024-01-02'",
      byTime,
    ),
    [
      { values: ['1', '2024-01-02', '2024-01-31 23:59:59'] },
      { values: ['1', '2024-01-01', '2024-01-31 23:59:59'] },
      { values: ['1', '2024-01-02', '2024-02-01 00:00:00'] },
    ],
    now,
  );
  assert.deepEqual(kept, {
    partitions: [{ values: ['1', '2024-01-02', '2024-01-31 23:59:59'] }],
    exact: true,
  });
});

test('a join on a key is known at run time only, and not at all for the side an outer join keeps', () => {
  const on = (join: string) =>
    verdicts(`select id from events ${join} join days on events.k = days.k`, events, days);
  assert.equal(on('inner'), 'events: k join, j none; days: ');
  assert.equal(on('left'), 'events: k blocked: outer-join, j none; days: ');
  assert.equal(on('right'), 'events: k join, j none; days: ');
});

test('a comparison of a string key with a number says nothing, since the query fails', () => {
  assert.equal(prune(scan('select id from events where k = 1', events), partitions, now).exact, false);
});

test('a query over an unknown table has no keys to judge', () => {
  const [only] = scans('select id from nowhere', events);
  assert.equal(only?.table, undefined);
  assert.equal(only?.columns, 'all');
});
