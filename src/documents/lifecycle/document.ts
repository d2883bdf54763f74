import { booleanOf, isUnknown, itemsOf, numberOf, propertiesOf, textOf, valueOf } from '../data/access';
import type { DataDocument, DataNode, DataObject } from '../data/node';
import type {
  LifecycleAction,
  LifecycleDocument,
  LifecycleExpiration,
  LifecycleFilter,
  LifecycleRule,
  LifecycleTransition,
} from './model';

export type { LifecycleDocument } from './model';

/** Reads a lifecycle configuration, bare or as the input of the command; what has not the form of one is left out. Never throws. */
export function readLifecycle(data: DataDocument): LifecycleDocument {
  const wrapped = valueOf(data.root, 'LifecycleConfiguration');
  const list = valueOf(wrapped ?? data.root, 'Rules');
  const nodes = itemsOf(list).filter((item) => item.kind === 'object');
  const profile = nodes.some(isCloudFormation) ? 'cloudformation' : 'api';
  const minimum = textOf(valueOf(data.root, 'TransitionDefaultMinimumObjectSize'));
  return {
    data,
    profile,
    list: list?.kind === 'array' ? list : undefined,
    rules: profile === 'api' ? nodes.map(readRule) : [],
    bucket: textOf(valueOf(data.root, 'Bucket')),
    defaultMinimum:
      minimum === 'varies_by_storage_class' ? 'varies_by_storage_class' : 'all_storage_classes_128K',
  };
}

// Keys of the CloudFormation resource that the API has not.
function isCloudFormation(rule: DataObject): boolean {
  const keys = (node: DataNode | undefined): readonly string[] => propertiesOf(node).map(({ key }) => key);
  const inside = [
    ...itemsOf(valueOf(rule, 'Transitions')),
    ...itemsOf(valueOf(rule, 'NoncurrentVersionTransitions')),
  ];
  return (
    keys(rule).some((key) =>
      /^(?:ExpirationInDays|ExpirationDate|NoncurrentVersionExpirationInDays|TagFilters)$/.test(key),
    ) || inside.some((item) => keys(item).some((key) => /^Transition(?:InDays|Date)$/.test(key)))
  );
}

function readRule(node: DataObject, index: number): LifecycleRule {
  const idNode = valueOf(node, 'ID');
  const id = textOf(idNode);
  const expiration = valueOf(node, 'Expiration');
  const noncurrent = valueOf(node, 'NoncurrentVersionExpiration');
  const abort = valueOf(node, 'AbortIncompleteMultipartUpload');
  return {
    node,
    span: idNode ?? { start: node.start, end: node.start + 1 },
    name: id ?? `rule ${index + 1}`,
    id,
    enabled: textOf(valueOf(node, 'Status')) === 'Enabled',
    filter: readFilter(node),
    transitions: transitionsOf(node, { many: 'Transitions', one: 'Transition', days: 'Days' }),
    noncurrentTransitions: transitionsOf(node, {
      many: 'NoncurrentVersionTransitions',
      one: 'NoncurrentVersionTransition',
      days: 'NoncurrentDays',
    }),
    expiration: expiration?.kind === 'object' ? readExpiration(expiration) : undefined,
    noncurrentExpiration:
      noncurrent?.kind === 'object' ? readAction(noncurrent, 'NoncurrentDays') : undefined,
    abort: abort?.kind === 'object' ? readAction(abort, 'DaysAfterInitiation') : undefined,
  };
}

function transitionsOf(
  rule: DataObject,
  keys: { readonly many: string; readonly one: string; readonly days: string },
): readonly LifecycleTransition[] {
  const many = valueOf(rule, keys.many);
  // The withdrawn `put-bucket-lifecycle` had one of them, without a list.
  const items = many === undefined ? [valueOf(rule, keys.one)] : itemsOf(many);
  return items.flatMap((item): readonly LifecycleTransition[] => {
    if (item?.kind !== 'object') return [];
    const classNode = valueOf(item, 'StorageClass');
    return [
      {
        ...readAction(item, keys.days),
        classNode,
        storageClass: isUnknown(classNode) ? undefined : textOf(classNode),
        date: textOf(valueOf(item, 'Date')),
      },
    ];
  });
}

function readExpiration(node: DataObject): LifecycleExpiration {
  return {
    ...readAction(node, 'Days'),
    date: textOf(valueOf(node, 'Date')),
    deleteMarkers: booleanOf(valueOf(node, 'ExpiredObjectDeleteMarker')) === true,
  };
}

function readAction(node: DataObject, key: string): LifecycleAction {
  const daysNode = valueOf(node, key);
  return { node, daysNode, days: numberOf(daysNode) };
}

/** The forms of a filter: empty, one condition, several in `And`, and the withdrawn Prefix of the rule itself. */
function readFilter(rule: DataObject): LifecycleFilter {
  const node = valueOf(rule, 'Filter');
  const conditions = valueOf(node, 'And') ?? node;
  const prefixNode = valueOf(conditions, 'Prefix') ?? valueOf(rule, 'Prefix');
  const one = valueOf(node, 'Tag');
  const tagNodes = one === undefined ? itemsOf(valueOf(conditions, 'Tags')) : [one];
  const greater = valueOf(conditions, 'ObjectSizeGreaterThan');
  const less = valueOf(conditions, 'ObjectSizeLessThan');
  const tags = tagNodes.map((tag) => ({
    key: textOf(valueOf(tag, 'Key')),
    value: textOf(valueOf(tag, 'Value')),
    unknown: isUnknown(valueOf(tag, 'Key')) || isUnknown(valueOf(tag, 'Value')),
  }));
  const all = [node, conditions, prefixNode, ...tagNodes, greater, less];
  return {
    node,
    prefix: textOf(prefixNode) ?? '',
    prefixNode,
    tags: tags.map(({ key = '', value = '' }) => ({ key, value })),
    greaterThan: numberOf(greater),
    lessThan: numberOf(less),
    known:
      all.every((part) => !isUnknown(part)) &&
      (node === undefined || node.kind === 'object') &&
      (prefixNode === undefined || prefixNode.kind === 'text') &&
      tags.every(({ key, value, unknown }) => key !== undefined && value !== undefined && !unknown) &&
      [greater, less].every((size) => size === undefined || numberOf(size) !== undefined) &&
      // A key that is none: the condition it was meant for is missing.
      [...propertiesOf(node), ...propertiesOf(conditions)].every(({ key }) => filterKeys.has(key)),
  };
}

const filterKeys: ReadonlySet<string> = new Set([
  'And',
  'Prefix',
  'Tag',
  'Tags',
  'ObjectSizeGreaterThan',
  'ObjectSizeLessThan',
]);
