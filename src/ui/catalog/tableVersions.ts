import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { TableName } from '../../catalog/catalog';
import { catalogPlace, catalogTitle } from '../../catalog/catalogId';
import type { TableVersion } from '../../catalog/tableDetails';
import type { Connection } from '../../connection/connection';
import {
  tableVersionsPage,
  versionChanges,
  versionDiffPage,
  versionLine,
} from '../../trees/catalogVersionsPage';
import { tableDdl } from '../../trees/tableDdl';
import { anyTableOf, nameIn, type NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { tablePath } from '../pages/shownTables';
import { withCancel } from '../withCancel';

/** Two versions by their ids, none for all of them; `ddl` shows both statements side by side. */
export interface VersionsChoice {
  readonly versions?: readonly string[];
  readonly as?: 'page' | 'ddl';
}

/**
 * Shows the versions of a table, what one changed in another, or both as DDL; asks which unless they are given.
 * Returns the page's address, `undefined` when nothing was chosen.
 */
export async function showTableVersions(
  parts: FeatureParts,
  given: NodeArgument,
  choice?: VersionsChoice,
): Promise<vscode.Uri | undefined> {
  const subject = anyTableOf(given);
  const { connection } = subject;
  const name = nameIn(subject);
  refuseOthers(name);
  const title = `${name.database}.${name.name}`;
  const read = versionsReader(parts, connection, name);
  await read.more();
  const chosen =
    choice === undefined
      ? await chooseVersions(title, read)
      : { ...choice, versions: await found(read, choice.versions ?? []) };
  if (chosen === undefined) return undefined;
  const now = new Date();
  const path = tablePath(subject);
  const [after, before] = pairOf(chosen.versions, read.all());
  if (after === undefined) {
    const text = tableVersionsPage(title, read.all(), { hasMore: read.hasMore(), now });
    return await parts.pages.show({ connection, path: `${path}.versions.md`, text });
  }
  if (before === undefined) {
    throw new Problem(
      `Version ${after.id} is the oldest that Glue keeps of ${title}: there is none to compare it with.`,
      'missing',
    );
  }
  const pair = `${path}.${before.id}-${after.id}`;
  if (chosen.as !== 'ddl') {
    const text = versionDiffPage(title, { before, after }, now);
    return await parts.pages.show({ connection, path: `${pair}.md`, text });
  }
  const uri = (version: TableVersion): vscode.Uri =>
    parts.pages.keep({ connection, path: `${path}.${version.id}.sql`, text: tableDdl(version.table) });
  const right = uri(after);
  const label = `${title}: version ${before.id} ↔ ${after.id}`;
  await vscode.commands.executeCommand('vscode.diff', uri(before), right, label);
  return right;
}

function refuseOthers({ catalog, database, name }: TableName): void {
  const { kind } = catalogPlace(catalog);
  if (kind === 'own' || kind === 'glue' || kind === 'athena') return;
  throw new Problem(
    `${database}.${name} is a table of ${catalogTitle(catalog)}, of which Glue keeps no versions: open Show Iceberg Snapshots for its schemas.`,
    'invalid',
  );
}

interface VersionsReader {
  /** Newest first. */
  readonly all: () => readonly TableVersion[];
  readonly hasMore: () => boolean;
  /** Reads the next hundred. */
  readonly more: () => Promise<void>;
}

function versionsReader(parts: FeatureParts, connection: Connection, table: TableName): VersionsReader {
  const versions: TableVersion[] = [];
  let next: string | undefined;
  let isDone = false;
  return {
    all: () => versions,
    hasMore: () => !isDone,
    async more() {
      if (isDone) return;
      const { details } = await parts.ports();
      const page = await withCancel('Reading the versions of the table…', (_, signal) =>
        details.versions(connection, { table, ...(next === undefined ? {} : { next }) }, signal),
      );
      versions.push(...page.items);
      next = page.next;
      isDone = next === undefined;
    },
  };
}

/** The versions of some ids, read as far back as they lie; a Problem for one that there is not. */
async function found(read: VersionsReader, ids: readonly string[]): Promise<readonly TableVersion[]> {
  const missing = (): string | undefined =>
    ids.find((id) => !read.all().some((version) => version.id === id));
  while (missing() !== undefined && read.hasMore()) await read.more();
  const id = missing();
  if (id !== undefined) {
    throw new Problem(`Glue keeps no version ${id} of the table: choose one that is listed.`, 'missing');
  }
  return read.all().filter((version) => ids.includes(version.id));
}

/** The newer of two and the other; of one alone, that before it. */
function pairOf(
  chosen: readonly TableVersion[],
  all: readonly TableVersion[],
): readonly [after: TableVersion | undefined, before: TableVersion | undefined] {
  const [first, second] = chosen.toSorted((a, b) => Number(b.id) - Number(a.id));
  if (first === undefined) return [undefined, undefined];
  return [first, second ?? all[all.findIndex(({ id }) => id === first.id) + 1]];
}

type VersionItem = vscode.QuickPickItem & { readonly version: TableVersion };

async function chooseVersions(
  title: string,
  read: VersionsReader,
): Promise<{ readonly versions: readonly TableVersion[]; readonly as: 'page' | 'ddl' } | undefined> {
  const list = vscode.window.createQuickPick<VersionItem>();
  const asDdl = { iconPath: new vscode.ThemeIcon('diff'), tooltip: 'Compare as DDL' };
  const older = { iconPath: new vscode.ThemeIcon('history'), tooltip: 'Load Older Versions' };
  const draw = (): void => {
    const all = read.all();
    const now = new Date();
    list.buttons = read.hasMore() ? [older, asDdl] : [asDdl];
    list.items = all.map((version, at) => ({
      label: `Version ${version.id}${at === 0 ? ' (current)' : ''}`,
      description: versionLine(version, now),
      detail: versionChanges(version, all[at + 1])
        .slice(0, 4)
        .join(' · '),
      version,
    }));
  };
  list.title = `Versions of ${title}`;
  list.placeholder = 'Two to compare, one to compare with the version before it, none for all as a page';
  list.canSelectMany = true;
  list.matchOnDetail = true;
  try {
    return await new Promise((resolve, reject) => {
      const end = (as: 'page' | 'ddl'): void => {
        const versions = list.selectedItems.map(({ version }) => version);
        if (versions.length > 2) list.placeholder = 'Choose two at most';
        else resolve({ versions, as });
      };
      list.onDidTriggerButton((button) => {
        if (button !== older) return end('ddl');
        list.busy = true;
        read
          .more()
          .then(draw)
          .catch(reject)
          .finally(() => (list.busy = false));
      });
      list.onDidAccept(() => end('page'));
      list.onDidHide(() => resolve(undefined));
      draw();
      list.show();
    });
  } finally {
    list.dispose();
  }
}
