import { Problem } from '../../base/problem';
import type { Table } from '../../catalog/catalog';
import { catalogTitle } from '../../catalog/catalogId';
import { connectionKey, type Connection } from '../../connection/connection';
import { databaseNodeId } from '../../trees/catalogNodes';
import type { CatalogShown } from '../../trees/catalogShown';
import { catalogNodeId } from '../../trees/catalogTree';
import type { TreeNode } from '../../trees/node';
import type { ShownTree } from '../commands/reveal';

/** Pages of databases that are loaded on the way to one: a hundred each. */
const mostPages = 50;

/** A place in the Catalog view: a database, one of its tables, or a column of that. */
export interface CatalogTarget {
  readonly connection: Connection;
  readonly catalog?: string;
  readonly database: string;
  /** As it was found; shown even where the page that lists it is not loaded. */
  readonly table?: Table;
  readonly column?: string;
}

/** Opens the Catalog view at a database, a table or a column; a Problem where its catalog is not shown. */
export async function revealInCatalog(
  target: CatalogTarget,
  { shown, catalog }: { readonly shown: CatalogShown; readonly catalog: ShownTree },
): Promise<TreeNode> {
  const { tree, view } = catalog;
  const { connection, database, table, column } = target;
  const at = await catalogAt(target, catalog);
  const list = catalogNodeId({
    connection,
    ...(target.catalog === undefined ? {} : { catalog: target.catalog }),
  });
  let found: TreeNode | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const children = await tree.getChildren(at);
    found = children.find(({ subject }) => subject?.kind === 'database' && subject.database === database);
    const hasMore = children.some(({ id }) => id === `${list}|more`);
    if (found !== undefined || !hasMore || !tree.more(list)) break;
  }
  if (found === undefined) throw notShown(database, target);
  const databaseId = databaseNodeId(list, database);
  if (table !== undefined) {
    const isTable = ({ subject }: TreeNode): boolean =>
      subject?.kind === 'table' && subject.table === table.name;
    let node = (await tree.getChildren(found)).find(isTable);
    if (node === undefined) {
      shown.find(databaseId, table);
      tree.drawWhere(({ id }) => id === databaseId);
      node = (await tree.getChildren(found)).find(isTable);
    }
    if (node === undefined) throw notShown(`${database}.${table.name}`, target);
    found = column === undefined ? node : ((await columnOf(node, column, catalog)) ?? node);
  }
  await view.reveal(found, { select: true, focus: true, expand: column === undefined });
  return found;
}

/** The node below which the databases of a catalog stand; undefined where that is the root. */
async function catalogAt(
  { connection, catalog }: CatalogTarget,
  { tree }: ShownTree,
): Promise<TreeNode | undefined> {
  let at: TreeNode | undefined;
  let children = await tree.getChildren();
  const isHere = ({ subject }: TreeNode): boolean =>
    subject !== undefined && connectionKey(subject.connection) === connectionKey(connection);
  const ofConnection = children.find(({ menu }) => menu?.startsWith('connection') === true);
  if (ofConnection !== undefined) {
    at = children.find((node) => node.subject?.kind === 'connection' && isHere(node));
    if (at === undefined) throw notShown(`connection ${connection.name}`, { connection });
    children = await tree.getChildren(at);
  }
  const catalogs = children.filter(({ subject }) => subject?.kind === 'catalog');
  if (catalogs.length === 0 && catalog === undefined) return at;
  const found = catalogs.find(
    (node) => node.subject?.kind === 'catalog' && node.subject.catalog === catalog && isHere(node),
  );
  if (found === undefined) throw notShown(`catalog ${catalogTitle(catalog)}`, { connection });
  return found;
}

async function columnOf(table: TreeNode, column: string, { tree }: ShownTree): Promise<TreeNode | undefined> {
  for (const group of await tree.getChildren(table)) {
    if (group.menu !== 'columns' && group.menu !== 'keys') continue;
    const found = (await tree.getChildren(group)).find(
      ({ subject }) => subject?.kind === 'column' && subject.column === column,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function notShown(what: string, { connection }: Pick<CatalogTarget, 'connection'>): Problem {
  return new Problem(
    `Catalog does not show ${what} for ${connection.name}: refresh the view, or check the name and the connection.`,
    'missing',
  );
}
