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

/** The rules of one dialect by the kind of node they listen to. */
export type Dispatch = ReadonlyMap<string, readonly Handler[]>;

/** Sorts the handlers of the rules once, so that a walk asks one map per node. */
export function dispatchFor(rules: readonly Rule[], dialect: Dialect): Dispatch {
  const table = new Map<string, Handler[]>();
  for (const rule of rules) {
    if (!rule.dialects.includes(dialect)) continue;
    const handlers: Readonly<Record<string, Call['call'] | undefined>> = rule.on ?? {};
    for (const [kind, call] of Object.entries(handlers)) {
      if (call === undefined) continue;
      const list = table.get(kind) ?? [];
      table.set(kind, [...list, { rule, call }]);
    }
  }
  return table;
}

/** One walk over a statement's tree for all rules, which share a context; `entered` is told before each which of them is called. */
export function runRules(
  body: Node,
  dispatch: Dispatch,
  { context, entered }: { readonly context: RuleContext; readonly entered: (rule: Rule) => void },
): void {
  walk(body, (node) => {
    const handlers = dispatch.get(node.kind);
    if (handlers === undefined) return;
    // By index: this is asked at every node, where an iterator would make an object for each handler.
    for (let at = 0; at < handlers.length; at++) {
      const handler = handlers[at];
      if (handler === undefined) continue;
      entered(handler.rule);
      const { call } = handler;
      call(node, context);
    }
  });
}
