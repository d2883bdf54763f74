import { propertyOf } from '../data/access';
import type { DataNode, DataProperty } from '../data/node';

/**
 * A field of a request or a state, written as a value or as a path: `Timeout`, `Timeout.$`, `TimeoutPath`.
 * Undefined where no form of it is there.
 */
export function fieldOf(node: DataNode | undefined, key: string): DataProperty | undefined {
  return propertyOf(node, key) ?? propertyOf(node, `${key}.$`) ?? propertyOf(node, `${key}Path`);
}

/** Whether a request gives a field, in any form, or is itself computed, so that it may. */
export function mayHave(node: DataNode | undefined, key: string): boolean {
  return (node !== undefined && node.kind !== 'object') || fieldOf(node, key) !== undefined;
}

/** All texts in a value with their keys, the nearest key for those in arrays. */
export function textsIn(node: DataNode | undefined): readonly TextAt[] {
  const found: TextAt[] = [];
  const visit = (at: DataNode, place: Omit<TextAt, 'node' | 'value'>): void => {
    if (at.kind === 'text') found.push({ ...place, node: at, value: at.value });
    else if (at.kind === 'array') for (const item of at.items) visit(item, { ...place, isItem: true });
    else if (at.kind === 'object') {
      for (const property of at.properties)
        visit(property.value, { property, keys: [...place.keys, property.key], isItem: false });
    }
  };
  if (node !== undefined) visit(node, { property: undefined, keys: [], isItem: false });
  return found;
}

/** A text in a value. */
export interface TextAt {
  readonly node: DataNode;
  readonly value: string;
  readonly property: DataProperty | undefined;
  /** The keys that lead to it, from the outermost. */
  readonly keys: readonly string[];
  /** It stands in an array. */
  readonly isItem: boolean;
}
