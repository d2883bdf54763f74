import { Problem } from '../../base/problem';
import { catalogPlace, readCatalog } from '../../catalog/catalogId';
import type { SearchHit } from '../../catalog/search';
import type { Connection } from '../../connection/connection';
import type { ConnectionSettings } from '../../connection/resolve';
import { addConnection, removeConnection } from '../zones/zonesConnections';
import type { AwsPorts } from '../../ports/awsPorts';
import { newQuery, subjectOf, type NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { withStatus } from '../withCancel';
import { askCatalog } from './addCatalog';
import { dropCatalog, keepCatalog } from './addedCatalogs';
import { editComment } from './editComment';
import { filterTables } from './filterTables';
import { showIcebergFiles } from './icebergFiles';
import { measureLocation } from './measureLocation';
import { revealInCatalog, type CatalogTarget } from './revealInCatalog';
import { CatalogSearch, pickFromCatalog } from './searchCatalog';
import { showTableVersions, type VersionsChoice } from './tableVersions';

/** A search without its list: what is looked for. */
export interface SearchRequest {
  readonly text: string;
}

/** What a search found, as plain data. */
export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** Tables that were searched. */
  readonly tables: number;
  /** What could not be read, with why. */
  readonly unread: readonly string[];
}

/** The commands of the Catalog view by their ids. */
export function catalogCommandsOf(parts: FeatureParts) {
  const search = new CatalogSearch();
  const reveal = (target: CatalogTarget) =>
    revealInCatalog(target, { shown: parts.workbench.catalogShown, catalog: parts.views.catalog });
  return {
    'lakeWorkbench.addCatalog': (given?: NodeArgument | string) => addCatalog(parts, given),
    'lakeWorkbench.removeCatalog': (given: NodeArgument) => removeCatalog(given),
    'lakeWorkbench.addConnectionToCatalog': (given?: ConnectionSettings) =>
      addConnection({ others: parts.catalogConnections, connections: parts.connections }, given),
    'lakeWorkbench.removeConnectionFromCatalog': (given?: NodeArgument) =>
      removeConnection(parts.catalogConnections, given),
    'lakeWorkbench.searchCatalog': (given?: SearchRequest) => searchCatalog(parts, search, given),
    // A menu passes the chosen nodes behind the node: only a text is a filter.
    'lakeWorkbench.filterTables': (given: NodeArgument, text?: unknown) =>
      filterTables(parts, given, typeof text === 'string' ? text : undefined),
    'lakeWorkbench.showTableVersions': (given?: unknown, choice?: VersionsChoice | readonly unknown[]) =>
      showTableVersions(parts, tableHere(given), isChoice(choice) ? choice : undefined),
    'lakeWorkbench.editComment': (given?: unknown, text?: unknown) =>
      editComment(parts, tableHere(given), typeof text === 'string' ? text : undefined),
    'lakeWorkbench.newQuery': (given?: unknown) => newQuery(tableHere(given), parts.ports),
    'lakeWorkbench.measureLocation': (given?: unknown) => measureLocation(parts, tableHere(given)),
    'lakeWorkbench.showIcebergFiles': (given: NodeArgument, snapshot?: unknown) =>
      showIcebergFiles(parts, given, typeof snapshot === 'string' ? snapshot : undefined),
    'lakeWorkbench.revealTable': async (given: {
      readonly database: string;
      readonly table: string;
    }): Promise<void> => {
      const connection = await parts.workbench.use();
      const { catalog } = await parts.ports();
      const name = { database: given.database, name: given.table };
      const table = await withStatus('Reading the table…', (signal) =>
        catalog.table(connection, name, signal),
      );
      await reveal({ connection, database: table.database, table });
    },
  } as const;

  /** The node of a menu, else the table whose page is looked at: the title of an editor passes something of its own. */
  function tableHere(given: unknown): NodeArgument {
    if (isNode(given)) return given;
    const table = parts.pages.tables.current();
    if (table !== undefined) return table;
    throw new Problem(
      'No table is chosen: run this from its menu in the Catalog view, or on its page.',
      'invalid',
    );
  }

  async function searchCatalog(
    { ports, workbench }: FeatureParts,
    index: CatalogSearch,
    given: SearchRequest | undefined,
  ): Promise<SearchResult | undefined> {
    const connection = await workbench.use();
    const { catalog: reader } = await ports();
    if (given !== undefined) {
      const searched = await withStatus('Reading the catalog…', (signal) =>
        index.read(reader, { connection }, signal),
      );
      return {
        hits: searched.index.find(given.text, 200).hits,
        tables: searched.index.counts.tables,
        unread: searched.unlisted.map(({ what, why }) => `${what}: ${why.message}`),
      };
    }
    const hit = await pickFromCatalog(index, { reader, connection });
    if (hit !== undefined) await reveal(targetOf(connection, hit));
    return undefined;
  }
}

function isNode(given: unknown): given is NodeArgument {
  return typeof given === 'object' && given !== null && ('kind' in given || 'label' in given);
}

function isChoice(choice: VersionsChoice | readonly unknown[] | undefined): choice is VersionsChoice {
  return choice !== undefined && !Array.isArray(choice);
}

function targetOf(connection: Connection, hit: SearchHit): CatalogTarget {
  if (hit.kind === 'database') {
    const { catalog, database } = hit;
    return { connection, ...(catalog === undefined ? {} : { catalog }), database: database.name };
  }
  const { table } = hit;
  return {
    connection,
    ...(table.catalog === undefined ? {} : { catalog: table.catalog }),
    database: table.database,
    table,
    ...(hit.kind === 'column' ? { column: hit.column.name } : {}),
  };
}

/** Shows a catalog beside the account's own: that of a node, one that is named, or one that is asked for. */
async function addCatalog(
  { ports, workbench }: FeatureParts,
  given: NodeArgument | string | undefined,
): Promise<string | undefined> {
  if (typeof given === 'string') {
    const id = await checked(await ports(), await workbench.use(), readCatalog(given));
    await keepCatalog(id);
    return id;
  }
  const subject = given === undefined ? undefined : subjectOf(given);
  if (subject?.kind === 'catalog' && subject.catalog !== undefined) {
    await keepCatalog(subject.catalog);
    return subject.catalog;
  }
  const connection = subject?.connection ?? (await workbench.use());
  const lake = await ports();
  const chosen = await askCatalog(lake.directory, connection);
  if (chosen === undefined) return undefined;
  const id = await checked(lake, connection, chosen);
  await keepCatalog(id);
  return id;
}

/** The id of a catalog that was typed: a name that Athena does not know is told now, and not as an empty node. */
async function checked({ directory }: AwsPorts, connection: Connection, id: string): Promise<string> {
  const place = catalogPlace(id);
  if (place.kind !== 'athena') return id;
  try {
    const entry = await withStatus('Looking the catalog up…', (signal) =>
      directory.dataCatalog(connection, { name: place.name }, signal),
    );
    return entry.id;
  } catch (error) {
    // Who may not look it up may still list what is in it.
    if (error instanceof Problem && error.kind === 'denied') return id;
    throw error;
  }
}

async function removeCatalog(given: NodeArgument): Promise<void> {
  const subject = subjectOf(given);
  if (subject.kind !== 'catalog' || subject.catalog === undefined) {
    throw new Problem(
      'Only a catalog that was added can be removed from the view: choose one of those.',
      'invalid',
    );
  }
  await dropCatalog(subject.catalog);
}
