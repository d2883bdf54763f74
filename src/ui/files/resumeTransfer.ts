import * as vscode from 'vscode';
import { formatCount, formatDuration } from '../../base/format';
import { Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import { downloadState } from '../../transfer/download';
import type { TransferSource } from '../../transfer/listBelow';
import { removalState } from '../../transfer/undoRemoval';
import { forgetJournal, type ReadJournal, unfinishedJournals } from '../../transfer/transferJournal';
import { uploadState } from '../../transfer/uploadState';
import { parseS3Uri, type S3Place } from '../../zones/s3Uri';
import { discardDownload, resumeDownload } from './downloadCommands';
import type { FilesParts } from './filesParts';
import { discardUpload, resumeUpload } from './uploadCommands';

/** What would be asked about an unfinished transfer. */
export interface ResumeAnswers {
  /** Path of its journal; absent: the newest. */
  readonly journal?: string;
  readonly action: 'resume' | 'undo' | 'discard';
}

/** What changes are listed again with. */
export interface ChangeLister {
  readonly list: (change: {
    readonly connection: Connection;
    readonly source: TransferSource;
    readonly kind: 'delete' | 'copy' | 'move';
    readonly target?: S3Place;
  }) => Promise<unknown>;
  readonly bringBack: (change: {
    readonly connection: Connection;
    readonly source: TransferSource;
    readonly journal: ReadJournal;
  }) => Promise<unknown>;
}

/** Lists transfers that did not come to their end, of windows before too, and goes on with or discards the chosen one. */
export async function resumeTransfer(
  parts: FilesParts,
  lister: ChangeLister,
  given?: ResumeAnswers,
): Promise<unknown> {
  const journals = (await unfinishedJournals(parts.journals)).filter(({ path }) => !parts.running.has(path));
  if (journals.length === 0)
    throw new Problem('Every transfer came to its end: there is nothing to resume.', 'missing');
  const journal =
    given === undefined
      ? await choose(journals)
      : journals.find(({ path }) => given.journal === undefined || path === given.journal);
  if (journal === undefined) return undefined;
  const action = given?.action ?? (await chooseAction(journal));
  if (action === undefined) return undefined;
  return await carryOut(parts, lister, { journal, action });
}

async function carryOut(
  parts: FilesParts,
  lister: ChangeLister,
  { journal, action }: { readonly journal: ReadJournal; readonly action: ResumeAnswers['action'] },
): Promise<unknown> {
  const { head, path } = journal;
  switch (head.what) {
    case 'upload':
      return action === 'discard' ? await discardUpload(parts, path) : await resumeUpload(parts, path);
    case 'download':
      return action === 'discard' ? await discardDownload(path) : await resumeDownload(parts, path);
    case 'delete':
    case 'copy':
    case 'move':
  }
  if (action === 'discard') return await forgetJournal(path);
  const { source } = head;
  if (source === undefined) throw new Problem(`${path} is no journal of a change.`, 'invalid');
  const connection = await parts.connectionOf(head.connection);
  if (action === 'undo') return await lister.bringBack({ connection, source, journal });
  const target = parseS3Uri(head.to);
  const listed = await lister.list({
    connection,
    source,
    kind: head.what,
    ...(target === undefined ? {} : { target }),
  });
  // A copy takes up what its journal knows; a deletion begins anew with what is left.
  return listed;
}

async function choose(journals: readonly ReadJournal[]): Promise<ReadJournal | undefined> {
  const now = Date.now();
  const items = journals.map((journal) => ({
    label: journal.head.title,
    description: `stopped, begun ${formatDuration(Math.max(0, now - Date.parse(journal.head.at)))} ago`,
    detail: progressOf(journal),
    journal,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Resume Transfer',
    placeHolder: 'Transfers that did not come to their end',
  });
  return picked?.journal;
}

function progressOf({ head, lines }: ReadJournal): string {
  switch (head.what) {
    case 'upload': {
      const { items, done, open } = uploadState(lines);
      const parts = open.size === 0 ? '' : `, ${formatCount(open.size)} with parts in S3 that are billed`;
      return `${formatCount(done.size)} of ${formatCount(items.size)} files arrived${parts}`;
    }
    case 'download': {
      const { items, done } = downloadState(lines);
      return `${formatCount(done.size)} of ${formatCount(items.size)} files arrived in ${head.to}`;
    }
    case 'delete':
    case 'copy':
    case 'move':
  }
  const { markers, lost } = removalState(lines);
  const copied = lines.filter(({ kind }) => kind === 'copied').length;
  return [
    ...(head.what === 'delete' ? [] : [`${formatCount(copied)} copied`]),
    ...(head.what === 'copy' ? [] : [`${formatCount(markers.size + lost)} removed`]),
  ].join(', ');
}

async function chooseAction(journal: ReadJournal): Promise<ResumeAnswers['action'] | undefined> {
  const { head } = journal;
  const isTransfer = head.what === 'upload' || head.what === 'download';
  const canUndo = !isTransfer && removalState(journal.lines).markers.size > 0;
  const items: (vscode.QuickPickItem & { readonly action: ResumeAnswers['action'] })[] = [
    isTransfer
      ? { label: 'Resume', detail: 'Sends only what is left', action: 'resume' }
      : { label: 'List What Is Left', detail: 'Nothing happens before you have seen it', action: 'resume' },
    ...(canUndo
      ? [{ label: 'Bring Back…', detail: 'Removes the delete markers it made', action: 'undo' as const }]
      : []),
    {
      label: 'Discard',
      detail: isTransfer
        ? 'Throws away its unfinished parts; what arrived whole stays'
        : 'Forgets its journal; what it did stays as it is',
      action: 'discard',
    },
  ];
  return (await vscode.window.showQuickPick(items, { title: head.title }))?.action;
}
