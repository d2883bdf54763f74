import type { StoredObject } from './objectStore';

/** Objects of a page by columns, in the order of keys: what adding up millions needs, without an object for each. */
export interface KeyPage {
  readonly count: number;
  /** Decoded; made when it is asked for. */
  readonly key: (at: number) => string;
  readonly bytes: ArrayLike<number>;
  /** Milliseconds since 1970; NaN: not told. */
  readonly modified: ArrayLike<number>;
  /** `STANDARD`, `GLACIER`…; empty: not told. */
  readonly storageClass: (at: number) => string;
  /** 1 where folder, storage class and everything from the first dot of the name on are those of the row before. */
  readonly alike: ArrayLike<number>;
  /** 1 where the key ends with a slash. */
  readonly folder: ArrayLike<number>;
}

/** The same of objects that were listed one by one. */
export function keyPageOf(objects: readonly StoredObject[]): KeyPage {
  return {
    count: objects.length,
    key: (at) => objects[at]?.key ?? '',
    bytes: objects.map(({ bytes }) => bytes),
    modified: objects.map(({ modifiedAt }) => modifiedAt?.getTime() ?? Number.NaN),
    storageClass: (at) => objects[at]?.storageClass ?? '',
    alike: objects.map((object, at) => {
      const before = objects[at - 1];
      return before !== undefined && likeness(before) === likeness(object) ? 1 : 0;
    }),
    folder: objects.map(({ key }) => (key.endsWith('/') ? 1 : 0)),
  };
}

function likeness({ key, storageClass = '' }: StoredObject): string {
  const slash = key.lastIndexOf('/') + 1;
  const dot = key.indexOf('.', slash);
  return JSON.stringify([key.slice(0, slash), dot < 0 ? '' : key.slice(dot), storageClass]);
}
