import * as vscode from 'vscode';
import { connectionKey, type Connection } from '../../connection/connection';
import type { TreeNode } from '../../trees/node';
import { Problem } from '../../base/problem';
import type { KeptPlace } from '../../trees/zonesTree';
import { subjectOf, type NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';

/** A bucket, prefix or object that a command acts on. */
export interface ChosenPlace {
  readonly connection: Connection;
  readonly place: KeptPlace;
}

/** The place of a node, or of the node selected in the Zones view; a Problem where that is none. */
export function chosenPlace(
  given: NodeArgument | undefined,
  { views }: Pick<FeatureParts, 'views'>,
): ChosenPlace {
  const subject = subjectOf(given ?? selected(views.zones.view));
  const { connection } = subject;
  if (subject.kind === 'bucket') return { connection, place: { bucket: subject.bucket, key: '' } };
  if (subject.kind === 'prefix')
    return { connection, place: { bucket: subject.bucket, key: subject.prefix } };
  if (subject.kind === 'object')
    return { connection, place: { bucket: subject.bucket, key: subject.key, kind: 'object' } };
  throw new Problem('This is no bucket, prefix or object: choose one in the Zones view.', 'invalid');
}

/** As `chosenPlace`, for what only a bucket or a prefix has. */
export function chosenFolder(
  given: NodeArgument | undefined,
  parts: Pick<FeatureParts, 'views'>,
): ChosenPlace {
  const chosen = chosenPlace(given, parts);
  if (chosen.place.kind === 'object')
    throw new Problem(`${chosen.place.key} is an object: choose a bucket or a prefix.`, 'invalid');
  return chosen;
}

/** The connection that something new is asked over: the active one, or the one that is picked of several. */
export async function chosenConnection(
  parts: Pick<FeatureParts, 'workbench' | 'zones'>,
): Promise<Connection | undefined> {
  const others = await parts.zones.others.usable();
  if (others.length === 0) return await parts.workbench.use();
  const active = await parts.workbench.use();
  const all = [active, ...others.filter((one) => connectionKey(one) !== connectionKey(active))];
  const picked = await vscode.window.showQuickPick(
    all.map((connection) => ({
      label: connection.name,
      description: [connection.region, connection.endpoint].filter(Boolean).join(' · '),
      connection,
    })),
    { title: 'Over Which Connection?' },
  );
  return picked?.connection;
}

function selected(view: vscode.TreeView<TreeNode>): TreeNode | undefined {
  return view.selection[0];
}
