import type { TextSet } from './textSet';

/** The numbers of paths in the order of their names, level by level, numbers by size. */
export function inOrder(paths: TextSet, indexes: Uint32Array): Uint32Array {
  const texts = Array.from(indexes, (index) => paths.at(index));
  const places = Uint32Array.from(indexes, (_, place) => place);
  return places
    .sort((a, b) => comparePaths(texts[a] ?? '', texts[b] ?? ''))
    .map((place) => indexes[place] ?? 0);
}

/** Orders partitions by their values, numbers by size. */
export function byValues(
  a: { readonly values: readonly string[] },
  b: { readonly values: readonly string[] },
): number {
  for (const [index, value] of a.values.entries()) {
    const difference = order(value, b.values[index] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Numbers by size, everything else by code unit: the same on every machine. */
export function order(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b) && Number(a) !== Number(b)) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparePaths(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const from = a.lastIndexOf('/', at - 1) + 1;
  return order(valueOf(a, from), valueOf(b, from));
}

/** The value in the directory name that begins here: behind the key, where it has one. */
function valueOf(path: string, from: number): string {
  const to = path.indexOf('/', from);
  const equals = path.indexOf('=', from);
  const start = equals >= 0 && (to < 0 || equals < to) ? equals + 1 : from;
  return path.slice(start, to < 0 ? undefined : to);
}
