import type { Node } from './ast';

/** The nodes straight below a node, in source order. */
export function childrenOf(node: Node): readonly Node[] {
  const found: Node[] = [];
  collect(node, found);
  for (let i = 1; i < found.length; i++) {
    if ((found[i - 1]?.start ?? 0) > (found[i]?.start ?? 0))
      return found.sort((a, b) => a.start - b.start || a.end - b.end);
  }
  return found;
}

/** Visits a node and all below it, parents first, in source order; returning false skips what is below. Uses no stack depth. */
export function walk(node: Node, visit: (node: Node) => boolean | void): void {
  const waiting: Node[] = [node];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    if (visit(current) === false) continue;
    const children = childrenOf(current);
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child !== undefined) waiting.push(child);
    }
  }
}

function collect(holder: object, found: Node[]): void {
  for (const value of Object.values(holder)) collectValue(value, found);
}

function collectValue(value: unknown, found: Node[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collectValue(item, found);
  } else if (isNode(value)) found.push(value);
  else collect(value, found);
}

function isNode(value: object): value is Node {
  return 'kind' in value;
}
