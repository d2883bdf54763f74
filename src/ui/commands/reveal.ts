import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { LakePorts } from '../../query/lakePorts';
import type { TreeNode } from '../../trees/node';
import { parseS3Uri } from '../../zones/s3Uri';
import type { TreeView } from '../treeView';
import { type PlaceOf, revealInZones } from '../zones/revealPlace';
import { copyableUri, type NodeArgument, subjectOf } from './nodeCommands';

/** A tree with the view that shows it. */
export interface ShownTree {
  readonly tree: TreeView;
  readonly view: vscode.TreeView<TreeNode>;
}

/** Opens the Zones view at the place where a table or partition lies: in its zone, or by itself where no zone has it. */
export async function revealLocation(
  given: NodeArgument,
  parts: {
    readonly zones: ShownTree;
    readonly ports: () => Promise<LakePorts>;
    readonly openPlace: (at: PlaceOf) => Promise<unknown>;
  },
): Promise<void> {
  const subject = subjectOf(given);
  const uri = await copyableUri(subject, parts.ports);
  const place = parseS3Uri(uri);
  if (place === undefined)
    throw new Problem(`${uri} does not lie in S3, so Zones cannot show it.`, 'invalid');
  const at = { connection: subject.connection, place };
  if (!(await revealInZones(parts.zones, at))) await parts.openPlace(at);
}
