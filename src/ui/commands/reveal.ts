import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { LakePorts } from '../../query/lakePorts';
import type { NodeSubject, TreeNode } from '../../trees/node';
import { parseS3Uri } from '../../zones/s3Uri';
import type { TreeView } from '../treeView';
import { copyableUri, type NodeArgument, subjectOf } from './nodeCommands';

/** A tree with the view that shows it. */
export interface ShownTree {
  readonly tree: TreeView;
  readonly view: vscode.TreeView<TreeNode>;
}

/** Opens the Zones view at the place where a table or partition lies. */
export async function revealLocation(
  given: NodeArgument,
  { zones, ports }: { readonly zones: ShownTree; readonly ports: () => Promise<LakePorts> },
): Promise<void> {
  const uri = await copyableUri(subjectOf(given), ports);
  const place = parseS3Uri(uri);
  if (place === undefined)
    throw new Problem(`${uri} does not lie in S3, so Zones cannot show it.`, 'invalid');
  // A bucket may stand under several zones, whole or by first-level prefix: each zone is a way to it.
  for (const zone of await zones.tree.getChildren()) {
    const start = (await zones.tree.getChildren(zone)).find(({ subject }) => holds(subject, place));
    if (start !== undefined) return await zones.view.reveal(await deepest(zones.tree, start, place), options);
  }
  throw new Problem(`${uri} is not among the buckets that Zones shows for this connection.`, 'missing');
}

/** Opens the Catalog view at a table. */
export async function revealTable(
  table: { readonly database: string; readonly table: string },
  catalog: ShownTree,
): Promise<void> {
  const found = await catalog.tree.find([
    ({ subject }) => subject?.kind === 'database' && subject.database === table.database,
    ({ subject }) => subject?.kind === 'table' && subject.table === table.table,
  ]);
  if (found === undefined) {
    throw new Problem(
      `${table.database}.${table.table} is not on the pages that Catalog has loaded: load more, or look it up by name.`,
      'missing',
    );
  }
  await catalog.view.reveal(found, options);
}

const options = { select: true, focus: true, expand: true };

async function deepest(
  tree: TreeView,
  start: TreeNode,
  place: { readonly bucket: string; readonly key: string },
): Promise<TreeNode> {
  let at = start;
  for (;;) {
    const next = (await tree.getChildren(at)).find(({ subject }) => holds(subject, place));
    if (next === undefined) return at;
    at = next;
  }
}

/** True for the bucket, and for every prefix above or at a key. */
function holds(
  subject: NodeSubject | undefined,
  { bucket, key }: { readonly bucket: string; readonly key: string },
): boolean {
  if (subject?.kind === 'bucket') return subject.bucket === bucket;
  const folder = key === '' || key.endsWith('/') ? key : `${key}/`;
  return subject?.kind === 'prefix' && subject.bucket === bucket && folder.startsWith(subject.prefix);
}
