import { itemsOf, propertyOf, textOf, valueOf } from '../../../documents/data/access';
import type { DataNode } from '../../../documents/data/node';
import { statesAround } from '../../../documents/asl/graph';
import type { AslDocument, Machine, State } from '../../../documents/asl/model';

/** Whether a Map hands its items to executions of their own. */
export function isDistributed(map: State): boolean {
  return modeOf(map, 'Mode') === 'DISTRIBUTED';
}

/** Whether a machine runs as an Express workflow, as far as the text says so: as the child of a distributed Map. */
export function isExpress(document: AslDocument, machine: Machine): boolean {
  return statesAround(document, machine).some((state) => modeOf(state, 'ExecutionType') === 'EXPRESS');
}

function modeOf({ node }: State, key: string): string | undefined {
  const config =
    valueOf(node, 'ItemProcessor', 'ProcessorConfig') ?? valueOf(node, 'Iterator', 'ProcessorConfig');
  return textOf(valueOf(config, key));
}

/** How many items a Map goes over, where they are written out in the definition; undefined where they are not. */
export function writtenItems(machine: Machine, { node }: State): number | undefined {
  const items = propertyOf(node, 'Items')?.value;
  if (items?.kind === 'array') return items.items.length;
  const path = textOf(valueOf(node, 'ItemsPath'));
  if (path === undefined) return undefined;
  for (const state of machine.states.values()) {
    const result =
      state.type === 'Pass'
        ? (valueOf(state.node, 'Result') ?? valueOf(state.node, 'Parameters'))
        : undefined;
    const at = textOf(valueOf(state.node, 'ResultPath')) ?? '$';
    const list = result === undefined ? undefined : inside(result, { at, path });
    if (list?.kind === 'array') return itemsOf(list).length;
  }
  return undefined;
}

// What a path finds in a value that was put at another path.
function inside(
  value: DataNode,
  { at, path }: { readonly at: string; readonly path: string },
): DataNode | undefined {
  if (path === at) return value;
  if (!path.startsWith(`${at}.`)) return undefined;
  return valueOf(value, ...path.slice(at.length + 1).split('.'));
}
