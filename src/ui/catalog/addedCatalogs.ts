import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { readCatalog } from '../../catalog/catalogId';

/** The ids of the catalogs that the settings show beside an account's own; what names none stays as it is written. */
export function addedCatalogs(): readonly string[] {
  return written().map((text) => {
    try {
      return readCatalog(text);
    } catch (error) {
      // The tree shows it with what is wrong with it.
      if (error instanceof Problem) return text;
      throw error;
    }
  });
}

/** Adds a catalog to the settings; nothing where it is there. */
export async function keepCatalog(id: string): Promise<void> {
  if (addedCatalogs().includes(id)) return;
  await keep([...written(), id]);
}

/** Takes a catalog out of the settings, however it is written there. */
export async function dropCatalog(id: string): Promise<void> {
  const ids = addedCatalogs();
  await keep(written().filter((_, at) => ids[at] !== id));
}

function written(): readonly string[] {
  const set = vscode.workspace.getConfiguration('lakeWorkbench.catalog').get<readonly unknown[]>('catalogs');
  return (set ?? []).filter((one): one is string => typeof one === 'string' && one.trim() !== '');
}

/** Where it is set already, else for the workspace, whose account it belongs to. */
async function keep(catalogs: readonly string[]): Promise<void> {
  const settings = vscode.workspace.getConfiguration('lakeWorkbench.catalog');
  const set = settings.inspect('catalogs');
  const inWorkspace =
    set?.workspaceValue !== undefined ||
    (set?.globalValue === undefined && vscode.workspace.workspaceFolders !== undefined);
  await settings.update(
    'catalogs',
    catalogs.length === 0 ? undefined : catalogs,
    inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}
