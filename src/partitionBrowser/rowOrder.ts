import type { Column } from '../catalog/catalog';
import type { Figures } from './figures';
import type { PartitionRows } from './partitionRows';

/** By what the rows of the browser stand: as Glue told them, by their keys, or by what was measured. */
export type SortBy =
  'told' | 'keys' | 'newestFirst' | 'created' | 'bytes' | 'files' | 'newestObject' | 'state';

/** The rows in an order; ties stand as their keys do. */
export function orderedRows(
  rows: PartitionRows,
  { by, figures }: { readonly by: SortBy; readonly figures: Figures | undefined },
): Uint32Array {
  const order = Uint32Array.from({ length: rows.count }, (_, row) => row);
  if (by === 'told') return order;
  const sorted = keyOrderOf(rows);
  if (by === 'keys') return sorted;
  if (by === 'newestFirst') return sorted.toReversed();
  const place = new Uint32Array(sorted.length);
  for (const [at, row] of sorted.entries()) place[row] = at;
  const byKeys = (a: number, b: number): number => (place[a] ?? 0) - (place[b] ?? 0);
  const number = (read: (row: number) => number | undefined) => (a: number, b: number) =>
    (read(b) ?? -1) - (read(a) ?? -1) || byKeys(a, b);
  return order.sort(comparison(by));

  function comparison(
    measure: Exclude<SortBy, 'told' | 'keys' | 'newestFirst'>,
  ): (a: number, b: number) => number {
    switch (measure) {
      case 'created':
        return number((row) => rows.createdAt(row));
      case 'bytes':
        return number((row) => figures?.bytes(row));
      case 'files':
        return number((row) => figures?.files(row));
      case 'newestObject':
        return number((row) => figures?.newest(row));
      case 'state':
        return number((row) => (figures?.state(row) === 'data' ? 0 : 1));
    }
  }
}

/**
 * The rows in the order of their keys, ties as they came. Values are ranked once a key, and the ranks of a row are one
 * number where that is possible, so that 200,000 rows are sorted as plain numbers.
 */
function keyOrderOf(rows: PartitionRows): Uint32Array {
  const { count } = rows;
  const ranks = rows.keys.map((key, at) => ranksOf(key, rows.dictionary(at)));
  const size = ranks.reduce((product, rank) => product * Math.max(1, rank.length), Math.max(1, count));
  if (size <= Number.MAX_SAFE_INTEGER) {
    const numbers = new Float64Array(count);
    for (let row = 0; row < count; row += 1) {
      let number = 0;
      for (let at = 0; at < ranks.length; at += 1) {
        const rank = ranks[at];
        if (rank !== undefined) number = number * rank.length + (rank[rows.valueId(row, at)] ?? 0);
      }
      numbers[row] = number * count + row;
    }
    return Uint32Array.from(numbers.sort(), (number) => number % count);
  }
  return Uint32Array.from({ length: count }, (_, row) => row).sort((a, b) => {
    for (const [at, rank] of ranks.entries()) {
      const order = (rank[rows.valueId(a, at)] ?? 0) - (rank[rows.valueId(b, at)] ?? 0);
      if (order !== 0) return order;
    }
    return a - b;
  });
}

function ranksOf(key: Column, dictionary: { readonly size: number; text(id: number): string }): Uint32Array {
  const ids = Array.from({ length: dictionary.size }, (_, id) => id);
  const numeric = /^(tinyint|smallint|int|integer|bigint|float|double|decimal)\b/.test(key.type);
  ids.sort((a, b) => compareValues(dictionary.text(a), dictionary.text(b), numeric));
  const ranks = new Uint32Array(ids.length);
  for (const [rank, id] of ids.entries()) ranks[id] = rank;
  return ranks;
}

/** `9` before `10` for numbers; what is none, such as NULL, comes last. */
function compareValues(a: string, b: string, numeric: boolean): number {
  if (numeric) {
    const [left, right] = [Number(a), Number(b)];
    if (!Number.isNaN(left) && !Number.isNaN(right) && left !== right) return left - right;
    if (Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
