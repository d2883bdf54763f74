import { Problem } from '../../base/problem';
import { connectionKey, type Connection } from '../../connection/connection';
import type { NodeSubject, TreeNode } from '../../trees/node';
import type { KeptPlace } from '../../trees/zonesTree';
import type { S3Place } from '../../zones/s3Uri';
import type { ShownTree } from '../commands/reveal';

const options = { select: true, focus: true, expand: true };

/** A place of one connection in the Zones view. */
export interface PlaceOf<P extends S3Place = S3Place> {
  readonly connection: Connection;
  readonly place: P;
}

/**
 * Shows a place where the zones of its connection hold it, as far down as lists are loaded; false where no zone does. A
 * bucket may stand under several zones, whole or by first-level prefix: each zone is a way to it.
 */
export async function revealInZones(zones: ShownTree, { connection, place }: PlaceOf): Promise<boolean> {
  for (const zone of await contentOf(zones, connection)) {
    if (zone.subject?.kind !== 'zone') continue;
    if (connectionKey(zone.subject.connection) !== connectionKey(connection)) return false;
    const start = (await zones.tree.getChildren(zone)).find(({ subject }) => holds(subject, place));
    if (start === undefined) continue;
    await zones.view.reveal(await deepest(zones, start, place), options);
    return true;
  }
  return false;
}

/** Shows a place among the opened ones, where it has just been put. */
export async function revealOpened(zones: ShownTree, at: PlaceOf<KeptPlace>): Promise<void> {
  zones.tree.drawRoot();
  const group = (await contentOf(zones, at.connection)).find(
    ({ menu, subject }) => menu === 'opened' && isOver(subject, at.connection),
  );
  if (group === undefined) {
    throw new Problem(
      `Zones does not show the connection ${at.connection.name}: add it with Lake: Add Connection to Zones, then go there again.`,
      'invalid',
    );
  }
  const node = (await zones.tree.getChildren(group)).find(({ subject }) => is(subject, at.place));
  if (node !== undefined) await zones.view.reveal(node, { ...options, expand: at.place.kind !== 'object' });
}

/** What stands at the top for a connection: in its group where there are several. */
async function contentOf({ tree }: ShownTree, connection: Connection): Promise<readonly TreeNode[]> {
  const top = await tree.getChildren();
  const groups = top.filter(({ menu }) => menu === 'connection' || menu === 'connection.added');
  if (groups.length === 0) return top;
  const group = groups.find(({ subject }) => isOver(subject, connection));
  return group === undefined ? [] : await tree.getChildren(group);
}

function isOver(subject: NodeSubject | undefined, connection: Connection): boolean {
  return subject?.kind === 'connection' && connectionKey(subject.connection) === connectionKey(connection);
}

async function deepest({ tree }: ShownTree, start: TreeNode, place: S3Place): Promise<TreeNode> {
  let at = start;
  while (at.children !== undefined && !is(at.subject, place)) {
    const next = (await tree.getChildren(at)).find(({ subject }) => holds(subject, place));
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

/** True for the bucket, every prefix above or at a key, and the object itself. */
function holds(subject: NodeSubject | undefined, { bucket, key }: S3Place): boolean {
  if (subject?.kind === 'bucket') return subject.bucket === bucket;
  if (subject?.kind === 'object') return subject.bucket === bucket && subject.key === key;
  // A table's location may be written without its slash.
  const folder = key === '' || key.endsWith('/') ? key : `${key}/`;
  return subject?.kind === 'prefix' && subject.bucket === bucket && folder.startsWith(subject.prefix);
}

function is(subject: NodeSubject | undefined, place: KeptPlace): boolean {
  if (subject?.kind === 'object') return subject.bucket === place.bucket && subject.key === place.key;
  if (place.kind === 'object') return false;
  if (subject?.kind === 'bucket') return subject.bucket === place.bucket && place.key === '';
  return subject?.kind === 'prefix' && subject.bucket === place.bucket && subject.prefix === place.key;
}
