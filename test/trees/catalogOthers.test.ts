import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CatalogReader, Table } from '../../src/catalog/catalog';
import type { CatalogDirectory, CatalogListing } from '../../src/catalog/catalogDirectory';
import { databaseNodeId } from '../../src/trees/catalogNodes';
import { catalogShown } from '../../src/trees/catalogShown';
import { catalogNodeId, catalogTree } from '../../src/trees/catalogTree';
import type { TreeNode } from '../../src/trees/node';
import { connection, fakeCatalog, fault, pageOf, tableOf } from '../support/fakes';
import { nodeAt, outline } from '../support/outline';

const signal = new AbortController().signal;
const partner = 'glue:444455556666';
const bucket = 's3tables:arn:aws:s3tables:eu-west-1:111122223333:bucket/risk';
const childrenOf = async (node: TreeNode): Promise<readonly TreeNode[]> =>
  (await node.children?.(signal)) ?? [];

/** The own catalog and two others, each with one database; `denied` is the id of one that may not be read. */
function reader(denied?: string): CatalogReader {
  const own = fakeCatalog({ tables: [tableOf('bank.tx(id bigint) by day date')] });
  const rates: Table = { ...tableOf('market.rates(rate double) by day date'), catalog: partner };
  const limits: Table = { ...tableOf('risk.limits()', { kind: 'iceberg' }), catalog: bucket };
  const others: Readonly<Record<string, Table>> = { [partner]: rates, [bucket]: limits };
  const of = (catalog: string): Table => {
    const table = others[catalog];
    if (catalog === denied || table === undefined) throw fault('denied', `The catalog ${catalog} is closed.`);
    return table;
  };
  return {
    databases: async (at, request, stop) =>
      request.catalog === undefined
        ? own.databases(at, request, stop)
        : { items: [{ name: of(request.catalog).database }] },
    tables: async (at, request, stop) =>
      request.catalog === undefined ? own.tables(at, request, stop) : { items: [of(request.catalog)] },
    table: async (at, request, stop) =>
      request.catalog === undefined ? own.table(at, request, stop) : of(request.catalog),
    partitions: async (_, { table }) => {
      throw fault('invalid', `Athena lists no partitions of ${table.name}.`);
    },
  };
}

test('with one catalog its databases stand at the top; with more, each catalog has a node', async () => {
  let added: readonly string[] = [];
  const tree = catalogTree({ catalog: reader(), connection: async () => connection, added: () => added });
  assert.equal(await outline(tree.root, 1), 'Glue catalog\n  bank');
  added = [partner, bucket, partner];
  assert.equal(
    await outline(tree.root, 3),
    `Glue catalog
  AwsDataCatalog  test
    bank
      tx
  444455556666  Glue catalog of another account
    market
      rates
  risk  S3 table bucket
    risk
      limits  Iceberg`,
  );
});

test('a database keeps its id when catalogs come beside it, and no two nodes share one', async () => {
  let added: readonly string[] = [];
  const tree = catalogTree({ catalog: reader(), connection: async () => connection, added: () => added });
  const alone = await nodeAt(tree.root, ['bank']);
  added = [partner];
  const below = await nodeAt(tree.root, ['AwsDataCatalog', 'bank']);
  assert.equal(below.id, alone.id);
  const ids: string[] = [];
  const walk = async (node: TreeNode): Promise<void> => {
    ids.push(node.id);
    for (const child of await childrenOf(node)) await walk(child);
  };
  await walk(tree.root);
  assert.equal(new Set(ids).size, ids.length);
});

test('a catalog that is denied says so at its own node and hides no other', async () => {
  const tree = catalogTree({
    catalog: reader(partner),
    connection: async () => connection,
    added: () => [partner, 'not a catalog', bucket],
  });
  assert.equal(
    await outline(tree.root, 2),
    `Glue catalog
  AwsDataCatalog  test
    bank
  444455556666  Glue catalog of another account
    Not permitted  The catalog ${partner} is closed.
  not a catalog  “not a catalog” is no catalog: add catalogs by an account id, an ARN or the name of a data catalog of Athena.
  risk  S3 table bucket
    risk`,
  );
});

test('tables of another catalog carry it to every command, and the linter is not told of them', async () => {
  const told: string[] = [];
  const { root } = catalogTree({
    catalog: reader(),
    connection: async () => connection,
    added: () => [partner],
    onTables: (_, tables) => told.push(...tables.map(({ name }) => name)),
  });
  const table = await nodeAt(root, ['444455556666', 'market', 'rates']);
  assert.equal(table.menu, 'table.other');
  assert.deepEqual(table.subject, {
    kind: 'table',
    connection,
    catalog: partner,
    database: 'market',
    table: 'rates',
  });
  const column = await nodeAt(table, ['columns', 'rate']);
  assert.deepEqual(
    [column.menu, column.subject?.kind === 'column' && column.subject.catalog],
    ['column.other', partner],
  );
  const [none] = await childrenOf(await nodeAt(table, ['partitions']));
  assert.equal(none?.label, 'Not listed by 444455556666');
  await childrenOf(await nodeAt(root, ['AwsDataCatalog', 'bank']));
  assert.deepEqual(told, ['tx']);
});

test('columns that a listing does not tell are read when they are opened', async () => {
  const asked: string[] = [];
  const { root } = catalogTree({
    catalog: reader(),
    connection: async () => connection,
    added: () => [bucket],
    describe: async (_, name) => {
      asked.push(`${name.catalog ?? ''} ${name.name}`);
      return tableOf('risk.limits(amount double)');
    },
  });
  const columns = await nodeAt(root, ['risk', 'risk', 'limits', 'columns']);
  assert.deepEqual([columns.hint, asked], [undefined, []]);
  assert.equal(await outline(columns), 'columns\n  amount  double');
  assert.deepEqual(asked, [`${bucket} limits`]);
});

test('other catalogs are looked for only when somebody opens them, each list by itself', async () => {
  const asked: CatalogListing[] = [];
  const directory: CatalogDirectory = {
    catalogs: async (_, { listing, next }) => {
      asked.push(listing);
      if (listing === 's3tables') throw fault('denied', 'S3 Tables is closed.');
      const found = [1, 2, 3].map((at) => ({
        id: `glue:44445555666${at}`,
        name: `shop ${at}`,
        what: 'Glue',
      }));
      return listing === 'shared' ? pageOf(found, next, 2) : { items: [] };
    },
    dataCatalog: async () => {
      throw fault('missing');
    },
  };
  const tree = catalogTree({ catalog: reader(), connection: async () => connection, directory });
  const other = await nodeAt(tree.root, ['Other catalogs']);
  assert.deepEqual(asked, []);
  assert.equal(
    await outline(other, 2),
    `Other catalogs
  Shared by other accounts
    shop 1  Glue
    shop 2  Glue
    Load more…  2 loaded
  Glue catalogs
    No catalogs beside the account’s own
  Data catalogs of Athena
    No data catalogs beside AwsDataCatalog
  S3 table buckets
    Not permitted  S3 Tables is closed.`,
  );
  const shared = await nodeAt(other, ['Shared by other accounts']);
  assert.ok(tree.more(shared.id));
  assert.equal((await childrenOf(shared)).length, 3);
  const shop = await nodeAt(shared, ['shop 1']);
  assert.deepEqual(
    [shop.menu, shop.subject],
    ['catalog.found', { kind: 'catalog', connection, catalog: 'glue:444455556661' }],
  );
});

test('connections stand side by side, and one that cannot be used leaves the others', async () => {
  const second = { ...connection, name: 'second' };
  const tree = catalogTree({
    catalog: reader(),
    connection: async () => connection,
    others: () => [
      { id: 'second', label: 'second', resolve: async () => second },
      {
        id: 'third',
        label: 'third',
        resolve: async () => Promise.reject(fault('invalid', 'No such profile.')),
      },
    ],
  });
  assert.equal(
    await outline(tree.root, 2),
    `Glue catalog
  test  eu-west-1
    bank
  second  eu-west-1
    bank
  third  No such profile.
    Cannot be asked  No such profile.`,
  );
  const [first, other] = await childrenOf(tree.root);
  assert.deepEqual([first?.menu, other?.menu], ['connection', 'connection.added']);
});

test('a filter lists what is named so, is said on the database, and is lifted by an empty text', async () => {
  const asked: (string | undefined)[] = [];
  const tables = ['orders', 'order_lines', 'customers'].map((name) => tableOf(`bank.${name}(id bigint)`));
  const lake = fakeCatalog({ tables });
  const shown = catalogShown();
  const tree = catalogTree({
    catalog: {
      ...lake,
      tables: async (at, request, stop) => {
        asked.push(request.named);
        const page = await lake.tables(at, request, stop);
        return {
          items: page.items.filter(({ name }) => request.named === undefined || name.includes(request.named)),
        };
      },
    },
    connection: async () => connection,
    shown,
  });
  const bank = await nodeAt(tree.root, ['bank']);
  assert.equal((await childrenOf(bank)).length, 3);
  shown.filter(bank.id, ' order ');
  tree.forget(bank.id);
  assert.equal(await outline(bank, 1), 'bank  only “order”\n  orders\n  order_lines');
  shown.filter(bank.id, 'nothing');
  tree.forget(bank.id);
  assert.equal(await outline(bank, 1), 'bank  only “nothing”\n  No table is named “nothing”');
  shown.filter(bank.id, '');
  tree.forget(bank.id);
  assert.equal((await childrenOf(bank)).length, 3);
  assert.deepEqual(asked, [undefined, 'order', 'nothing', undefined]);
});

test('a table that was looked up stands before the pages, and is as it was read last', async () => {
  const tables = Array.from({ length: 5 }, (_, at) => tableOf(`bank.t${at}(x int)`));
  const shown = catalogShown();
  const tree = catalogTree({
    catalog: fakeCatalog({ tables, pageSize: 2 }),
    connection: async () => connection,
    shown,
  });
  const bank = await nodeAt(tree.root, ['bank']);
  const labels = async () =>
    (await childrenOf(bank)).map(({ label, hint }) => `${label}${hint === undefined ? '' : ` ${hint}`}`);
  await labels();
  const id = databaseNodeId(catalogNodeId({ connection }), 'bank');
  assert.equal(id, bank.id);
  shown.find(id, tableOf('bank.t4(x int)'));
  shown.find(id, tableOf('bank.t1(x int)', { format: 'parquet' }));
  assert.deepEqual(await labels(), ['t4', 't0', 't1 Parquet', 'Load more… 2 loaded']);
  tree.more(bank.id);
  await labels();
  tree.more(bank.id);
  assert.deepEqual(await labels(), ['t0', 't1 Parquet', 't2', 't3', 't4'], 'it is not told twice');
  tree.forget(bank.id);
  assert.deepEqual(await labels(), ['t0', 't1', 'Load more… 2 loaded']);
});

test('the first page of a table list takes two round trips', async () => {
  const tables = Array.from({ length: 300 }, (_, at) => tableOf(`bank.t${at}(x int)`));
  const lake = fakeCatalog({ tables });
  const directory: CatalogDirectory = {
    catalogs: async () => Promise.reject(fault('denied')),
    dataCatalog: async () => Promise.reject(fault('denied')),
  };
  const tree = catalogTree({ catalog: lake, connection: async () => connection, directory });
  const [bank] = await childrenOf(tree.root);
  assert.ok(bank);
  assert.equal((await childrenOf(bank)).length, 101);
  assert.deepEqual(lake.requests, ['databases', 'tables']);
});

test('with ten thousand tables shown, a redraw and a table looked up ask for nothing again', async () => {
  const columns = Array.from({ length: 30 }, (_, at) => ({ name: `attribute_${at}`, type: 'string' }));
  const tables = Array.from({ length: 10_100 }, (_, at): Table => ({
    ...tableOf('bank.t(x int) by day date'),
    name: `t${at}`,
    columns,
  }));
  const shown = catalogShown();
  const lake = fakeCatalog({ tables });
  const tree = catalogTree({ catalog: lake, connection: async () => connection, shown });
  const bank = await nodeAt(tree.root, ['bank']);
  for (let page = 0; page < 100; page += 1) {
    await childrenOf(bank);
    tree.more(bank.id);
  }
  assert.equal((await childrenOf(bank)).length, 10_100);
  const last = tables.at(-1);
  assert.ok(last);
  const asked = lake.requests.length;
  await childrenOf(bank);
  shown.find(bank.id, last);
  await childrenOf(bank);
  assert.equal(lake.requests.length, asked);
  assert.match(await outline(await nodeAt(bank, ['t9000']), 2), /attribute_29 +string/);
});

test('the way to other catalogs stays when the own one is denied, and waits while nobody is signed in', async () => {
  const directory: CatalogDirectory = {
    catalogs: async () => ({ items: [] }),
    dataCatalog: async () => {
      throw fault('missing');
    },
  };
  const labelsWhen = async (kind: 'denied' | 'signed-out' | 'throttled'): Promise<readonly string[]> => {
    const catalog: CatalogReader = {
      ...reader(),
      databases: async () => {
        throw fault(kind);
      },
    };
    const tree = catalogTree({ catalog, connection: async () => connection, directory });
    return (await childrenOf(tree.root)).map(({ label }) => label);
  };
  assert.equal((await labelsWhen('denied')).at(-1), 'Other catalogs');
  assert.equal((await labelsWhen('signed-out')).length, 1);
  assert.equal((await labelsWhen('throttled')).length, 1);
});
