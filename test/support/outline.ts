import type { TreeNode } from '../../src/trees/node';

const never = new AbortController().signal;

/** The texts of a tree, opened down to a depth, one node a line: two spaces a level, `label  hint`. */
export async function outline(node: TreeNode, depth = Infinity): Promise<string> {
  return (await linesOf(node, depth)).join('\n');
}

async function linesOf(node: TreeNode, depth: number): Promise<string[]> {
  const own = node.hint === undefined ? node.label : `${node.label}  ${node.hint}`;
  if (depth <= 0 || node.children === undefined) return [own];
  const below: string[] = [];
  for (const child of await node.children(never)) {
    for (const line of await linesOf(child, depth - 1)) below.push(`  ${line}`);
  }
  return [own, ...below];
}

/** The node at a path of labels below a root; throws with what was there instead. */
export async function nodeAt(root: TreeNode, path: readonly string[]): Promise<TreeNode> {
  let node = root;
  for (const label of path) {
    const children = (await node.children?.(never)) ?? [];
    const found = children.find((child) => child.label === label);
    if (found === undefined) {
      throw new Error(`No ${label} below ${node.label}: ${children.map((child) => child.label).join(', ')}`);
    }
    node = found;
  }
  return node;
}
