import { join } from 'node:path';
import * as vscode from 'vscode';
import { formatBytes, formatCount } from '../../base/format';
import { Problem } from '../../base/problem';
import { connectionKey, type Connection } from '../../connection/connection';
import {
  discardDownloads,
  downloadObjects,
  downloadState,
  type DownloadLine,
  type DownloadResult,
  type DownloadState,
} from '../../transfer/download';
import {
  chosenDownloads,
  planDownload,
  type DownloadItem,
  type DownloadPlan,
} from '../../transfer/downloadPlan';
import { isFolder, sourceBase, sourceName, type TransferSource } from '../../transfer/listBelow';
import { beginJournal, forgetJournal, openJournal, readJournal } from '../../transfer/transferJournal';
import { downloadQuestion, transferProgress, transferSummary } from '../../transfer/transferQuestions';
import { lastPart } from '../../zones/s3Uri';
import type { NodeArgument } from '../commands/nodeCommands';
import { withCancel } from '../withCancel';
import { alone, type FilesParts, optionsOf, sourceOf } from './filesParts';
import { askTransfer, tellEnd } from './transferDialogs';

/** What would be asked about a download. */
export interface DownloadAnswers {
  /** A path. */
  readonly folder?: string;
  readonly choice?: 'replace' | 'keep';
}

interface Work {
  readonly connection: Connection;
  readonly source: TransferSource;
  readonly folder: string;
  readonly resumed?: { readonly path: string; readonly before: DownloadState };
}

/** The commands that download, by their ids. */
export function downloadCommands(parts: FilesParts) {
  return {
    'lakeWorkbench.downloadObjects': async (given: NodeArgument, answers?: DownloadAnswers) => {
      const { connection, source } = sourceOf(given);
      const { folder: told, choice } = optionsOf<DownloadAnswers>(answers);
      const folder = told ?? (await chooseFolder(sourceName(source)));
      return folder === undefined ? undefined : await download(parts, { connection, source, folder }, choice);
    },
  } as const;
}

/** Goes on with a download that did not come to its end. */
export async function resumeDownload(
  parts: FilesParts,
  path: string,
  choice?: 'replace' | 'keep',
): Promise<DownloadResult | undefined> {
  const { head, lines } = await readJournal(path);
  const { source } = head;
  if (source === undefined) throw new Problem(`${path} is no journal of a download.`, 'invalid');
  const connection = await parts.connectionOf(head.connection);
  const resumed = { path, before: downloadState(lines) };
  return await download(parts, { connection, source, folder: head.to, resumed }, choice);
}

/** Removes what a download left unfinished on the disk, and its journal. */
export async function discardDownload(path: string): Promise<void> {
  await discardDownloads(downloadState((await readJournal(path)).lines));
  await forgetJournal(path);
}

async function download(
  parts: FilesParts,
  work: Work,
  told: 'replace' | 'keep' | undefined,
): Promise<DownloadResult | undefined> {
  const { connection, source, folder, resumed } = work;
  const { store } = await parts.ports();
  const plan = await withCancel(`Listing ${sourceName(source)}`, (report, signal) =>
    planDownload(
      store,
      {
        connection,
        source,
        folder,
        base: baseOf(source),
        disk: {
          windows: process.platform === 'win32',
          ignoresCase: process.platform === 'win32' || process.platform === 'darwin',
        },
        onProgress: (found) => report(`${formatCount(found)} objects`),
      },
      signal,
    ),
  );
  const left = resumed === undefined ? plan : { ...plan, items: plan.items.filter(isLeft(resumed.before)) };
  const isAgreed = resumed !== undefined && left.items.every(({ replaces }) => !replaces);
  const choice = told ?? (isAgreed ? 'keep' : await askTransfer(downloadQuestion(left)));
  return choice === undefined ? undefined : await run(parts, { ...work, plan: left, choice });
}

/** Not yet on the disk, or another object since. */
function isLeft({ items, done }: DownloadState): (item: DownloadItem) => boolean {
  return ({ key, etag }) => !done.has(key) || items.get(key)?.etag !== etag;
}

async function run(
  parts: FilesParts,
  work: Work & { readonly plan: DownloadPlan; readonly choice: 'replace' | 'keep' },
): Promise<DownloadResult> {
  const { connection, source, folder, plan, choice, resumed } = work;
  const { store } = await parts.ports();
  const items = chosenDownloads(plan, choice);
  const from = sourceName(source);
  const bytes = formatBytes(items.reduce((sum, one) => sum + one.bytes, 0));
  const journal =
    resumed === undefined
      ? await beginJournal<DownloadLine>(parts.journals, {
          what: 'download',
          connection: connectionKey(connection),
          at: new Date().toISOString(),
          title: `Download ${formatCount(items.length)} files (${bytes}) from ${from}`,
          source,
          to: folder,
        })
      : await openJournal<DownloadLine>(resumed.path);
  let result: DownloadResult;
  try {
    result = await alone(parts, journal.path, () =>
      withCancel(`Downloading ${from}`, (report, signal) =>
        downloadObjects(
          store,
          {
            connection,
            bucket: source.bucket,
            folder,
            items,
            journal,
            ...(resumed === undefined ? {} : { before: resumed.before }),
            onProgress: (progress) => report(transferProgress(progress, items)),
          },
          signal,
        ),
      ),
    );
  } finally {
    await journal.close();
  }
  const isWhole = result.failed.length === 0 && result.stopped === undefined;
  if (isWhole) await forgetJournal(journal.path);
  tellEnd(parts, {
    message: transferSummary({
      verb: 'Downloaded',
      files: result.done,
      total: items.length,
      bytes: result.bytes,
      place: `to ${folder}`,
      failed: result.failed,
      ...(result.stopped === undefined ? {} : { stopped: result.stopped }),
      kept: 'What came so far stays, and resuming fetches the rest.',
    }),
    isWhole,
    stopped: result.stopped,
    resume: () => resumeDownload(parts, journal.path),
    discard: () => discardDownload(journal.path),
    discards: true,
    list: {
      connection,
      title: `Download from ${from}`,
      failed: result.failed.map(({ item, problem }) => ({ name: item.key, problem })),
    },
  });
  return result;
}

/** A prefix keeps its own name on the disk, as a folder does that is copied; a bucket's objects stand by themselves. */
function baseOf(source: TransferSource): string {
  const base = sourceBase(source);
  return isFolder(source) ? base.slice(0, base.length - lastPart(base).length) : base;
}

async function chooseFolder(name: string): Promise<string | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: `Download ${name} To`,
      openLabel: 'Download Here…',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return chosen === undefined ? undefined : join(chosen.fsPath);
}
