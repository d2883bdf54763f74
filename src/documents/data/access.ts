import type { DataNode, DataProperty } from './node';

/** The property of an object by its exact key; the last one where the key stands twice, as AWS reads it. */
export function propertyOf(node: DataNode | undefined, key: string): DataProperty | undefined {
  return node?.kind === 'object' ? node.properties.findLast((property) => property.key === key) : undefined;
}

/** The value of an object's property, or of a property inside it: `valueOf(rule, 'Filter', 'Prefix')`. */
export function valueOf(node: DataNode | undefined, ...path: readonly string[]): DataNode | undefined {
  let value = node;
  for (const key of path) value = propertyOf(value, key)?.value;
  return value;
}

/** The properties of an object; none for anything else. */
export function propertiesOf(node: DataNode | undefined): readonly DataProperty[] {
  return node?.kind === 'object' ? node.properties : [];
}

/** The items of an array; none for anything else. */
export function itemsOf(node: DataNode | undefined): readonly DataNode[] {
  return node?.kind === 'array' ? node.items : [];
}

/** A text's value; undefined for anything else. */
export function textOf(node: DataNode | undefined): string | undefined {
  return node?.kind === 'text' ? node.value : undefined;
}

/** A number's value; undefined for anything else, numbers in quotes included. */
export function numberOf(node: DataNode | undefined): number | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
}

/** A truth value; undefined for anything else. */
export function booleanOf(node: DataNode | undefined): boolean | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;
}

/**
 * Whether a value is known only when CloudFormation deploys it: `!Ref x`, `{ "Fn::Sub": … }`, or a text with
 * `${…}` or `{{…}}` that a tool fills in. A rule says nothing about such a value.
 */
export function isUnknown(node: DataNode | undefined): boolean {
  if (node?.kind === 'text') return /\$\{|\{\{|<%/.test(node.value);
  if (node?.kind !== 'object' || node.properties.length !== 1) return false;
  const key = node.properties[0]?.key ?? '';
  return key === 'Ref' || key.startsWith('Fn::');
}

/** The plain value of a node, the last of doubled keys winning; for comparing and for messages. */
export function plainOf(node: DataNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.properties.map(({ key, value }) => [key, plainOf(value)]));
    case 'array':
      return node.items.map(plainOf);
    case 'text':
    case 'scalar':
      return node.value;
  }
}
