import * as vscode from 'vscode';
import { countWords } from '../../storage/figureWords';
import { applyQuestion, carryOut, planApply } from '../../storage/lifecycleApply';
import { lifecycleText, startingLifecycle } from '../../storage/lifecycleText';
import { tell } from '../guard';
import { withStatus } from '../withCancel';
import { figuresFor, isWhole } from './figures';
import { settled, type LifecycleAddress, type LifecycleParts } from './lifecycleParts';
import { offerComparison } from './openLifecycle';
import { restorePrevious } from './restorePrevious';

/** In place of the question: the bucket's name, as it would be typed. */
export interface ApplyAnswer {
  readonly confirmed?: string;
}

/** How applying turned out, as plain data. */
export interface ApplySummary {
  readonly kind: 'applied' | 'same' | 'changed';
  /** Where the lifecycle before is kept. */
  readonly saved?: string;
}

/** Puts a document's rules in place of the bucket's, after a question; `undefined` when the user said no. */
export async function applyLifecycle(
  parts: LifecycleParts,
  given: LifecycleAddress | undefined,
  answer?: ApplyAnswer,
): Promise<ApplySummary | undefined> {
  const { ports, files, folder } = parts;
  const { uri, state, file } = await files.at(given);
  const { connection, bucket } = state;
  const text = file.getText();
  const { storage } = await ports();
  const plan = await withStatus('Reading the lifecycle…', (signal) =>
    planApply(storage, { connection, bucket, text, base: state.base }, signal),
  );
  switch (plan.kind) {
    case 'same':
      await settled(parts, uri, plan.current);
      void vscode.window.showInformationMessage(`s3://${bucket} has these rules already.`);
      return { kind: 'same' };
    case 'changed':
      void offerComparison(
        parts,
        uri,
        `Somebody has changed the lifecycle of s3://${bucket} since it was read here, so nothing was applied: compare first.`,
      );
      return { kind: 'changed' };
    case 'ready':
  }
  const known = figuresFor(state, text);
  // Of a listing for some of the rules the sum would be too small.
  const figures = known !== undefined && isWhole(known) ? known.figures : undefined;
  const asked = applyQuestion(plan, { connection, bucket }, figures);
  const errors = vscode.languages
    .getDiagnostics(uri)
    .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error).length;
  const found = errors === 0 ? '' : `Problems lists ${countWords(errors, 'error')} in this document.\n`;
  const question = { ...asked, detail: `${found}${asked.detail}` };
  if (answer?.confirmed !== bucket && !(await agreed(question, bucket))) return undefined;
  const applied = await withStatus(`Applying the lifecycle of ${bucket}…`, (signal) =>
    carryOut(storage, { connection, bucket, plan, folder, now: new Date() }, signal),
  );
  await settled(parts, uri, applied.now);
  void tellApplied(parts, uri, {
    text: `The lifecycle of s3://${bucket} is applied${applied.stale ? '; S3 still answers with the one before, which may take a moment' : ''}.`,
    path: applied.saved,
  });
  return { kind: 'applied', saved: applied.saved };
}

async function agreed(
  { message, detail, button, typed }: ReturnType<typeof applyQuestion>,
  bucket: string,
): Promise<boolean> {
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, button)) !== button)
    return false;
  if (!typed) return true;
  const name = await vscode.window.showInputBox({
    title: `${button} of ${bucket}`,
    prompt: `Type ${bucket} to go on`,
    ignoreFocusOut: true,
  });
  return name?.trim() === bucket;
}

async function tellApplied(
  parts: LifecycleParts,
  uri: vscode.Uri,
  { text, path }: { readonly text: string; readonly path: string },
): Promise<void> {
  const undo = 'Restore Previous…';
  if ((await vscode.window.showInformationMessage(text, undo)) !== undo) return;
  await restorePrevious(parts, uri, path).catch((error: unknown) => tell(error, parts.log));
}

/** Reads the bucket again and lets go of what was not applied, after a question. */
export async function discardDraft(
  parts: LifecycleParts,
  given: LifecycleAddress | undefined,
): Promise<boolean> {
  const { uri, state, file } = await parts.files.at(given);
  const { storage } = await parts.ports();
  const { connection, bucket } = state;
  const current = await withStatus('Reading the lifecycle…', (signal) =>
    storage.lifecycle(connection, { bucket }, signal),
  );
  if (file.getText() !== lifecycleText(bucket, state.base ?? startingLifecycle)) {
    const button = 'Discard';
    const message = `Discard what is not applied to s3://${bucket}?`;
    const detail =
      'The document shows what the bucket has. Undo brings the text back as long as the editor is open.';
    const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, button);
    if (answer !== button) return false;
  }
  await settled(parts, uri, current);
  return true;
}

/** Saving by hand asks whether to apply; saving by itself (`files.autoSave`) keeps a draft and asks nothing. */
export function applyOnSave(parts: LifecycleParts): vscode.Disposable {
  const byHand = new Set<string>();
  const { files, log } = parts;
  return vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
      if (files.state(document.uri) === undefined) return;
      const key = document.uri.toString();
      const isDraft = document.isDirty && reason === vscode.TextDocumentSaveReason.Manual;
      if (isDraft && !parts.quiet.has(key)) byHand.add(key);
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (!byHand.delete(uri.toString())) return;
      void applyLifecycle(parts, uri).catch((error: unknown) => tell(error, log));
    }),
  );
}
