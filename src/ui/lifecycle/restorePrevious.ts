import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { countWords } from '../../storage/figureWords';
import { lifecycleText } from '../../storage/lifecycleText';
import { ruleSentence } from '../../storage/ruleSentence';
import { savedVersions, type SavedLifecycle } from '../../storage/savedLifecycles';
import { replaceText, type LifecycleAddress, type LifecycleParts } from './lifecycleParts';

/**
 * Puts a lifecycle that the bucket had before into its document, to be looked over and applied; changes nothing at S3.
 * `path` names the version; without it the user chooses, and `undefined` is a closed list.
 */
export async function restorePrevious(
  { files, folder }: LifecycleParts,
  given: LifecycleAddress | undefined,
  path?: string,
): Promise<string | undefined> {
  const { state, file } = await files.at(given);
  const { bucket } = state;
  const { saved, unreadable } = await savedVersions(folder, state);
  const broken = unreadable.length === 0 ? '' : ` ${unreadable.length} more cannot be read in ${folder}.`;
  if (saved.length === 0) {
    throw new Problem(
      `No earlier lifecycle of s3://${bucket} is kept here: one is kept each time that one is applied from this computer.${broken}`,
      'missing',
    );
  }
  const chosen =
    typeof path === 'string'
      ? saved.find((one) => one.path === path)
      : (
          await vscode.window.showQuickPick(saved.map(itemOf), {
            title: `Restore Previous Lifecycle of ${bucket}`,
            placeHolder: `Replaced at; the document shows the chosen one, and nothing is applied yet.${broken}`,
            matchOnDetail: true,
          })
        )?.version;
  if (chosen === undefined) return undefined;
  const { lifecycle = { rules: [], minimumSize: 'all_storage_classes_128K' as const } } = chosen;
  const text = lifecycleText(bucket, lifecycle);
  await vscode.window.showTextDocument(file, { preview: false });
  if (file.getText() !== text) await replaceText(file, text);
  return text;
}

function itemOf(version: SavedLifecycle): vscode.QuickPickItem & { readonly version: SavedLifecycle } {
  const { savedAt, lifecycle } = version;
  return {
    label: savedAt.toLocaleString(),
    description: lifecycle === undefined ? 'no lifecycle' : countWords(lifecycle.rules.length, 'rule'),
    detail: lifecycle?.rules.map((rule) => ruleSentence(rule)).join(' · ') ?? '',
    version,
  };
}
