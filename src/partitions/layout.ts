import type { Column } from '../catalog/catalog';
import { readLevel } from './hiveLayout';

/** What the names of directories, one below the other, say of a partition. */
export type Reading =
  | {
      readonly kind: 'values';
      /** Of the first keys; of all of them where the names lead down to a partition. */
      readonly values: readonly string[];
      /** A key is written in another case than the catalog's. */
      readonly otherCase: boolean;
    }
  /** Written by an engine for itself; never data. */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'odd'; readonly why: string };

/** What is known of the names of one level before it is listed. */
export interface LevelName {
  /** What all of them begin with. */
  readonly head: string;
  /** The head is the whole name. */
  readonly fixed: boolean;
}

/** How the directories of a table's partitions lie below one place. */
export interface Layout {
  /** The template as it was given; absent: Hive's `key=value/`. */
  readonly template?: string;
  /** One for each level of directories down to a partition. */
  readonly levels: readonly LevelName[];
  /** Reads the names of the first levels (decoded, without slashes), or of all. */
  read(names: readonly string[]): Reading;
}

/** Hive's layout: a level `key=value` for each key in order. */
export function hiveLayout(keys: readonly Column[]): Layout {
  return {
    levels: keys.map(() => ({ head: '', fixed: false })),
    read: (names) => {
      const values: string[] = [];
      let otherCase = false;
      for (const [index, name] of names.entries()) {
        const key = keys[index];
        if (key === undefined) return { kind: 'odd', why: 'lies deeper than the partitions' };
        const level = readLevel(name, key);
        if (level.kind !== 'value') return level;
        values.push(level.value);
        otherCase ||= level.otherCase;
      }
      return { kind: 'values', values, otherCase };
    },
  };
}

/** What a partition's path below the layout's place says (`a/b/`); no values where it is none of its partitions. */
export function readingAt(
  layout: Layout,
  path: string,
): { readonly values: readonly string[]; readonly otherCase: boolean } {
  const names = path.split('/').slice(0, -1);
  const reading = names.length === layout.levels.length ? layout.read(names) : undefined;
  return reading?.kind === 'values' ? reading : { values: [], otherCase: false };
}

/** The values of a partition at a path below the layout's place; undefined where it is none of its partitions. */
export function valuesAt(layout: Layout, path: string): readonly string[] | undefined {
  const { values } = readingAt(layout, path);
  return values.length === 0 ? undefined : values;
}
