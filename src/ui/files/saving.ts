import * as vscode from 'vscode';
import type { ObjectPlace } from '../../transfer/objectWriter';
import { type Clash, type ConflictChoice, keyBeside, type SaveDialogs } from '../../transfer/saveAsking';
import type { TheirVersions } from './theirVersions';

/** The dialogs of a document that is being saved. */
export function saveDialogs(parts: {
  /** The document. */
  readonly uri: vscode.Uri;
  readonly theirs: TheirVersions;
  /** The address of another object over the same connection. */
  readonly addressOf: (place: ObjectPlace) => vscode.Uri;
}): SaveDialogs {
  return {
    onClash,
    compare: (theirs) => parts.theirs.compare(parts.uri, theirs),
    mayDropTags,
    otherKey,
    onSavedAs: async (place) => void (await vscode.window.showTextDocument(parts.addressOf(place))),
  };
}

async function onClash(name: string, { kind }: Clash): Promise<ConflictChoice> {
  const isRemoved = kind === 'removed';
  const overwrite = isRemoved ? 'Write It Again' : 'Overwrite Theirs';
  const saveAs = 'Save as Another Key…';
  const buttons = [...(isRemoved ? [] : ['Compare']), overwrite, saveAs];
  const picked = await asked(
    isRemoved
      ? `Somebody else removed ${name} since you opened it.`
      : `Somebody else wrote ${name} since you opened it.`,
    isRemoved
      ? 'Your version is in the editor.'
      : 'Nothing was overwritten: their version is in S3, and yours is in the editor.',
    buttons,
  );
  if (picked === 'Compare') return 'compare';
  if (picked === saveAs) return 'save-as';
  return picked === overwrite ? 'overwrite' : 'keep-both';
}

async function mayDropTags(name: string, tags: number): Promise<boolean> {
  const button = 'Save Without Tags';
  const picked = await asked(
    `Save ${name} without its ${tags === 1 ? 'tag' : `${tags} tags`}?`,
    'They may not be read (s3:GetObjectTagging), and S3 forgets them with a new version: rules for access and expiry may look at them.',
    [button],
  );
  return picked === button;
}

async function otherKey({ bucket, key }: ObjectPlace): Promise<string | undefined> {
  return await vscode.window.showInputBox({
    title: `Save as Another Key of ${bucket}`,
    value: keyBeside(key),
    prompt: 'There must be no object of this key yet',
    validateInput: (value) => (value.trim() === '' || value === key ? 'Give another key' : undefined),
  });
}

async function asked(
  message: string,
  detail: string,
  buttons: readonly string[],
): Promise<string | undefined> {
  try {
    return await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
  } catch {
    return undefined; // a window that shows no dialogs changes nothing
  }
}
