import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogShown } from '../../../src/trees/catalogShown';
import { catalogTree, type CatalogTreeOptions } from '../../../src/trees/catalogTree';
import type { TreeNode } from '../../../src/trees/node';
import { revealInCatalog } from '../../../src/ui/catalog/revealInCatalog';
import type { ShownTree } from '../../../src/ui/commands/reveal';
import { connection, fakeCatalog, tableOf } from '../../support/fakes';

const signal = new AbortController().signal;

/** A view over a tree, as far as revealing needs one; notes what was drawn again and revealed. */
function shownTree(options: Partial<CatalogTreeOptions> & Pick<CatalogTreeOptions, 'catalog'>) {
  const shown = catalogShown();
  const tree = catalogTree({ connection: async () => connection, shown, ...options });
  const drawn: string[] = [];
  const revealed: TreeNode[] = [];
  const seen = new Map<string, TreeNode>();
  const view = {
    tree: {
      getChildren: async (node: TreeNode = tree.root) => {
        const children = (await node.children?.(signal)) ?? [];
        for (const child of children) seen.set(child.id, child);
        return children;
      },
      more: (id: string) => tree.more(id),
      drawWhere: (wanted: (node: TreeNode) => boolean) => {
        drawn.push(...[...seen.values()].filter(wanted).map(({ label }) => label));
      },
    },
    view: { reveal: async (node: TreeNode) => void revealed.push(node) },
  };
  return { parts: { shown, catalog: view as unknown as ShownTree }, drawn, revealed };
}

test('a table on a page that is not loaded, of a database that is not either, is shown all the same', async () => {
  const tables = Array.from({ length: 25 }, (_, at) => tableOf(`db_${String(at).padStart(2, '0')}.t(x int)`));
  const many = Array.from({ length: 9 }, (_, at) => tableOf(`db_24.t${at}(x int)`));
  const catalog = fakeCatalog({ tables: [...tables, ...many], pageSize: 4 });
  const { parts, drawn, revealed } = shownTree({ catalog });
  const wanted = many.at(-1);
  assert.ok(wanted);
  const node = await revealInCatalog({ connection, database: 'db_24', table: wanted }, parts);
  assert.deepEqual([node.label, revealed[0]?.label, drawn], ['t8', 't8', ['db_24']]);
  const listed = catalog.requests.length;
  const first = tables.at(-1);
  assert.ok(first);
  await revealInCatalog({ connection, database: 'db_24', table: first }, parts);
  assert.deepEqual(drawn, ['db_24'], 'what is listed is not drawn again');
  assert.equal(catalog.requests.length, listed, 'and nothing further is asked for');
});

test('a column is revealed below its table, and one that is gone leaves the table', async () => {
  const table = tableOf('d.t(x int) by day date');
  const { parts } = shownTree({ catalog: fakeCatalog({ tables: [table] }) });
  const label = async (column: string) =>
    (await revealInCatalog({ connection, database: 'd', table, column }, parts)).label;
  assert.deepEqual([await label('x'), await label('day'), await label('gone')], ['x', 'day', 't']);
});

test('the way leads through catalogs and connections where there are several', async () => {
  const table = tableOf('d.t(x int)');
  const catalog = fakeCatalog({ tables: [table] });
  const second = { ...connection, name: 'second' };
  const { parts } = shownTree({
    catalog,
    others: () => [{ id: 'second', label: 'second', resolve: async () => second }],
    added: () => ['glue:444455556666'],
  });
  const own = await revealInCatalog({ connection: second, database: 'd', table }, parts);
  assert.equal(own.subject?.connection.name, 'second');
  const other = { ...table, catalog: 'glue:444455556666' };
  const shared = await revealInCatalog(
    { connection, catalog: 'glue:444455556666', database: 'd', table: other },
    parts,
  );
  assert.equal(shared.menu, 'table.other');
});

test('what the view does not show is said: a database, a catalog, a connection', async () => {
  const { parts } = shownTree({ catalog: fakeCatalog({ tables: [tableOf('d.t(x int)')] }) });
  const refuses = (target: object, message: RegExp) =>
    assert.rejects(revealInCatalog({ connection, database: 'd', ...target }, parts), {
      kind: 'missing',
      message,
    });
  await refuses({ database: 'gone' }, /^Catalog does not show gone for test: refresh the view/);
  await refuses({ catalog: 'glue:444455556666' }, /does not show catalog 444455556666/);
  const several = shownTree({
    catalog: fakeCatalog({ tables: [] }),
    others: () => [{ id: 'b', label: 'b', resolve: async () => ({ ...connection, name: 'b' }) }],
  });
  await assert.rejects(
    revealInCatalog({ connection: { ...connection, name: 'c' }, database: 'd' }, several.parts),
    { message: /does not show connection c for c/ },
  );
});
