import type { Table } from '../../src/catalog/catalog';
import { catalogIndex } from '../../src/catalog/search';
import type { TreeNode } from '../../src/trees/node';
import { catalogShown } from '../../src/trees/catalogShown';
import { catalogTree } from '../../src/trees/catalogTree';
import type { Tree } from '../../src/trees/tree';
import { zonesTree } from '../../src/trees/zonesTree';
import { defaultPatterns } from '../../src/zones/zones';
import { connection, fakeCatalog, tableOf } from '../support/fakes';
import { nodeAt, outline } from '../support/outline';
import { keyStore } from '../zones/keyStore';

const signal = new AbortController().signal;
const goal = 'to stay under 50 ms';

/** What the trees compute with much shown, without the waiting for AWS: the median of eleven, in milliseconds. */
export async function treesBench(): Promise<readonly string[]> {
  return [...(await objects(100_000)), ...(await tables(10_000)), ...(await search(10_000))];
}

async function objects(count: number): Promise<readonly string[]> {
  const spare = 12_000;
  const keys = Array.from({ length: count + spare }, (_, at) => ({
    key: `raw/${String(at).padStart(6, '0')}.parquet`,
    bytes: at,
  }));
  const tree = zonesTree({
    store: keyStore(keys).store,
    connection: async () => connection,
    patterns: () => defaultPatterns,
    favourites: () => [{ bucket: 'b', key: 'raw/' }],
    pageSize: 1000,
  });
  const node = await nodeAt(tree.root, ['Favourites', 'b/raw/']);
  await loaded(tree, { node, pages: count / 1000 });
  const drawn = await median(() => childrenOf(node));
  const paged = await median(() => {
    tree.more(node.id);
    return childrenOf(node);
  });
  return [
    `${count.toLocaleString('en')} objects shown: drawn again in ${drawn}, a page of 1,000 more in ${paged} (${goal})`,
  ];
}

async function tables(count: number): Promise<readonly string[]> {
  const all = wideTables(count);
  const shown = catalogShown();
  const catalog = fakeCatalog({ tables: all });
  const tree = catalogTree({ catalog, connection: async () => connection, shown });
  const database = await nodeAt(tree.root, ['bank']);
  await loaded(tree, { node: database, pages: count / 100 });
  const last = all.at(-1);
  if (last === undefined) throw new Error('The bench has no tables.');
  const drawn = await median(() => childrenOf(database));
  const found = await median(() => {
    shown.find(database.id, last);
    return childrenOf(database);
  });
  const opened = await median(async () => outline(await nodeAt(database, [last.name]), 2));
  return [
    `${count.toLocaleString('en')} tables shown: drawn again in ${drawn}, one looked up in ${found}, one opened in ${opened} (${goal})`,
  ];
}

async function search(count: number): Promise<readonly string[]> {
  const index = catalogIndex();
  index.addTables(wideTables(count));
  const times: string[] = [];
  for (const text of ['t', 't77', 'attribute_2', 'bank attribute_11', 'nothing at all'])
    times.push(await median(async () => index.find(text, 200)));
  return [
    `${count.toLocaleString('en')} tables of 30 columns: a key of the search takes ${times.join(', ')} (${goal})`,
  ];
}

function wideTables(count: number): readonly Table[] {
  const columns = Array.from({ length: 30 }, (_, at) => ({ name: `attribute_${at}`, type: 'string' }));
  return Array.from({ length: count }, (_, at) => ({
    ...tableOf('bank.t(x int) by day date'),
    name: `t${at}`,
    columns,
  }));
}

async function loaded(
  tree: Tree,
  { node, pages }: { readonly node: TreeNode; readonly pages: number },
): Promise<void> {
  for (let page = 0; page < pages; page += 1) {
    await childrenOf(node);
    tree.more(node.id);
  }
}

async function childrenOf(node: TreeNode): Promise<readonly TreeNode[]> {
  return (await node.children?.(signal)) ?? [];
}

async function median(run: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < 11; round += 1) {
    const started = performance.now();
    await run();
    times.push(performance.now() - started);
  }
  return `${times.toSorted((a, b) => a - b)[5]?.toFixed(1)} ms`;
}
