import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import { Problem } from '../../base/problem';
import { connectionKey, type Connection } from '../../connection/connection';
import {
  copyDoneLetter,
  copyLetter,
  removalDoneLetter,
  removalLetter,
  undoneLetter,
} from '../../transfer/changeLetters';
import type { CopyResult } from '../../transfer/copyObjects';
import { type CopyPlan, isThere, wouldReplace } from '../../transfer/copyPlan';
import type { Stop } from '../../transfer/eachItem';
import { sourceName, type TransferSource } from '../../transfer/listBelow';
import type { RemovalPlan } from '../../transfer/removalPlan';
import type { RemovalResult } from '../../transfer/removeObjects';
import { signInCommand } from '../../trees/notices';
import type { UndoResult } from '../../transfer/undoRemoval';
import { formatS3Uri } from '../../zones/s3Uri';
import { LensDocuments, type Lens } from '../pages/lensDocuments';

const scheme = 'lake-change';

/** What is to be done, or was. */
export type ChangeBody =
  | { readonly kind: 'delete'; readonly plan: RemovalPlan }
  | { readonly kind: 'copy' | 'move'; readonly plan: CopyPlan }
  | {
      readonly kind: 'deleted';
      readonly result: RemovalResult;
      readonly source: TransferSource;
      readonly journal: string;
    }
  | {
      readonly kind: 'copied' | 'moved';
      readonly result: CopyResult;
      readonly plan: CopyPlan;
      readonly journal: string;
    }
  | { readonly kind: 'undone'; readonly result: UndoResult; readonly source: TransferSource };

/** A document about a change. */
export interface ChangePage {
  readonly connection: Connection;
  readonly body: ChangeBody;
}

/** Lists of what a deletion, copy or move would do, as read-only Markdown, with what can be done about them on top. */
export type ChangePages = LensDocuments<ChangePage>;

/** Registers the documents of changes. */
export function changePages(): ChangePages {
  return new LensDocuments<ChangePage>({
    scheme,
    address: uriOf,
    text: (_, page) => textOf(page?.body),
    lenses: ({ uri }, page) => (page === undefined ? [] : lensesOf(uri.toString(), page)),
  });
}

/** True when something can still be done about what was done. */
export function needsShowing(body: ChangeBody): boolean {
  return buttonsOf(body).length > 0 || changeSentence(body) === '';
}

/** What a change of one object did; empty when it takes more than a sentence. */
export function changeSentence(body: ChangeBody): string {
  if (body.kind === 'deleted' && body.result.removed === 1) return `Deleted ${sourceName(body.source)}.`;
  if (body.kind !== 'copied' && body.kind !== 'moved') return '';
  const { copied, already } = body.result;
  const { source, target } = body.plan;
  const verb = body.kind === 'copied' ? 'Copied' : 'Moved';
  return copied + already === 1 ? `${verb} ${sourceName(source)} to ${formatS3Uri(target)}.` : '';
}

function textOf(body: ChangeBody | undefined): string {
  switch (body?.kind) {
    case undefined:
      return 'This list was made before the window was opened again: list again from the Zones view.\n';
    case 'delete':
      return removalLetter(body.plan);
    case 'copy':
    case 'move':
      return copyLetter(body.plan, body.kind === 'move');
    case 'deleted':
      return removalDoneLetter(body.result, sourceName(body.source));
    case 'copied':
    case 'moved':
      return copyDoneLetter(body.result, body.plan, body.kind === 'moved');
    case 'undone':
  }
  return undoneLetter(body.result, sourceName(body.source));
}

function lensesOf(address: string, { body, connection }: ChangePage): readonly Lens[] {
  return buttonsOf(body).map(({ title, command, choice }) => ({
    title,
    command,
    arguments:
      command === signInCommand ? [connection] : [address, ...(choice === undefined ? [] : [{ choice }])],
  }));
}

interface Button {
  readonly title: string;
  readonly command: string;
  readonly choice?: 'replace' | 'keep';
}

const apply = 'lakeWorkbench.applyChange';
const again = 'lakeWorkbench.repeatChange';
const undo = 'lakeWorkbench.undoChange';

/** What can be done about a page; an ellipsis says that it asks first. */
function buttonsOf(body: ChangeBody): readonly Button[] {
  switch (body.kind) {
    case 'delete': {
      const count = body.plan.objects.length;
      const listAgain = { title: 'List again', command: again };
      return count === 0
        ? [listAgain]
        : [{ title: `Delete ${formatCount(count)}…`, command: apply }, listAgain];
    }
    case 'copy':
    case 'move': {
      const verb = body.kind === 'copy' ? 'Copy' : 'Move';
      const replaced = body.plan.items.filter(wouldReplace).length;
      const count =
        body.plan.items.length - replaced - (verb === 'Copy' ? body.plan.items.filter(isThere).length : 0);
      return [
        ...(count === 0
          ? []
          : [{ title: `${verb} ${formatCount(count)}…`, command: apply, choice: 'keep' as const }]),
        ...(replaced === 0
          ? []
          : [
              {
                title: `${verb} ${formatCount(count + replaced)}, overwrite ${formatCount(replaced)}…`,
                command: apply,
                choice: 'replace' as const,
              },
            ]),
        { title: 'List again', command: again },
      ];
    }
    case 'deleted':
      return backButtons(body.result);
    case 'copied':
      return [
        ...signIn(body.result.stopped),
        ...(leftOf(body.result) ? [{ title: 'List what is left', command: again }] : []),
      ];
    case 'moved': {
      const { removal } = body.result;
      return [
        ...signIn(body.result.stopped),
        ...(removal === undefined || removal.markers === 0
          ? []
          : [{ title: `Bring back ${formatCount(removal.markers)} sources…`, command: undo }]),
        ...(leftOf(body.result) ? [{ title: 'List what is left', command: again }] : []),
      ];
    }
    case 'undone':
  }
  return [];
}

function backButtons({ markers, failed, changed, stopped }: RemovalResult): readonly Button[] {
  const left = failed.length + changed.length > 0 || stopped !== undefined;
  return [
    ...signIn(stopped),
    ...(markers === 0 ? [] : [{ title: `Bring back ${formatCount(markers)}…`, command: undo }]),
    ...(left ? [{ title: 'List what is left', command: again }] : []),
  ];
}

/** A lost sign-in ends everything; what is left is listed again after it. */
function signIn(stopped: Stop | undefined): readonly Button[] {
  const lost = stopped instanceof Problem && stopped.kind === 'signed-out';
  return lost ? [{ title: 'Sign in…', command: signInCommand }] : [];
}

function leftOf({ failed, kept, removal, stopped }: CopyResult): boolean {
  if (stopped !== undefined) return true;
  return failed.length + kept.length + (removal?.failed.length ?? 0) + (removal?.changed.length ?? 0) > 0;
}

/** One document a source and change: listing again shows in the same one. */
function uriOf({ connection, body }: ChangePage): vscode.Uri {
  const source = 'plan' in body ? body.plan.source : body.source;
  const verb = { delete: 'Delete', copy: 'Copy', move: 'Move' }[words[body.kind]];
  const name = sourceName(source).replace('s3://', '').replace(/\/$/, '');
  // The tab shows the last part of the path alone.
  const last = name.slice(name.lastIndexOf('/') + 1);
  const path = `/${name.slice(0, name.length - last.length)}${verb} ${last}.md`;
  return vscode.Uri.from({ scheme, path, query: connectionKey(connection) });
}

const words = {
  delete: 'delete',
  deleted: 'delete',
  undone: 'delete',
  copy: 'copy',
  copied: 'copy',
  move: 'move',
  moved: 'move',
} as const;
