import * as vscode from 'vscode';
import { connectionKey } from '../../connection/connection';
import type { NodeSubject } from '../../trees/node';

type TableSubject = Extract<NodeSubject, { kind: 'table' }>;

/**
 * Which table's page is looked at, so that commands on the page know what they act on. A Markdown preview tells nothing
 * of what it shows but the label of its tab, which ends with the name of the file.
 */
export class ShownTables implements vscode.Disposable {
  /** By file name; undefined where pages of one name are about several tables. */
  readonly #tables = new Map<string, TableSubject | undefined>();
  readonly #own: readonly vscode.Disposable[];

  constructor() {
    const tell = (): void => {
      // The menus of the page ask for it.
      const isShown = this.current() !== undefined;
      void vscode.commands.executeCommand('setContext', 'lakeWorkbench.catalogPage', isShown);
    };
    const { tabGroups } = vscode.window;
    this.#own = [tabGroups.onDidChangeTabs(tell), tabGroups.onDidChangeTabGroups(tell)];
  }

  /** Notes what the page of a file is about, before it is shown. */
  note(path: string, table: TableSubject): void {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const before = this.#tables.get(name);
    const isKnown = this.#tables.has(name);
    this.#tables.set(name, !isKnown || (before !== undefined && isSame(before, table)) ? table : undefined);
  }

  /** The table whose page is the active tab. */
  current(): TableSubject | undefined {
    const label = vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    const name = label.slice(label.lastIndexOf(' ') + 1);
    return this.#tables.get(name);
  }

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }
}

function isSame(a: TableSubject, b: TableSubject): boolean {
  return (
    connectionKey(a.connection) === connectionKey(b.connection) &&
    a.catalog === b.catalog &&
    a.database === b.database &&
    a.table === b.table
  );
}

/** Where a table's pages lie: names of one table in several catalogs are told apart. */
export function tablePath({ catalog, database, table }: Omit<TableSubject, 'kind' | 'connection'>): string {
  const folder = catalog === undefined ? '' : `${encodeURIComponent(catalog)}/`;
  return `${folder}${database}/${database}.${table}`;
}
