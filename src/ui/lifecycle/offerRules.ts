import * as vscode from 'vscode';
import type { Connection } from '../../connection/connection';
import { withRules } from '../../storage/advice/addRules';
import type { RuleValue } from '../../storage/bucketStorage';
import { countWords } from '../../storage/figureWords';
import { lifecycleText, readLifecycleText } from '../../storage/lifecycleText';
import { replaceText, type LifecycleParts } from './lifecycleParts';
import { openLifecycle } from './openLifecycle';

/** Offers to put the rules that advice comes with into the lifecycle of their bucket, where they are looked over and applied. */
export async function offerRules(
  parts: LifecycleParts,
  {
    connection,
    rules,
  }: { readonly connection: Connection; readonly rules: ReadonlyMap<string, readonly RuleValue[]> },
): Promise<void> {
  const buckets = [...rules.keys()];
  if (buckets.length === 0) return;
  const count = [...rules.values()].reduce((sum, { length }) => sum + length, 0);
  const add = 'Add to Lifecycle…';
  const answer = await vscode.window.showInformationMessage(
    `${countWords(count, 'rule')} would do part of what is advised; nothing is applied yet.`,
    add,
  );
  if (answer !== add) return;
  const bucket =
    buckets.length === 1
      ? buckets[0]
      : await vscode.window.showQuickPick(buckets, { title: 'Add Advised Rules to the Lifecycle of' });
  if (bucket !== undefined) await addRules(parts, { connection, bucket, rules: rules.get(bucket) ?? [] });
}

/** Opens a bucket's lifecycle with further rules at its end, not applied. */
async function addRules(
  parts: LifecycleParts,
  {
    connection,
    bucket,
    rules,
  }: {
    readonly connection: Connection;
    readonly bucket: string;
    readonly rules: readonly RuleValue[];
  },
): Promise<vscode.Uri> {
  const uri = await openLifecycle(parts, { kind: 'bucket', connection, bucket });
  const file = await vscode.workspace.openTextDocument(uri);
  const text = lifecycleText(bucket, withRules(readLifecycleText(file.getText(), bucket), rules));
  if (text !== file.getText()) await replaceText(file, text);
  return uri;
}
