import type { TreeNode } from './node';

/** Two states of one node. */
export interface ChangedNode {
  readonly before: TreeNode;
  readonly after: TreeNode;
}

/**
 * Which nodes of a list look different now; undefined when it has other nodes, or in another order, so that the list
 * itself has to be drawn again.
 */
export function changedNodes(
  before: readonly TreeNode[],
  after: readonly TreeNode[],
): readonly ChangedNode[] | undefined {
  if (before.length !== after.length) return undefined;
  const changed: ChangedNode[] = [];
  for (const [index, now] of after.entries()) {
    const then = before[index];
    if (then?.id !== now.id || (then.children === undefined) !== (now.children === undefined))
      return undefined;
    if (!looksTheSame(then, now)) changed.push({ before: then, after: now });
  }
  return changed;
}

function looksTheSame(a: TreeNode, b: TreeNode): boolean {
  return (
    a.label === b.label &&
    a.icon === b.icon &&
    a.hint === b.hint &&
    a.tooltip === b.tooltip &&
    a.spoken === b.spoken &&
    a.menu === b.menu
  );
}
