import type { Column } from '../catalog/catalog';
import { type Layout, readingAt } from './layout';
import { type TextSet, textSet } from './textSet';
import { canonicalKeys, dayIn } from './values';

/** Which directories mean the same partition, or nearly so. */
export interface LeafGroups {
  /** The canonical key of a path by its number; undefined where its values do not fit their types. */
  key(index: number): string | undefined;
  /** Of a path by its number: another path with equal values, and one that names the same day otherwise. */
  of(index: number): { readonly twin?: string; readonly alike?: string };
  /** All paths whose values have this canonical key. */
  paths(key: string): readonly string[];
}

/** Groups the paths of a listing by what their values mean. */
export function leafGroups(leaves: TextSet, layout: Layout, keys: readonly Column[]): LeafGroups {
  const canonical = canonicalKeys(keys);
  const strict = grouping(leaves.size);
  const loose = keys.some(isText) ? grouping(leaves.size) : undefined;
  for (let index = 0; index < leaves.size; index += 1) {
    const key = canonical(readingAt(layout, leaves.at(index)).values);
    if (key === undefined) continue;
    strict.put(index, key);
    loose?.put(index, looseOf(keys, key));
  }
  return {
    key: strict.key,
    of: (index) => {
      const twin = strict.others(index)[0];
      const alike = loose?.others(index).find((one) => strict.key(one) !== strict.key(index));
      return {
        ...(twin === undefined ? {} : { twin: leaves.at(twin) }),
        ...(alike === undefined ? {} : { alike: leaves.at(alike) }),
      };
    },
    paths: (key) => strict.members(key).map((index) => leaves.at(index)),
  };
}

/** Numbers by a text of each. Nearly every group has one member, so only the others are kept as lists. */
function grouping(count: number) {
  const texts = textSet();
  const textOf = new Int32Array(count).fill(-1);
  const first = new Int32Array(count);
  const shared = new Map<number, number[]>();
  const membersOf = (id: number): readonly number[] => (id < 0 ? [] : (shared.get(id) ?? [first[id] ?? -1]));
  return {
    put: (index: number, text: string): void => {
      const before = texts.size;
      const id = texts.add(text);
      textOf[index] = id;
      if (id === before) first[id] = index;
      else if (shared.has(id)) shared.get(id)?.push(index);
      else shared.set(id, [first[id] ?? -1, index]);
    },
    key: (index: number): string | undefined => {
      const id = textOf[index] ?? -1;
      return id < 0 ? undefined : texts.at(id);
    },
    others: (index: number): readonly number[] =>
      shared.size === 0 ? [] : (shared.get(textOf[index] ?? -1) ?? []).filter((one) => one !== index),
    members: (text: string): readonly number[] => membersOf(texts.indexOf(text)),
  };
}

/** A canonical key in which texts that spell a day are spelled in one way. */
function looseOf(keys: readonly Column[], key: string): string {
  if (!/\d{4}/.test(key)) return key;
  const values = key.split('/');
  const loose = values.map((value, index) => {
    const column = keys[index];
    return column !== undefined && isText(column) ? (dayIn(value.replaceAll('\\s', '/')) ?? value) : value;
  });
  return loose.every((value, index) => value === values[index]) ? key : loose.join('/');
}

function isText({ type }: Column): boolean {
  return /^(string|varchar|char)/.test(type);
}
