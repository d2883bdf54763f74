import * as vscode from 'vscode';
import { isCancel, Problem } from '../../base/problem';
import { catalogListings, type CatalogDirectory, type CatalogEntry } from '../../catalog/catalogDirectory';
import { readCatalog } from '../../catalog/catalogId';
import type { Connection } from '../../connection/connection';
import { addedCatalogs } from './addedCatalogs';

/** Pages of one listing that are read for a choice. */
const mostPages = 5;

type CatalogItem = vscode.QuickPickItem & { readonly id?: string };

/**
 * Asks which catalog is meant: one of those that can be found, each list as it comes, or any by what is typed. Resolves
 * with its id, `undefined` when the list was closed. A list that is denied says so and leaves the others.
 */
export async function askCatalog(
  directory: CatalogDirectory,
  connection: Connection,
): Promise<string | undefined> {
  const list = vscode.window.createQuickPick<CatalogItem>();
  const stop = new AbortController();
  const found = new Map<string, readonly CatalogItem[]>();
  const typed = (): readonly CatalogItem[] => {
    const text = list.value.trim();
    if (text === '') return [];
    const icon = (id: string): vscode.ThemeIcon => new vscode.ThemeIcon(id);
    try {
      const id = readCatalog(text);
      return [{ label: text, description: 'as typed', alwaysShow: true, iconPath: icon('edit'), id }];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return found.size === 0
        ? [{ label: text, detail: error.message, alwaysShow: true, iconPath: icon('warning') }]
        : [];
    }
  };
  const draw = (): void => {
    list.items = [
      ...catalogListings.flatMap(({ id, title }) => {
        const items = found.get(id) ?? [];
        return items.length === 0
          ? []
          : [{ label: title, kind: vscode.QuickPickItemKind.Separator }, ...items];
      }),
      ...typed(),
    ];
  };
  list.title = 'Add Catalog';
  list.placeholder =
    'A catalog to show beside the account’s own: choose, or type an account id, an ARN or a name';
  list.matchOnDescription = true;
  list.busy = true;
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      list.onDidChangeValue(draw);
      list.onDidAccept(() => {
        const [item] = list.selectedItems;
        if (item?.id !== undefined) resolve(item.id);
      });
      list.onDidHide(() => resolve(undefined));
      list.show();
      const asked = catalogListings.map(async ({ id }) => {
        found.set(id, await itemsOf(directory, { connection, listing: id }, stop.signal));
        draw();
      });
      Promise.all(asked)
        .then(() => void (list.busy = false))
        .catch((error: unknown) => {
          if (!isCancel(error)) reject(error instanceof Error ? error : new Error(String(error)));
        });
    });
  } finally {
    stop.abort();
    list.dispose();
  }
}

async function itemsOf(
  directory: CatalogDirectory,
  request: { readonly connection: Connection; readonly listing: (typeof catalogListings)[number]['id'] },
  signal: AbortSignal,
): Promise<readonly CatalogItem[]> {
  const { connection, listing } = request;
  const entries: CatalogEntry[] = [];
  let next: string | undefined;
  const added = new Set(addedCatalogs());
  try {
    for (let page = 0; page < mostPages; page += 1) {
      const got = await directory.catalogs(
        connection,
        { listing, ...(next === undefined ? {} : { next }) },
        signal,
      );
      entries.push(...got.items);
      next = got.next;
      if (next === undefined) break;
    }
  } catch (error) {
    if (isCancel(error) || !(error instanceof Problem)) throw error;
    const label = 'Could not be listed';
    return [{ label, detail: error.message, alwaysShow: true, iconPath: new vscode.ThemeIcon('lock') }];
  }
  return entries
    .filter(({ id }) => !added.has(id))
    .map(({ id, name, what, description }) => ({
      label: name,
      description: what,
      ...(description === undefined ? {} : { detail: description }),
      iconPath: new vscode.ThemeIcon('library'),
      id,
    }));
}
