import * as vscode from 'vscode';
import { formatBytes, formatCount } from '../../base/format';
import { Problem } from '../../base/problem';
import { connectionKey, type Connection } from '../../connection/connection';
import { wayBack } from '../../transfer/changeLetters';
import { confirmationFor } from '../../transfer/confirmation';
import { copiedBefore, copyObjects, type CopyLine } from '../../transfer/copyObjects';
import { type CopyPlan, type CopyTarget, isThere, planCopy, wouldReplace } from '../../transfer/copyPlan';
import { sourceBase, sourceName, type TransferSource } from '../../transfer/listBelow';
import { planRemoval, type RemovalPlan } from '../../transfer/removalPlan';
import { removeObjects, type RemovalLine } from '../../transfer/removeObjects';
import {
  beginJournal,
  forgetJournal,
  pruneJournals,
  unfinishedJournals,
} from '../../transfer/transferJournal';
import { formatS3Uri, parseS3Uri } from '../../zones/s3Uri';
import type { NodeArgument } from '../commands/nodeCommands';
import { withCancel } from '../withCancel';
import { askConfirmation } from './askConfirmation';
import { undoChange } from './bringBack';
import { changeSentence, needsShowing, type ChangeBody, type ChangePage } from './changePages';
import { alone, type FilesParts, optionsOf, refuseReadOnly, shownPage, sourceOf } from './filesParts';

type PlannedCopy = Extract<ChangeBody, { kind: 'copy' | 'move' }>;

/** What would be asked about a change. */
export interface ChangeAnswers {
  /** Where something else is at the target; `keep` unless told. */
  readonly choice?: 'replace' | 'keep';
  /** What would be typed, or the button that would be pressed. */
  readonly answer?: string;
}

export interface CopyAnswers extends ChangeAnswers {
  /** `s3://bucket/prefix/`. */
  readonly to?: string;
}

/** The commands that delete, copy and move, by their ids. */
export function changeCommands(parts: FilesParts) {
  return {
    'lakeWorkbench.deleteObjects': (given: NodeArgument, answers?: ChangeAnswers) =>
      deleteObjects(parts, sourceOf(given), optionsOf(answers)),
    'lakeWorkbench.copyObjects': (given: NodeArgument, answers?: CopyAnswers) =>
      copyOrMove(parts, { ...sourceOf(given), kind: 'copy' }, optionsOf(answers)),
    'lakeWorkbench.moveObjects': (given: NodeArgument, answers?: CopyAnswers) =>
      copyOrMove(parts, { ...sourceOf(given), kind: 'move' }, optionsOf(answers)),
    'lakeWorkbench.applyChange': (address?: string, answers?: ChangeAnswers) =>
      applyChange(parts, address, optionsOf(answers)),
    'lakeWorkbench.repeatChange': (address?: string) => repeatChange(parts, address),
    'lakeWorkbench.undoChange': (address?: string, answers?: ChangeAnswers) =>
      undoChange(parts, address, optionsOf(answers).answer),
  } as const;
}

/** Lists a change again, by what it was about; `undefined` for a copy that names no target. */
export async function listChange(
  parts: FilesParts,
  change: {
    readonly connection: Connection;
    readonly source: TransferSource;
    readonly kind: 'delete' | 'copy' | 'move';
    readonly target?: CopyTarget;
  },
): Promise<string | undefined> {
  const { connection, source, kind, target } = change;
  if (kind === 'delete') return await listRemoval(parts, { connection, source });
  if (target === undefined) return undefined;
  return (await parts.pages.show(await planned(parts, { connection, source, target, kind }))).toString();
}

/** Asks about one object and removes it; of a prefix the list is shown first, and its address returned. */
async function deleteObjects(
  parts: FilesParts,
  change: { readonly connection: Connection; readonly source: TransferSource },
  answers: ChangeAnswers,
): Promise<string | undefined> {
  if (change.source.kind === 'prefix') return await listRemoval(parts, change);
  const { connection } = change;
  const plan = await plannedRemoval(parts, change);
  const body = await applyRemoval(parts, { connection, plan }, answers);
  return await tellDone(parts, { connection, body });
}

/** Lists what a deletion would remove and shows the list; returns its address. Removes nothing. */
async function listRemoval(
  parts: FilesParts,
  change: { readonly connection: Connection; readonly source: TransferSource },
): Promise<string> {
  const plan = await plannedRemoval(parts, change);
  const page: ChangePage = { connection: change.connection, body: { kind: 'delete', plan } };
  return (await parts.pages.show(page)).toString();
}

async function plannedRemoval(
  parts: FilesParts,
  { connection, source }: { readonly connection: Connection; readonly source: TransferSource },
): Promise<RemovalPlan> {
  refuseReadOnly(connection, sourceName(source));
  const ports = await parts.ports();
  return await withCancel(`Listing ${sourceName(source)}`, (report, signal) =>
    planRemoval(ports, { connection, source, onProgress: (found) => report(counted(found)) }, signal),
  );
}

/**
 * Lists what a copy or move would write and shows the list; one object that overwrites nothing needs none. `undefined`
 * when no place was given, or when there is nothing to show.
 */
async function copyOrMove(
  parts: FilesParts,
  change: {
    readonly connection: Connection;
    readonly source: TransferSource;
    readonly kind: 'copy' | 'move';
  },
  answers: CopyAnswers,
): Promise<string | undefined> {
  const { connection, source, kind } = change;
  // A copy writes only its target, but both lie behind one connection.
  refuseReadOnly(connection, sourceName(source));
  const typed = answers.to ?? (await askTarget(source, kind));
  const target = typed === undefined ? undefined : parseS3Uri(typed.trim());
  if (typed === undefined) return undefined;
  if (target === undefined)
    throw new Problem(`${typed} is no address in S3: write s3://bucket/prefix/.`, 'invalid');
  const page = await planned(parts, { connection, source, target, kind });
  const isPlain = source.kind === 'object' && page.body.plan.items.every(({ there }) => there === undefined);
  if (!isPlain) return (await parts.pages.show(page)).toString();
  const body = await applyCopy(parts, { connection, plan: page.body.plan, kind }, answers);
  return await tellDone(parts, { connection, body });
}

/** A page only where there is something left to do about it. */
async function tellDone(
  parts: FilesParts,
  { connection, body }: { readonly connection: Connection; readonly body: ChangeBody | undefined },
): Promise<string | undefined> {
  if (body === undefined) return undefined;
  const page: ChangePage = { connection, body };
  if (needsShowing(body)) return (await parts.pages.show(page)).toString();
  void vscode.window.showInformationMessage(changeSentence(body));
  return undefined;
}

async function planned(
  parts: FilesParts,
  change: {
    readonly connection: Connection;
    readonly source: TransferSource;
    readonly target: CopyTarget;
    readonly kind: 'copy' | 'move';
  },
): Promise<{ readonly connection: Connection; readonly body: PlannedCopy }> {
  const { connection, source, target, kind } = change;
  const ports = await parts.ports();
  const plan = await withCancel(`Listing ${sourceName(source)}`, (report, signal) =>
    planCopy(
      ports,
      {
        connection,
        source,
        target,
        move: kind === 'move',
        onProgress: (found) => report(counted(found)),
      },
      signal,
    ),
  );
  return { connection, body: { kind, plan } };
}

async function askTarget(source: TransferSource, kind: 'copy' | 'move'): Promise<string | undefined> {
  const { bucket } = source;
  const value = formatS3Uri({ bucket, key: source.kind === 'object' ? source.key : sourceBase(source) });
  return await vscode.window.showInputBox({
    title: `${kind === 'copy' ? 'Copy' : 'Move'} ${sourceName(source)} To`,
    value,
    valueSelection: ['s3://'.length, value.length],
    prompt:
      source.kind === 'object'
        ? 'A key, or a prefix that ends with a slash'
        : 'A prefix that ends with a slash, below which the names stand; the list is shown before anything happens',
    ignoreFocusOut: true,
    validateInput: (typed) =>
      parseS3Uri(typed.trim()) === undefined ? 'Write s3://bucket/prefix/' : undefined,
  });
}

/** Carries out what a shown list says, after asking; `undefined` when the user said no. */
async function applyChange(
  parts: FilesParts,
  address: string | undefined,
  answers: ChangeAnswers,
): Promise<ChangeBody | undefined> {
  const { uri, page } = shownPage(parts, address);
  const { connection, body } = page;
  await pruneJournals(parts.journals, new Date());
  if (body.kind !== 'delete' && body.kind !== 'copy' && body.kind !== 'move')
    throw new Problem('This is done already: list again to see what is left.', 'invalid');
  refuseReadOnly(connection, sourceName(body.plan.source));
  const carryOut = async (): Promise<ChangeBody | undefined> =>
    body.kind === 'delete'
      ? await applyRemoval(parts, { connection, plan: body.plan }, answers)
      : await applyCopy(parts, { connection, plan: body.plan, kind: body.kind }, answers);
  const done = await alone(parts, uri.toString(), carryOut);
  if (done !== undefined) parts.pages.set(uri, { connection, body: done });
  return done;
}

async function applyRemoval(
  parts: FilesParts,
  { connection, plan }: { readonly connection: Connection; readonly plan: RemovalPlan },
  { answer }: ChangeAnswers,
): Promise<ChangeBody | undefined> {
  const { source, objects, versioning, mfaDelete } = plan;
  const bytes = objects.reduce((sum, one) => sum + one.bytes, 0);
  const name = sourceName(source);
  const asked = confirmationFor({
    verb: 'Delete',
    objects: objects.length,
    bytes,
    target: name,
    detail: wayBack(versioning, mfaDelete).replaceAll('**', ''),
    connection,
  });
  if (!(await askConfirmation(asked, answer))) return undefined;
  const { writer } = await parts.ports();
  const journal = await beginJournal<RemovalLine>(parts.journals, {
    what: 'delete',
    connection: connectionKey(connection),
    at: new Date().toISOString(),
    title: `Delete ${counted(objects.length)} of ${name}`,
    source,
    to: '',
  });
  try {
    const result = await alone(parts, journal.path, () =>
      withCancel(`Deleting from ${name}`, (report, signal) =>
        removeObjects(
          writer,
          {
            connection,
            bucket: source.bucket,
            objects,
            journal,
            onProgress: (done) => report(`${formatCount(done)} of ${counted(objects.length)}`),
          },
          signal,
        ),
      ),
    );
    return { kind: 'deleted', result, source, journal: journal.path };
  } finally {
    await journal.close();
    parts.onChanged({ bucket: source.bucket, prefix: sourceBase(source) });
  }
}

async function applyCopy(
  parts: FilesParts,
  change: { readonly connection: Connection; readonly plan: CopyPlan; readonly kind: 'copy' | 'move' },
  { choice = 'keep', answer }: ChangeAnswers,
): Promise<ChangeBody | undefined> {
  const { connection, plan, kind } = change;
  const { source, target, versioning, mfaDelete } = plan;
  const name = sourceName(source);
  const to = formatS3Uri(target);
  const touched = plan.items.filter(
    (item) => (choice === 'replace' || !wouldReplace(item)) && (kind === 'move' || !isThere(item)),
  );
  const replaced = choice === 'replace' ? plan.items.filter(wouldReplace).length : 0;
  const over = replaced === 0 ? '' : ` It overwrites ${counted(replaced)}.`;
  const asked = confirmationFor({
    verb: kind === 'copy' ? 'Copy' : 'Move',
    objects: touched.length,
    bytes: touched.reduce((sum, one) => sum + one.bytes, 0),
    target: name,
    detail: `To ${to}.${over}${kind === 'move' ? ` ${wayBack(versioning, mfaDelete).replaceAll('**', '')}` : ''}`,
    connection,
  });
  // The place was just typed, and nothing that is there is touched.
  const isPlain = kind === 'copy' && touched.length === 1 && replaced === 0 && !connection.production;
  if (!isPlain && !(await askConfirmation(asked, answer))) return undefined;
  const ports = await parts.ports();
  const head = {
    what: kind,
    connection: connectionKey(connection),
    at: new Date().toISOString(),
    title: `${kind === 'copy' ? 'Copy' : 'Move'} ${counted(touched.length)} of ${name} to ${to}`,
    source,
    to,
  };
  const earlier = (await unfinishedJournals(parts.journals)).filter(
    (one) =>
      !parts.running.has(one.path) &&
      one.head.what === kind &&
      one.head.connection === head.connection &&
      one.head.source !== undefined &&
      sourceName(one.head.source) === name &&
      one.head.to === to,
  );
  const journal = await beginJournal<CopyLine>(parts.journals, head);
  try {
    const title = `${kind === 'copy' ? 'Copying' : 'Moving'} ${name}`;
    const result = await alone(parts, journal.path, () =>
      withCancel(title, (report, signal) =>
        copyObjects(
          {
            writer: ports.writer,
            facts: ports.facts,
            connection,
            plan,
            move: kind === 'move',
            choice,
            journal,
            before: copiedBefore(earlier.flatMap(({ lines }) => lines)),
            onProgress: ({ objects, bytes }) =>
              report(`${formatCount(objects)} of ${counted(plan.items.length)}, ${formatBytes(bytes)}`),
          },
          signal,
        ),
      ),
    );
    // What they knew has been taken up: this run is their end.
    for (const { path } of earlier) await forgetJournal(path);
    return { kind: kind === 'copy' ? 'copied' : 'moved', result, plan, journal: journal.path };
  } finally {
    await journal.close();
    parts.onChanged({ bucket: target.bucket, prefix: target.key });
    if (kind === 'move') parts.onChanged({ bucket: source.bucket, prefix: sourceBase(source) });
  }
}

/** Lists again what a page is about; returns its address. */
async function repeatChange(parts: FilesParts, address?: string): Promise<string | undefined> {
  const { page } = shownPage(parts, address);
  const { connection, body } = page;
  const source = 'plan' in body ? body.plan.source : body.source;
  switch (body.kind) {
    case 'delete':
    case 'deleted':
    case 'undone':
      return await listChange(parts, { connection, source, kind: 'delete' });
    case 'copy':
    case 'copied':
      return await listChange(parts, { connection, source, kind: 'copy', target: body.plan.target });
    case 'move':
    case 'moved':
  }
  return await listChange(parts, { connection, source, kind: 'move', target: body.plan.target });
}

function counted(objects: number): string {
  return `${formatCount(objects)} object${objects === 1 ? '' : 's'}`;
}
