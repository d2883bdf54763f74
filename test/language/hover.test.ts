import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../src/catalog/catalog';
import { escaped, ruleCard, tableCard } from '../../src/language/hover';
import type { Rule } from '../../src/lint/rule';

const sales: Table = {
  database: 'lake',
  name: 'sales_2024',
  columns: [{ name: 'id', type: 'bigint' }],
  partitionKeys: [{ name: 'day', type: 'date' }],
  kind: 'hive',
  format: 'parquet',
  location: 's3://bucket/sales/',
  partitionCount: 1731,
  newestPartition: ['2026-11-01'],
};

test('a table card says keys, format, partitions, newest one, place and source', () => {
  assert.equal(
    tableCard({ kind: 'known', table: sales, source: 'Glue' }, ['[New query](command:x)']),
    [
      String.raw`**lake.sales\_2024** PARQUET`,
      'partitioned by day *date*',
      'id *bigint*',
      String.raw`1,731 partitions · newest day=2026\-11\-01`,
      '`s3://bucket/sales/`',
      '*from Glue* · [New query](command:x)',
    ].join('\n\n'),
  );
});

test('what no source told is left out, not shown as zero', () => {
  const { partitionCount: _, newestPartition: __, location: ___, ...bare } = sales;
  const card = tableCard({ kind: 'known', table: bare, source: 'a.sql' });
  assert.ok(!/partitions ·|newest|0/.test(card.replace('sales\\_2024', '')), card);
});

test('a Redshift table says its distribution and sort key, and that it has none', () => {
  const native: Table = {
    ...sales,
    kind: 'native',
    partitionKeys: [],
    distribution: { style: 'key', key: 'id' },
  };
  assert.match(
    tableCard({ kind: 'known', table: { ...native, sortKeys: [] }, source: 'x' }),
    /distribution key \(id\) · no sort key/,
  );
  assert.match(
    tableCard({ kind: 'known', table: { ...native, sortKeys: ['day'] }, source: 'x' }),
    /sorted by day/,
  );
});

test('definitions that disagree are named, and nothing else is said', () => {
  const card = tableCard({ kind: 'conflict', name: 'sales', sources: ['a.sql', 'b/c.sql'] });
  assert.match(card, /more than one way/);
  assert.match(card, /- a\.sql\n- b\/c\.sql/);
});

test('a wide table shows its first columns and how many more there are', () => {
  const columns = Array.from({ length: 30 }, (_, index) => ({ name: `c${index}`, type: 'int' }));
  assert.match(
    tableCard({ kind: 'known', table: { ...sales, columns }, source: 'x' }),
    /c11 \*int\* and 18 more/,
  );
});

test('names cannot smuggle links or HTML into the Markdown', () => {
  assert.equal(escaped('[x](command:evil) <img>'), String.raw`\[x\]\(command:evil\) \<img\>`);
  assert.equal(escaped('a\nb'), 'a b');
  const card = tableCard({
    kind: 'known',
    table: { ...sales, description: '[x](command:evil)' },
    source: '`',
  });
  assert.ok(!card.includes('[x](command:evil)'));
});

const rule: Rule = {
  code: 'ATH999',
  id: 'athena-example',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Name the columns',
  why: 'A star reads all of them.',
  sources: ['https://docs.aws.amazon.com/athena/'],
  bad: 'select * from t',
  good: 'select a from t',
  on: {},
};

test('a rule card gives the reason and the page', () => {
  const finding = {
    rule: rule.id,
    code: rule.code,
    severity: rule.severity,
    message: '',
    fixes: [],
    start: 0,
    end: 1,
  };
  assert.equal(
    ruleCard(finding, rule, '[page](x)'),
    '**ATH999** Name the columns\n\nA star reads all of them.\n\n[page](x)',
  );
});
