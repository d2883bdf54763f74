import type { Dialect, Node } from '../sql/ast';
import { walk } from '../sql/walk';
import type { Rule, RuleContext } from './rule';

interface Handler {
  readonly rule: Rule;
  readonly call: Call['call'];
}

// A method, so that a handler of one kind of node may stand in a table of all kinds: the table is only
// asked by the node's own kind.
interface Call {
  call(this: void, node: Node, context: RuleContext): void;
}

/** What listens to one kind of node. */
interface Listeners {
  readonly handlers: readonly Handler[];
  /** Nothing listens to what can stand below such a node: the walk goes no deeper. */
  readonly isLeaf: boolean;
}

/** The rules of one dialect by the kind of node they listen to. */
export type Dispatch = ReadonlyMap<string, Listeners>;

/** Kinds of nodes with nothing but names and types below them: they are two of three nodes of a tree. */
const named: readonly Node['kind'][] = ['Identifier', 'QualifiedName', 'TypeName'];
const aboveNames: readonly Node['kind'][] = [...named, 'ColumnRef', 'Literal', 'Parameter', 'TableRef'];

/** Sorts the handlers of the rules once, so that a walk asks one map per node. */
export function dispatchFor(rules: readonly Rule[], dialect: Dialect): Dispatch {
  const byKind = new Map<string, Handler[]>();
  for (const rule of rules) {
    if (!rule.dialects.includes(dialect)) continue;
    const handlers: Readonly<Record<string, Call['call'] | undefined>> = rule.on ?? {};
    for (const [kind, call] of Object.entries(handlers)) {
      if (call === undefined) continue;
      const list = byKind.get(kind) ?? [];
      byKind.set(kind, [...list, { rule, call }]);
    }
  }
  const namesHeard = named.some((kind) => byKind.has(kind));
  const leaves = new Set<string>(namesHeard ? [] : aboveNames);
  return new Map(
    [...new Set([...byKind.keys(), ...leaves])].map((kind) => [
      kind,
      { handlers: byKind.get(kind) ?? [], isLeaf: leaves.has(kind) },
    ]),
  );
}

/** What the rules of one statement share: `rule` is the one that is called right now. */
export interface Speaking {
  rule: Rule;
}

/** One walk over a statement's tree for all rules, which share a context. */
export function runRules(
  body: Node,
  dispatch: Dispatch,
  { context, speaking }: { readonly context: RuleContext; readonly speaking: Speaking },
): void {
  walk(body, (node) => {
    const listeners = dispatch.get(node.kind);
    if (listeners === undefined) return true;
    const { handlers, isLeaf } = listeners;
    // By index: this is asked at every node, where an iterator would make an object for each handler.
    for (let at = 0; at < handlers.length; at++) {
      const handler = handlers[at];
      if (handler === undefined) continue;
      speaking.rule = handler.rule;
      const { call } = handler;
      call(node, context);
    }
    return !isLeaf;
  });
}
