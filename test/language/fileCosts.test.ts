import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CatalogSnapshot, Table } from '../../src/catalog/catalog';
import { costsIn } from '../../src/language/fileCosts';
import { costText, statementCost } from '../../src/language/statementCost';
import { lintFile } from '../../src/lint/lintFile';
import { openFile } from '../../src/lint/openFile';
import { readDocument } from '../../src/sql/document';

const gigabyte = 2 ** 30;
const table: Table = {
  database: 'bank',
  name: 'payments',
  columns: [{ name: 'id', type: 'bigint' }],
  partitionKeys: [{ name: 'year', type: 'int' }],
  partitionCount: 4,
  partitionValues: [['2022'], ['2023'], ['2024'], ['2025']],
  format: 'csv',
  bytes: 4096 * gigabyte,
};
const catalog: CatalogSnapshot = {
  table: (parts) => (parts.at(-1)?.toLowerCase() === 'payments' ? table : undefined),
};

function cost(sql: string) {
  const [statement] = readDocument(sql, 'athena').statements;
  assert.ok(statement);
  return statementCost(statement.parsed, catalog);
}

test('a statement costs what its tables hold, and less by the partitions that its filter leaves', () => {
  assert.deepEqual(cost('select id from payments'), { bytes: 4096 * gigabyte, usd: 20, unknown: 0 });
  assert.deepEqual(cost('select id from payments where year = 2024'), {
    bytes: 1024 * gigabyte,
    usd: 5,
    unknown: 0,
  });
});

test('a table of unknown size makes it at least so much, and nothing known is no estimate', () => {
  const both = cost('select a.id from payments a join other b on a.id = b.id');
  assert.equal(both?.unknown, 1);
  assert.equal(both && costText(both), 'reads at least 4 TB, $20.00 a run');
  assert.equal(cost('select id from other'), undefined);
});

test('a view and a plan cost nothing by themselves', () => {
  assert.equal(cost('create view v as select id from payments'), undefined);
  assert.equal(cost('explain select id from payments'), undefined);
});

test('of a file those statements are listed that have findings, with their places and figures', async () => {
  const text =
    'select id from payments where year = 2024;\nselect id from payments;\nselect id from unknown_table;\n';
  const file = await openFile({ path: 'a.sql', text, dialect: 'athena' });
  assert.ok(file);
  const options = { catalogs: { athena: catalog, redshift: catalog }, config: { rules: {} } };
  const { findings } = lintFile(file, options);
  const costs = costsIn(file, findings, catalog).filter(({ findings: own }) =>
    own.some(({ code }) => code === 'ATH101'),
  );
  assert.deepEqual(
    costs.map(({ start, cost: { usd } }) => [text.slice(start, start + 23), usd]),
    [['select id from payments', 20]],
  );
  assert.equal(costs[0]?.start, text.indexOf('\n') + 1);
});
