import { booleanOf, itemsOf, numberOf, propertiesOf, propertyOf, textOf, valueOf } from '../data/access';
import type { DataDocument, DataNode, DataObject } from '../data/node';
import type { WlmDocument, WlmGroups, WlmQueue, WlmRule } from './model';

export type { WlmDocument } from './model';

/** Reads a WLM configuration; what has not the form of one is left out. Never throws. */
export function readWlm(data: DataDocument): WlmDocument {
  const { root } = data;
  const none = { data, list: undefined, queues: [], shortQueries: undefined };
  if (root?.kind === 'object') {
    return isNested(root)
      ? { ...none, form: 'nested' }
      : { ...none, form: 'queue', queues: [readQueue(root, { index: 0, isAuto: false })] };
  }
  const nodes = itemsOf(root).filter((item) => item.kind === 'object');
  if (root?.kind !== 'array' || nodes.length === 0) return { ...none, form: 'other' };
  const shortQueries = nodes.find(
    (node) => propertyOf(node, 'short_query_queue') !== undefined && isSetting(node),
  );
  const mode = nodes.find((node) => nodes.length > 1 && hasOnly(node, ['auto_wlm']));
  const isAuto = isTrue(valueOf(mode, 'auto_wlm'));
  return {
    data,
    form: 'queues',
    list: root,
    shortQueries,
    queues: nodes
      .filter((node) => !(isSetting(node) && node === shortQueries) && node !== mode)
      .map((node, index) => readQueue(node, { index, isAuto })),
  };
}

// An object around queues, or with groups that are queues themselves.
function isNested(root: DataObject): boolean {
  return propertiesOf(root).some(
    ({ key, value }) =>
      (/group|queue/i.test(key) && itemsOf(value).some((item) => item.kind === 'object')) ||
      (/group|queue|wlm/i.test(key) && value.kind === 'object'),
  );
}

function isSetting(node: DataObject): boolean {
  return hasOnly(node, ['short_query_queue', 'max_execution_time', 'auto_wlm']);
}

function hasOnly(node: DataObject, keys: readonly string[]): boolean {
  return node.properties.length > 0 && node.properties.every(({ key }) => keys.includes(key));
}

function readQueue(
  node: DataObject,
  { index, isAuto }: { readonly index: number; readonly isAuto: boolean },
): WlmQueue {
  const nameNode = valueOf(node, 'name');
  const name = textOf(nameNode);
  return {
    node,
    span: nameNode ?? { start: node.start, end: node.start + 1 },
    name,
    label: name ?? `queue ${index + 1}`,
    mode: modeOf(node, isAuto),
    groups: (['user_group', 'query_group', 'user_role'] as const).flatMap((key): readonly WlmGroups[] => {
      const property = propertyOf(node, key);
      return property === undefined
        ? []
        : [{ key, keySpan: property.keySpan, labels: labelsOf(property.value) }];
    }),
    rules: itemsOf(valueOf(node, 'rules')).flatMap(readRule),
  };
}

// A lone label stands without an array at times.
function labelsOf(value: DataNode): readonly DataNode[] {
  return value.kind === 'array' ? value.items : value.kind === 'text' && value.value !== '' ? [value] : [];
}

function modeOf(node: DataObject, isAuto: boolean): WlmQueue['mode'] {
  const type = textOf(valueOf(node, 'queue_type'));
  const auto = valueOf(node, 'auto_wlm');
  const stated = type === 'auto' || type === 'manual' ? type : undefined;
  const flagged = isTrue(auto) ? 'auto' : isFalse(auto) ? 'manual' : undefined;
  if (stated !== undefined && flagged !== undefined && stated !== flagged) return undefined;
  const said = stated ?? flagged;
  if (said !== undefined) return said;
  if (type !== undefined || auto !== undefined) return undefined;
  if (isAuto) return 'auto';
  const isManual =
    propertyOf(node, 'query_concurrency') !== undefined ||
    propertyOf(node, 'memory_percent_to_use') !== undefined;
  return isManual ? 'manual' : undefined;
}

function readRule(node: DataNode): readonly WlmRule[] {
  if (node.kind !== 'object') return [];
  const nameNode = valueOf(node, 'rule_name');
  const actionNode = valueOf(node, 'action');
  return [
    {
      node,
      nameNode,
      name: textOf(nameNode),
      actionNode,
      action: textOf(actionNode),
      predicates: itemsOf(valueOf(node, 'predicate')).filter((item) => item.kind === 'object'),
    },
  ];
}

function isTrue(node: DataNode | undefined): boolean {
  return booleanOf(node) === true || numberOf(node) === 1 || textOf(node) === 'true';
}

function isFalse(node: DataNode | undefined): boolean {
  return booleanOf(node) === false || numberOf(node) === 0 || textOf(node) === 'false';
}
