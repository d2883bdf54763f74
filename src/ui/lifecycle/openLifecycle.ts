import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { readJson } from '../../documents/data/json';
import { readLifecycle } from '../../documents/lifecycle/document';
import { isSameLifecycle } from '../../storage/lifecycleChanges';
import { rulesTouching } from '../../storage/ruleLenses';
import { subjectOf, type NodeArgument } from '../commands/nodeCommands';
import { tell } from '../guard';
import { withStatus } from '../withCancel';
import { bucketUri } from './lifecycleFiles';
import type { LifecycleAddress, LifecycleParts } from './lifecycleParts';

/** Opens the lifecycle of a bucket; of a prefix, with the first rule that touches it in view. */
export async function openLifecycle(
  parts: LifecycleParts,
  given: NodeArgument | undefined,
): Promise<vscode.Uri> {
  const { ports, files } = parts;
  const subject = subjectOf(given);
  if (subject.kind !== 'bucket' && subject.kind !== 'prefix' && subject.kind !== 'object')
    throw new Problem('This has no lifecycle: choose a bucket or a prefix in the Zones view.', 'invalid');
  const { connection, bucket } = subject;
  const prefix =
    subject.kind === 'bucket' ? undefined : subject.kind === 'prefix' ? subject.prefix : subject.key;
  const { storage } = await ports();
  const current = await withStatus('Reading the lifecycle…', (signal) =>
    storage.lifecycle(connection, { bucket }, signal),
  );
  const uri = await files.open({ connection, bucket, ...(prefix === undefined ? {} : { prefix }) }, current);
  if (!isSameLifecycle(files.state(uri)?.base, current)) {
    void offerComparison(
      parts,
      uri,
      `The draft for s3://${bucket} was made before somebody changed the bucket: compare before it is applied.`,
    );
  }
  const file = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(file, { preview: false });
  if (prefix === undefined) return uri;
  const [rule] = rulesTouching(readLifecycle(readJson(file.getText())), prefix);
  if (rule === undefined || current === undefined) {
    void vscode.window.showInformationMessage(`No lifecycle rule of s3://${bucket} touches ${prefix}.`);
    return uri;
  }
  const at = file.positionAt(rule.span.start);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return uri;
}

/** Shows what the bucket has now beside the document; from here on that is what the user has seen. */
export async function compareLifecycle(
  { ports, files }: LifecycleParts,
  given: LifecycleAddress | undefined,
): Promise<vscode.Uri> {
  const { uri, state } = await files.at(given);
  const { storage } = await ports();
  const current = await withStatus('Reading the lifecycle…', (signal) =>
    storage.lifecycle(state.connection, { bucket: state.bucket }, signal),
  );
  files.set(uri, { ...(files.state(uri) ?? state), base: current, readAt: new Date() });
  const left = bucketUri(uri);
  await vscode.commands.executeCommand(
    'vscode.diff',
    left,
    uri,
    `${state.bucket}: in the bucket ↔ not applied`,
  );
  return left;
}

/** Warns that a bucket is not what a document was made from, with the way to see how. */
export async function offerComparison(
  parts: LifecycleParts,
  uri: vscode.Uri,
  message: string,
): Promise<void> {
  const look = 'Compare';
  if ((await vscode.window.showWarningMessage(message, look)) !== look) return;
  await compareLifecycle(parts, uri).catch((error: unknown) => tell(error, parts.log));
}
