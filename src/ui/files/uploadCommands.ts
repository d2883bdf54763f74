import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { formatBytes } from '../../base/format';
import { Problem } from '../../base/problem';
import { connectionKey, type Connection } from '../../connection/connection';
import { confirmationFor } from '../../transfer/confirmation';
import { localFiles, type FoundFiles, type LocalFile } from '../../transfer/localFiles';
import {
  beginJournal,
  forgetJournal,
  openJournal,
  readJournal,
  type OpenJournal,
} from '../../transfer/transferJournal';
import { transferProgress, transferSummary, uploadQuestion } from '../../transfer/transferQuestions';
import { discardUploads, uploadFiles, type UploadResult } from '../../transfer/upload';
import { chosenUploads, planUpload, type UploadPlan } from '../../transfer/uploadPlan';
import { uploadState, type UploadLine, type UploadState } from '../../transfer/uploadState';
import { formatS3Uri, parseS3Uri } from '../../zones/s3Uri';
import type { NodeArgument } from '../commands/nodeCommands';
import { withCancel } from '../withCancel';
import { askConfirmation } from './askConfirmation';
import { alone, type FilesParts, optionsOf, placeBelow, refuseReadOnly } from './filesParts';
import { askTransfer, tellEnd } from './transferDialogs';

/** What would be asked about an upload. */
export interface UploadAnswers {
  readonly paths?: readonly string[];
  readonly choice?: 'replace' | 'keep';
  /** What would be typed where it overwrites much, or over production. */
  readonly answer?: string;
}

interface Target {
  readonly connection: Connection;
  readonly bucket: string;
  readonly prefix: string;
}

/** The commands that upload, by their ids. */
export function uploadCommands(parts: FilesParts) {
  return {
    'lakeWorkbench.uploadFiles': (given: NodeArgument, answers?: UploadAnswers) =>
      upload(parts, { target: placeBelow(given), what: 'files' }, optionsOf(answers)),
    'lakeWorkbench.uploadFolder': (given: NodeArgument, answers?: UploadAnswers) =>
      upload(parts, { target: placeBelow(given), what: 'folder' }, optionsOf(answers)),
  } as const;
}

/** Uploads what is chosen after showing what it would do; `undefined` when nothing was chosen. */
async function upload(
  parts: FilesParts,
  { target, what }: { readonly target: Target; readonly what: 'files' | 'folder' },
  answers: UploadAnswers,
): Promise<UploadResult | undefined> {
  const name = formatS3Uri({ bucket: target.bucket, key: target.prefix });
  refuseReadOnly(target.connection, name);
  const paths = answers.paths ?? (await choosePaths(name, what));
  if (paths === undefined || paths.length === 0) return undefined;
  const found = await withCancel('Looking at the files', (_, signal) => localFiles(paths, signal));
  return await planAndRun(parts, { target, found }, answers);
}

/** Goes on with an upload that did not come to its end. */
export async function resumeUpload(
  parts: FilesParts,
  path: string,
  answers: UploadAnswers = {},
): Promise<UploadResult | undefined> {
  const { head, lines } = await readJournal(path);
  const place = parseS3Uri(head.to);
  if (place === undefined) throw new Problem(`${path} is no journal of an upload.`, 'invalid');
  const connection = await parts.connectionOf(head.connection);
  refuseReadOnly(connection, head.to);
  const before = uploadState(lines);
  const target = { connection, bucket: place.bucket, prefix: place.key };
  const found = await filesLeft(before, place.key);
  return await planAndRun(parts, { target, found, resumed: { path, before } }, answers);
}

/** Throws away what an upload left in S3, and its journal. */
export async function discardUpload(parts: FilesParts, path: string): Promise<void> {
  const { head, lines } = await readJournal(path);
  const place = parseS3Uri(head.to);
  const { open } = uploadState(lines);
  if (place !== undefined && open.size > 0) {
    const connection = await parts.connectionOf(head.connection);
    const { writer } = await parts.ports();
    await withCancel('Discarding the parts', (_, signal) =>
      discardUploads(writer, { connection, bucket: place.bucket, open }, signal),
    );
  }
  await forgetJournal(path);
}

/** Files of a journal that did not arrive, as they are on the disk now. */
async function filesLeft(before: UploadState, prefix: string): Promise<FoundFiles> {
  const files: LocalFile[] = [];
  const left: { path: string; why: string }[] = [];
  for (const { key, path } of before.items.values()) {
    if (before.done.has(key)) continue;
    try {
      const now = await stat(path);
      files.push({
        path,
        name: key.slice(prefix.length),
        bytes: now.size,
        changedAt: Math.floor(now.mtimeMs),
      });
    } catch {
      left.push({ path, why: 'it is not there any more' });
    }
  }
  return { files, left };
}

interface Work {
  readonly target: Target;
  readonly found: FoundFiles;
  readonly resumed?: { readonly path: string; readonly before: UploadState };
}

async function planAndRun(
  parts: FilesParts,
  work: Work,
  answers: UploadAnswers,
): Promise<UploadResult | undefined> {
  const { target, found, resumed } = work;
  const { connection, bucket, prefix } = target;
  const ports = await parts.ports();
  const plan = await withCancel('Looking at what is there', (report, signal) =>
    planUpload(
      ports.store,
      {
        connection,
        bucket,
        prefix,
        found,
        onProgress: (looked) => report(`${looked} of ${found.files.length} files`),
      },
      signal,
    ),
  );
  // What was agreed to once is only asked again where there is something new to say.
  const isAgreed = resumed !== undefined && plan.existing.length === 0;
  const choice = answers.choice ?? (isAgreed ? 'keep' : await askTransfer(uploadQuestion(plan)));
  if (choice === undefined || !(await mayOverwrite({ plan, connection, choice }, answers.answer)))
    return undefined;
  const title = `${found.files.length} files (${formatBytes(found.files.reduce((sum, { bytes }) => sum + bytes, 0))})`;
  const to = formatS3Uri({ bucket, key: prefix });
  const journal =
    resumed === undefined
      ? await beginJournal<UploadLine>(parts.journals, {
          what: 'upload',
          connection: connectionKey(connection),
          at: new Date().toISOString(),
          title: `Upload ${title} to ${to}`,
          to,
        })
      : await openJournal<UploadLine>(resumed.path);
  return await run(parts, { ...work, plan, choice, journal });
}

async function run(
  parts: FilesParts,
  work: Work & {
    readonly plan: UploadPlan;
    readonly choice: 'replace' | 'keep';
    readonly journal: OpenJournal<UploadLine>;
  },
): Promise<UploadResult> {
  const { target, plan, choice, journal, resumed } = work;
  const { connection, bucket, prefix } = target;
  const { writer } = await parts.ports();
  const items = chosenUploads(plan, choice);
  const to = formatS3Uri({ bucket, key: prefix });
  let result: UploadResult;
  try {
    const sent = new Set(items.map(({ key }) => key));
    // What is kept as it is there is settled, too.
    for (const { key } of plan.items) if (!sent.has(key)) await journal.note({ kind: 'done', key });
    result = await alone(parts, journal.path, () =>
      withCancel(`Uploading to ${to}`, (report, signal) =>
        uploadFiles(
          writer,
          {
            connection,
            bucket,
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
    parts.onChanged({ bucket, prefix });
  }
  const { open } = uploadState((await readJournal(journal.path)).lines);
  const isWhole = result.failed.length === 0 && result.stopped === undefined;
  if (isWhole) await forgetJournal(journal.path);
  tellEnd(parts, {
    message: transferSummary({
      verb: 'Uploaded',
      files: result.done,
      total: items.length,
      bytes: result.bytes,
      place: `to ${to}`,
      failed: result.failed,
      ...(result.stopped === undefined ? {} : { stopped: result.stopped }),
      kept:
        open.size === 0
          ? 'Resuming sends the rest.'
          : 'Parts that were sent stay in S3 and are billed until it is resumed or discarded.',
    }),
    isWhole,
    stopped: result.stopped,
    resume: () => resumeUpload(parts, journal.path),
    discard: () => discardUpload(parts, journal.path),
    discards: open.size > 0,
    list: {
      connection,
      title: `Upload to ${to}`,
      failed: result.failed.map(({ item, problem }) => ({ name: item.path, problem })),
    },
  });
  return result;
}

/** Overwriting many objects, or any over production, is asked again. */
async function mayOverwrite(
  asked: {
    readonly plan: UploadPlan;
    readonly connection: Connection;
    readonly choice: 'replace' | 'keep';
  },
  answer: string | undefined,
): Promise<boolean> {
  const { plan, connection, choice } = asked;
  const replaced = choice === 'replace' ? plan.existing : [];
  const confirmation = confirmationFor({
    verb: replaced.length === 0 ? 'Upload' : 'Overwrite',
    objects: replaced.length === 0 ? chosenUploads(plan, choice).length : replaced.length,
    bytes: (replaced.length === 0 ? plan.items : replaced).reduce((sum, { bytes }) => sum + bytes, 0),
    target: formatS3Uri({ bucket: plan.bucket, key: plan.prefix }),
    detail:
      replaced.length === 0
        ? ''
        : 'What is there now is replaced; a bucket that keeps versions keeps it as one.',
    connection,
  });
  const needed = connection.production || (replaced.length > 0 && confirmation.typed !== undefined);
  return !needed || (await askConfirmation(confirmation, answer));
}

async function choosePaths(name: string, what: 'files' | 'folder'): Promise<readonly string[] | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: `Upload to ${name}`,
    openLabel: 'Upload…',
    canSelectFiles: what === 'files',
    canSelectFolders: what === 'folder',
    canSelectMany: true,
  });
  return chosen?.map(({ fsPath }) => fsPath);
}
