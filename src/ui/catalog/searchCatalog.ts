import * as vscode from 'vscode';
import { formatCount, formatDuration } from '../../base/format';
import { isCancel, Problem } from '../../base/problem';
import type { CatalogReader } from '../../catalog/catalog';
import { catalogTitle } from '../../catalog/catalogId';
import { listTables, searchedKey, type Unlisted } from '../../catalog/listTables';
import { catalogIndex, type CatalogIndex, type SearchHit } from '../../catalog/search';
import type { Connection } from '../../connection/connection';
import { addedCatalogs } from './addedCatalogs';

/** Hits that are shown of one search: a list that nobody reads to its end. */
const mostHits = 200;

/** What was read of one connection's catalogs. */
interface Searched {
  readonly index: CatalogIndex;
  /** Databases that were listed to their end. */
  readonly complete: Set<string>;
  unlisted: readonly Unlisted[];
  /** When all was read; undefined while some of it is not. */
  at: Date | undefined;
  /** The listing under way. */
  listing: Promise<void> | undefined;
}

/** Catalogs as they were read for the search, for the life of the window; a refresh reads them again. */
export class CatalogSearch {
  readonly #kept = new Map<string, Searched>();

  /** What is known of a connection's catalogs; empty until `read`. */
  of(connection: Connection): Searched {
    const key = searchedKey(connection, catalogsOf());
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const fresh: Searched = {
      index: catalogIndex(),
      complete: new Set(),
      unlisted: [],
      at: undefined,
      listing: undefined,
    };
    this.#kept.set(key, fresh);
    return fresh;
  }

  /** Everything is read again by the next search. */
  forget(): void {
    this.#kept.clear();
  }

  /** Reads what was not read yet; what a cancel left off is read by the next one. */
  async read(
    reader: CatalogReader,
    { connection, onProgress }: { readonly connection: Connection; readonly onProgress?: () => void },
    signal: AbortSignal,
  ): Promise<Searched> {
    const searched = this.of(connection);
    if (searched.at !== undefined) return searched;
    if (searched.listing !== undefined) await searched.listing.catch(() => undefined);
    if (searched.at !== undefined) return searched;
    const unlisted = catalogsOf().flatMap(columnless);
    searched.unlisted = unlisted;
    searched.listing = listTables(
      reader,
      {
        connection,
        catalogs: catalogsOf(),
        except: searched.complete,
        onComplete: (key) => searched.complete.add(key),
        onDatabases: (catalog, databases) => searched.index.addDatabases(catalog, databases),
        onTables(tables) {
          searched.index.addTables(tables);
          onProgress?.();
        },
        onUnlisted: (one) => unlisted.push(one),
      },
      signal,
    );
    try {
      await searched.listing;
      searched.at = new Date();
    } finally {
      searched.listing = undefined;
    }
    return searched;
  }
}

function catalogsOf(): readonly (string | undefined)[] {
  return [undefined, ...addedCatalogs()];
}

/** Tables of a bucket are found by their names alone: their columns stand in a file of each. */
function columnless(catalog: string | undefined): Unlisted[] {
  if (catalog?.startsWith('s3tables:') !== true) return [];
  const what = `Columns of table bucket ${catalogTitle(catalog)}`;
  return [
    {
      what,
      why: new Problem(
        'S3 Tables lists the names of tables alone: open a table to see its columns.',
        'invalid',
      ),
    },
  ];
}

type HitItem = vscode.QuickPickItem & { readonly hit?: SearchHit };

/**
 * Asks for words and shows what has them while the catalog is still being listed; resolves with what was chosen,
 * `undefined` when the list was closed, which ends the listing too.
 */
export async function pickFromCatalog(
  search: CatalogSearch,
  { reader, connection }: { readonly reader: CatalogReader; readonly connection: Connection },
  text = '',
): Promise<SearchHit | undefined> {
  const list = vscode.window.createQuickPick<HitItem>();
  const again = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: 'Read the Catalog Again' };
  let stop = new AbortController();
  let failed: Problem | undefined;
  list.title = `Search Catalog of ${connection.name}`;
  list.value = text;
  list.buttons = [again];
  list.keepScrollPosition = true;
  let drawn = 0;
  const draw = (): void => {
    drawn = Date.now();
    const { index, unlisted, at } = search.of(connection);
    const age = at === undefined ? 0 : Date.now() - at.getTime();
    // What was read long ago may be another catalog by now: the button reads it again.
    const read = age < 5 * 60_000 ? '' : `, read ${formatDuration(age)} ago`;
    list.placeholder = `Parts of names, types and descriptions: ${countsOf(index, at === undefined && failed === undefined)}${read}`;
    const { hits, isCut } = index.find(list.value, mostHits);
    const items = [
      ...hits.map(itemOf),
      ...(isCut ? [note(`The first ${mostHits}: type more of it`, '', 'ellipsis')] : []),
      ...(hits.length === 0 && list.value.trim() !== '' && at !== undefined
        ? [note('Nothing is called so', `Searched ${countsOf(index, false)}`, 'info')]
        : []),
      ...(failed === undefined ? [] : [note('The listing ended early', failed.message, 'warning')]),
      ...unlisted.map(({ what, why }) => note(`${what} could not be read`, why.message, 'lock')),
    ];
    // Tables keep coming while somebody goes through the list: what is chosen stays chosen.
    const active = list.activeItems[0];
    list.items = items;
    const same = active === undefined ? undefined : items.find((item) => isSame(item, active));
    if (same !== undefined) list.activeItems = [same];
  };
  const read = async (): Promise<void> => {
    list.busy = true;
    failed = undefined;
    try {
      // Drawn a few times a second: a page of tables comes every few milliseconds.
      const onProgress = (): void => void (Date.now() - drawn > 250 && draw());
      await search.read(reader, { connection, onProgress }, stop.signal);
    } catch (error) {
      if (isCancel(error)) return;
      if (!(error instanceof Problem)) throw error;
      failed = error;
    } finally {
      list.busy = false;
    }
    draw();
  };
  try {
    return await new Promise<SearchHit | undefined>((resolve, reject) => {
      list.onDidChangeValue(() => {
        list.activeItems = []; // the best of the new hits comes first
        draw();
      });
      list.onDidTriggerButton(() => {
        stop.abort();
        stop = new AbortController();
        search.forget();
        read().catch(reject);
        draw();
      });
      list.onDidAccept(() => {
        const [item] = list.selectedItems;
        if (item?.hit !== undefined) resolve(item.hit);
      });
      list.onDidHide(() => resolve(undefined));
      list.show();
      draw();
      read().catch(reject);
    });
  } finally {
    stop.abort();
    list.dispose();
  }
}

function isSame(a: HitItem, b: HitItem): boolean {
  return a.label === b.label && a.description === b.description;
}

/** `10,000 tables and 300,000 columns of 37 databases`. */
export function countsOf({ counts }: CatalogIndex, isReading: boolean): string {
  const some = (count: number, word: string): string =>
    `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
  const all = `${some(counts.tables, 'table')} and ${some(counts.columns, 'column')} of ${some(counts.databases, 'database')}`;
  return isReading ? `${all} read so far…` : all;
}

function itemOf(hit: SearchHit): HitItem {
  // VS Code filters and sorts by labels; what is shown here is found by more than those.
  const always = { alwaysShow: true, hit };
  switch (hit.kind) {
    case 'database':
      return {
        ...always,
        label: hit.database.name,
        description: ['database', placeOf(hit.catalog)].filter(Boolean).join(' · '),
        ...detail(hit.database.description),
        iconPath: new vscode.ThemeIcon('database'),
      };
    case 'table':
      return {
        ...always,
        label: hit.table.name,
        description: [hit.table.database, placeOf(hit.table.catalog)].filter(Boolean).join(' · '),
        ...detail(hit.table.description),
        iconPath: new vscode.ThemeIcon(hit.table.kind === 'view' ? 'eye' : 'table'),
      };
    case 'column':
      return {
        ...always,
        label: hit.column.name,
        description: [hit.column.type, `${hit.table.database}.${hit.table.name}`, placeOf(hit.table.catalog)]
          .filter(Boolean)
          .join(' · '),
        ...detail(hit.column.comment),
        iconPath: new vscode.ThemeIcon('symbol-field'),
      };
  }
}

function placeOf(catalog: string | undefined): string {
  return catalog === undefined ? '' : catalogTitle(catalog);
}

function detail(text: string | undefined): { readonly detail?: string } {
  return text === undefined ? {} : { detail: text };
}

function note(label: string, more: string, icon: string): HitItem {
  return { label, detail: more, alwaysShow: true, iconPath: new vscode.ThemeIcon(icon) };
}
