import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogTree } from '../../src/trees/catalogTree';
import { connection, fakeCatalog, fault, tableOf } from '../support/fakes';
import { nodeAt, outline } from '../support/outline';

const signal = new AbortController().signal;

test('the catalog tree shows databases, tables, columns, keys and partitions', async () => {
  const catalog = fakeCatalog({
    tables: [
      tableOf('bank.tx(id bigint, amount double) by year int, month int', {
        kind: 'hive',
        format: 'parquet',
      }),
      tableOf('bank.v(id bigint)', { kind: 'view' }),
      tableOf('bank.p(id bigint) by day date', { parameters: { 'projection.enabled': 'true' } }),
    ],
    partitions: {
      tx: [
        { values: ['2024', '1'], location: 's3://b/tx/year=2024/month=1/' },
        { values: ['2024', '__HIVE_DEFAULT_PARTITION__'] },
      ],
    },
  });
  const tree = catalogTree({ catalog, connection: async () => connection });
  assert.equal(
    await outline(tree.root),
    `Glue catalog
  bank
    tx  Parquet
      columns  2
        id  bigint
        amount  double
      partition keys  year int · month int
        year  int
        month  int
      partitions
        year=2024/month=1
        year=2024/month=NULL
    v  view
      columns  1
        id  bigint
    p
      columns  1
        id  bigint
      partition keys  day date
        day  date
      partitions
        Computed by partition projection`,
  );
});

test('menus tell tables, partitioned tables, views, columns and partitions apart', async () => {
  const catalog = fakeCatalog({
    tables: [
      tableOf('d.a(x int)'),
      tableOf('d.b(x int) by k int'),
      tableOf('d.c(x int)', { kind: 'view' }),
      tableOf('d.e(x int)', { kind: 'iceberg' }),
    ],
    partitions: { b: [{ values: ['1'], location: 's3://b/k=1/' }] },
  });
  const { root } = catalogTree({ catalog, connection: async () => connection });
  const menu = async (...path: string[]) => (await nodeAt(root, path)).menu;
  assert.equal(await menu('d'), 'database');
  assert.equal(await menu('d', 'a'), 'table');
  assert.equal(await menu('d', 'b'), 'table.partitioned');
  assert.equal(await menu('d', 'c'), 'view');
  assert.equal(await menu('d', 'e'), 'table.iceberg');
  assert.equal(await menu('d', 'a', 'columns', 'x'), 'column');
  const partition = await nodeAt(root, ['d', 'b', 'partitions', 'k=1']);
  assert.equal(partition.menu, 'partition');
  assert.deepEqual(partition.subject, {
    kind: 'partition',
    connection,
    database: 'd',
    table: 'b',
    values: ['1'],
    location: 's3://b/k=1/',
  });
});

test('tables of a long database are loaded page by page, and each is told to the linter once', async () => {
  const tables = Array.from({ length: 5 }, (_, at) => tableOf(`d.t${at}(x int)`));
  const told: string[] = [];
  const tree = catalogTree({
    catalog: fakeCatalog({ tables, pageSize: 2 }),
    connection: async () => connection,
    onTables: (_connection, page) => told.push(...page.map((table) => table.name)),
  });
  const database = await nodeAt(tree.root, ['d']);
  const labels = async () => ((await database.children?.(signal)) ?? []).map((node) => node.label);
  assert.deepEqual(await labels(), ['t0', 't1', 'Load more…']);
  tree.more(database.id);
  tree.more(database.id);
  assert.deepEqual(await labels(), ['t0', 't1', 't2', 't3', 'Load more…']);
  tree.more(database.id);
  assert.deepEqual(await labels(), ['t0', 't1', 't2', 't3', 't4']);
  assert.deepEqual(told, ['t0', 't1', 't2', 't3', 't4']);
});

test('two redraws at once share one load', async () => {
  const catalog = fakeCatalog({ tables: [tableOf('d.t(x int)')] });
  const tree = catalogTree({ catalog, connection: async () => connection });
  const both = await Promise.all([tree.root.children?.(signal), tree.root.children?.(signal)]);
  assert.deepEqual(
    both.map((nodes) => nodes?.map((node) => node.label)),
    [['d'], ['d']],
  );
  assert.deepEqual(catalog.requests, ['databases']);
});

test('a cancelled load shows nothing and is done again by the next', async () => {
  let cancel = true;
  const catalog = fakeCatalog({
    tables: [tableOf('d.t(x int)')],
    before: () => {
      if (cancel) throw new DOMException('stop', 'AbortError');
    },
  });
  const tree = catalogTree({ catalog, connection: async () => connection });
  await assert.rejects(async () => tree.root.children?.(signal), { name: 'AbortError' });
  cancel = false;
  assert.equal(await outline(tree.root, 1), 'Glue catalog\n  d');
});

for (const [kind, label, command] of [
  ['denied', 'Not permitted', 'lakeWorkbench.showPermission'],
  ['signed-out', 'Sign in', 'lakeWorkbench.signIn'],
  ['throttled', 'AWS asks to slow down: try again', 'lakeWorkbench.loadMore'],
  ['offline', 'Not reachable: try again', 'lakeWorkbench.loadMore'],
] as const) {
  test(`a catalog that is ${kind} says so with what to do, and comes back by itself when opened again`, async () => {
    let broken = true;
    const catalog = fakeCatalog({
      tables: [tableOf('d.t(x int)')],
      before: () => {
        if (broken) throw fault(kind, 'A sentence of AWS.');
      },
    });
    const tree = catalogTree({ catalog, connection: async () => connection });
    const [node] = (await tree.root.children?.(signal)) ?? [];
    assert.equal(node?.label, label);
    assert.equal(node?.hint, 'A sentence of AWS.');
    assert.equal(node?.command?.id, command);
    broken = false;
    assert.equal(await outline(tree.root, 1), 'Glue catalog\n  d');
  });
}

test('an error that is nobody’s Problem is not hidden', async () => {
  const catalog = fakeCatalog({
    tables: [],
    before: () => {
      throw new TypeError('a bug');
    },
  });
  const tree = catalogTree({ catalog, connection: async () => connection });
  await assert.rejects(async () => tree.root.children?.(signal), TypeError);
});
