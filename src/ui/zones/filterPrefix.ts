import * as vscode from 'vscode';
import type { TreeNode } from '../../trees/node';
import { Problem } from '../../base/problem';
import { formatS3Uri } from '../../zones/s3Uri';
import type { FeatureParts } from '../featureParts';
import { chosenFolder } from './chosenPlace';

/**
 * Lets S3 list only what begins with a text below a node; an empty text takes the filter away. Returns what is filtered
 * by now, `undefined` when the user left it as it is.
 */
export async function filterPrefix(
  parts: FeatureParts,
  node: TreeNode | undefined,
  given?: string,
): Promise<string | undefined> {
  const on = node ?? parts.views.zones.view.selection[0];
  const { place } = chosenFolder(on, parts);
  if (on === undefined) return undefined;
  const { filters } = parts.zones;
  const filter =
    given ??
    (await vscode.window.showInputBox({
      title: `Filter ${formatS3Uri(place)}`,
      prompt: 'Names begin with this, capitals counting; S3 itself filters. Empty: all names.',
      placeHolder: '2024-01',
      value: filters.get(on.id) ?? '',
      validateInput: (text) =>
        Buffer.byteLength(place.key + text) > 1024
          ? 'A key has 1,024 bytes at most: write a shorter beginning.'
          : undefined,
    }));
  if (filter === undefined) return undefined;
  setFilter(parts, on.id, filter);
  return filter;
}

/** Takes the filter of a node away; `given` is its id, or the row that tells of the filter. */
export function clearFilter(parts: FeatureParts, given: string | TreeNode | undefined): void {
  const id = typeof given === 'string' ? given : given?.command?.arguments?.[0];
  if (typeof id !== 'string')
    throw new Problem('Nothing is filtered here: choose the row that tells of a filter.', 'invalid');
  setFilter(parts, id, '');
}

function setFilter({ zones, views }: FeatureParts, id: string, filter: string): void {
  if (filter === '') zones.filters.delete(id);
  else zones.filters.set(id, filter);
  // Its list is another one now: it is loaded when it is drawn.
  views.zones.tree.drawWhere((node) => node.id === id);
}
