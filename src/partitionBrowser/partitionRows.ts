import type { Column, Partition } from '../catalog/catalog';
import { hivePath } from './hivePath';
import { numberList } from './numberList';
import { tupleIndex } from './tupleIndex';
import { type Dictionary, valueDictionary } from './valueDictionary';

/** Partitions of one table, kept so that 200,000 take a few tens of bytes each. Rows count from 0 as they came. */
export interface PartitionRows {
  readonly keys: readonly Column[];
  readonly count: number;
  /** Adds a partition; the row it has, and whether it was there before. */
  add(partition: Partition): { readonly row: number; readonly known: boolean };
  /** In key order. */
  values(row: number): readonly string[];
  value(row: number, key: number): string;
  /** As the catalog has it; undefined where it names none. */
  location(row: number): string | undefined;
  /** Where it lies without spelling its location: `usual` is the place that Hive gives it below the table's. */
  place(row: number): 'none' | 'usual' | 'other';
  /** Milliseconds since 1970; undefined where the catalog does not tell. */
  createdAt(row: number): number | undefined;
  find(values: readonly string[]): number | undefined;
  /** Rows whose location is not the one that Hive gives them, with it. */
  unusual(): Iterable<readonly [row: number, location: string]>;
  /** Every partition's values, made as they are asked for; may be gone through again. */
  allValues(): Iterable<readonly string[]>;
  /** The distinct values of a key. */
  dictionary(key: number): Dictionary;
  /** The number of a row's value in the dictionary of its key. */
  valueId(row: number, key: number): number;
}

const none = 0;
const own = 1;
/** At the place Hive gives it below the table's location, without and with a slash at the end. */
const bare = 2;
const slashed = 3;

/** No partitions yet of a table with these keys at this location. */
export function partitionRows(keys: readonly Column[], tableLocation: string | undefined): PartitionRows {
  const base = tableLocation === undefined ? undefined : tableLocation.replace(/\/*$/, '/');
  const dictionaries = keys.map(() => valueDictionary());
  const ids = keys.map(() => numberList());
  const created = numberList();
  const places = numberList();
  const locations = new Map<number, string>();

  const usual = (values: readonly string[]): string | undefined =>
    base === undefined ? undefined : `${base}${hivePath(keys, values)}`;
  const valuesOf = (row: number): readonly string[] =>
    dictionaries.map((dictionary, key) => dictionary.text(ids[key]?.at(row) ?? -1));
  const index = tupleIndex({
    width: keys.length,
    idAt: (row, key) => ids[key]?.at(row) ?? -1,
  });

  const placeOf = (row: number, partition: Partition): number => {
    const { location, values } = partition;
    if (location === undefined) return none;
    const expected = usual(values);
    if (location === expected) return slashed;
    if (`${location}/` === expected) return bare;
    locations.set(row, location);
    return own;
  };

  return {
    keys,
    get count() {
      return created.length;
    },
    add(partition) {
      const tuple = dictionaries.map((dictionary, key) => dictionary.id(partition.values[key] ?? ''));
      const before = index.find(tuple);
      if (before !== undefined) return { row: before, known: true };
      const row = created.length;
      tuple.forEach((id, key) => ids[key]?.push(id));
      created.push(partition.createdAt?.getTime() ?? Number.NaN);
      places.push(placeOf(row, partition));
      index.add(row);
      return { row, known: false };
    },
    values: valuesOf,
    value: (row, key) => dictionaries[key]?.text(ids[key]?.at(row) ?? -1) ?? '',
    location(row) {
      switch (places.at(row)) {
        case own:
          return locations.get(row);
        case slashed:
          return usual(valuesOf(row));
        case bare:
          return usual(valuesOf(row))?.slice(0, -1);
        default:
          return undefined;
      }
    },
    place(row) {
      const at = places.at(row);
      return at === none ? 'none' : at === own ? 'other' : 'usual';
    },
    createdAt(row) {
      const at = created.at(row);
      return Number.isNaN(at) ? undefined : at;
    },
    find(values) {
      const tuple: number[] = [];
      for (const [key, dictionary] of dictionaries.entries()) {
        const id = dictionary.known(values[key] ?? '');
        if (id === undefined) return undefined;
        tuple.push(id);
      }
      return index.find(tuple);
    },
    unusual: () => locations,
    allValues: () => ({
      *[Symbol.iterator]() {
        for (let row = 0; row < created.length; row += 1) yield valuesOf(row);
      },
    }),
    dictionary: (key) => dictionaries[key] ?? valueDictionary(),
    valueId: (row, key) => ids[key]?.at(row) ?? -1,
  };
}
