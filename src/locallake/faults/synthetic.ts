import type { Place, StoredObject } from '../store/objects';
import { byUtf8, firstIndex, type KeySource } from '../store/sortedKeys';
import { madeLayout, type MadeLayout, type MadeLevel } from './madeLayout';

/** A prefix that pretends to hold objects, `<prefix>[dt=2020-01-01/…]part-0000000.parquet` and so on. */
export interface SyntheticPrefix {
  readonly bucket: string;
  readonly prefix: string;
  /** How many objects each lowest folder has, or the prefix when there are no levels. */
  readonly count: number;
  readonly levels?: readonly MadeLevel[];
  /** Of each object; a MiB when absent. */
  readonly bytes?: number;
}

interface Made extends SyntheticPrefix {
  readonly layout: MadeLayout;
}

/** Listings of keys that are made as they are asked for: ten million cost no more than one. */
export class SyntheticKeys {
  #prefixes: readonly Made[] = [];

  set(prefixes: readonly SyntheticPrefix[]): void {
    this.#prefixes = prefixes.map((each) => ({ ...each, layout: madeLayout(each.levels ?? []) }));
  }

  sources(bucket: string): readonly KeySource[] {
    return this.#prefixes.filter((each) => each.bucket === bucket).map(sourceOf);
  }

  /** What a listing says of a made-up key; undefined for any other key. There is no content behind it. */
  find({ bucket, key }: Place): StoredObject | undefined {
    const made = this.#prefixes.find((each) => each.bucket === bucket && key.startsWith(each.prefix));
    if (made === undefined) return undefined;
    return {
      key,
      size: made.bytes ?? 1_048_576,
      etag: '0'.repeat(32),
      modified: Date.UTC(2024, 0, 1),
      storageClass: 'STANDARD',
    };
  }
}

function sourceOf(made: Made): KeySource {
  const { layout, count, prefix } = made;
  return {
    seek(from) {
      const folderAt = (index: number): string => `${prefix}${layout.path(index)}`;
      // The folder before the first one that lies behind `from` is the only one in which `from` can be.
      const after = firstIndex(layout.size, (index) => byUtf8(folderAt(index), from) > 0);
      let folder = Math.max(0, after - 1);
      let path = folderAt(folder);
      let file = firstIndex(count, (index) => byUtf8(`${path}${nameAt(index)}`, from) >= 0);
      const settle = (): void => {
        if (file < count) return;
        folder++;
        file = 0;
        path = folder < layout.size ? folderAt(folder) : '';
      };
      settle();
      return {
        get key() {
          return folder < layout.size && count > 0 ? `${path}${nameAt(file)}` : undefined;
        },
        step: () => {
          file++;
          settle();
        },
      };
    },
  };
}

function nameAt(index: number): string {
  return `part-${String(index).padStart(7, '0')}.parquet`;
}
