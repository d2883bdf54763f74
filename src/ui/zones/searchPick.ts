import * as vscode from 'vscode';
import { formatBytes, formatCount, formatUsd } from '../../base/format';
import { isCancel } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import { listCost } from '../../zones/listPrice';
import type { StoredObject } from '../../zones/objectStore';
import { formatS3Uri } from '../../zones/s3Uri';
import type { FeatureParts } from '../featureParts';
import { tell } from '../guard';
import { revealOpened } from './revealPlace';

/** A search that can be run. */
export interface Search {
  readonly connection: Connection;
  readonly bucket: string;
  readonly glob: string;
  readonly run: (
    onProgress: (requests: number, waiting: number) => void,
    signal: AbortSignal,
  ) => AsyncIterable<StoredObject>;
}

interface FoundItem extends vscode.QuickPickItem {
  readonly key: string;
}

/** Shown at once; the search rests there until more are wanted, and pays for no further request. */
const pageSize = 1000;
const drawMs = 250;

/**
 * Lists what a search finds while it runs, in a list to choose from; the one that is chosen is shown in the Zones view.
 * Leaving the list ends the search. Returns the addresses that were found.
 */
export async function pickFound(parts: FeatureParts, search: Search): Promise<readonly string[]> {
  const { bucket, glob } = search;
  const stop = new AbortController();
  const found: FoundItem[] = [];
  let requests = 0;
  let most = pageSize;
  let goOn: (() => void) | undefined;
  let state: 'searching' | 'resting' | 'stopped' | 'done' = 'searching';
  const pick = vscode.window.createQuickPick<FoundItem>();
  const more = {
    iconPath: new vscode.ThemeIcon('debug-continue'),
    tooltip: `Find ${formatCount(pageSize)} more`,
  };
  const halt = { iconPath: new vscode.ThemeIcon('debug-stop'), tooltip: 'Stop the search' };
  const list = { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: 'Open what was found as a document' };
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.keepScrollPosition = true;

  const draw = (): void => {
    if (pick.items.length !== found.length) {
      // Whoever has gone down the list stays there while it grows.
      const { activeItems } = pick;
      pick.items = [...found];
      if (activeItems.length > 0) pick.activeItems = activeItems;
    }
    pick.busy = state === 'searching';
    const how = { searching: 'searching', resting: 'resting', stopped: 'stopped', done: 'all' }[state];
    pick.title = `${formatCount(found.length)} found (${how}) · ${formatCount(requests)} ${requests === 1 ? 'request' : 'requests'}, ${formatUsd(listCost(requests).usd)}`;
    pick.placeholder =
      found.length === 0 && state === 'done' ? `Nothing matches ${glob}` : formatS3Uri({ bucket, key: glob });
    pick.buttons = [...(state === 'resting' ? [more] : []), ...(state === 'searching' ? [halt] : []), list];
  };

  const run = async (): Promise<void> => {
    const timer = setInterval(draw, drawMs);
    try {
      for await (const object of search.run((made) => (requests = made), stop.signal)) {
        found.push(itemOf(object));
        if (found.length < most) continue;
        state = 'resting';
        draw();
        await new Promise<void>((resolve) => (goOn = resolve));
        if (stop.signal.aborted) return;
        state = 'searching';
      }
      state = 'done';
    } catch (error) {
      state = 'stopped';
      if (!isCancel(error)) tell(error, parts.log); // what was found stays
    } finally {
      clearInterval(timer);
    }
  };

  const chosen = await new Promise<FoundItem | undefined>((resolve) => {
    pick.onDidTriggerButton(async (button) => {
      if (button === more) {
        most += pageSize;
        goOn?.();
      } else if (button === halt) stop.abort();
      else {
        await openList(search, found);
        resolve(undefined);
      }
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item !== undefined) resolve(item);
    });
    pick.onDidHide(() => resolve(undefined));
    draw();
    pick.show();
    void run().then(draw);
  });
  stop.abort();
  goOn?.();
  pick.dispose();
  if (chosen !== undefined) await show(parts, search, chosen.key);
  return found.map(({ key }) => formatS3Uri({ bucket, key }));
}

async function show(parts: FeatureParts, { connection, bucket }: Search, key: string): Promise<void> {
  const place = { bucket, key, kind: 'object' as const };
  await parts.zones.memory.open(connection, place);
  await revealOpened(parts.views.zones, { connection, place });
}

async function openList({ bucket }: Search, found: readonly FoundItem[]): Promise<void> {
  const content = found.map(({ key }) => `${formatS3Uri({ bucket, key })}\n`).join('');
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ content, language: 'plaintext' }),
  );
}

function itemOf({ key, bytes, modifiedAt, storageClass }: StoredObject): FoundItem {
  const facts = [
    formatBytes(bytes),
    modifiedAt === undefined ? '' : `${modifiedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    storageClass ?? '',
  ];
  return {
    key,
    label: key,
    description: facts.filter((fact) => fact !== '').join(' · '),
    iconPath: new vscode.ThemeIcon('file'),
  };
}
