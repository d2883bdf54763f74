import type { Node } from './ast';
import { pushChildren } from './children';

/** The nodes straight below a node, in source order. */
export function childrenOf(node: Node): readonly Node[] {
  const found: Node[] = [];
  pushChildren(node, found);
  return inOrder(found, 0) ? found : found.sort(bySource);
}

/** Visits a node and all below it, parents first, in source order; returning false skips what is below. Uses no stack depth. */
export function walk(node: Node, visit: (node: Node) => boolean | void): void {
  const waiting: Node[] = [node];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    if (visit(current) === false) continue;
    const from = waiting.length;
    pushChildren(current, waiting);
    const count = waiting.length - from;
    if (count === 2) swapPair(waiting, from);
    else if (count > 2) lastFirst(waiting, from);
  }
}

/** As `lastFirst` for two, which most nodes with anything below them have. */
function swapPair(nodes: Node[], from: number): void {
  const first = nodes[from];
  const last = nodes[from + 1];
  if (first === undefined || last === undefined || first.start > last.start) return;
  nodes[from] = last;
  nodes[from + 1] = first;
}

/** Turns what stands behind `from` around, so that the first in the source is taken next. */
function lastFirst(nodes: Node[], from: number): void {
  if (!inOrder(nodes, from)) {
    const sorted = nodes.splice(from).sort(bySource);
    for (const node of sorted) nodes.push(node);
  }
  for (let low = from, high = nodes.length - 1; low < high; low++, high--) {
    const first = nodes[low];
    const last = nodes[high];
    if (first === undefined || last === undefined) return;
    nodes[low] = last;
    nodes[high] = first;
  }
}

function inOrder(nodes: readonly Node[], from: number): boolean {
  let before = 0;
  for (let i = from; i < nodes.length; i++) {
    const start = nodes[i]?.start ?? 0;
    if (start < before) return false;
    before = start;
  }
  return true;
}

function bySource(a: Node, b: Node): number {
  return a.start - b.start || a.end - b.end;
}
