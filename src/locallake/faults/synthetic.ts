import type { Place, StoredObject } from '../store/objects';
import { firstIndex, type KeySource } from '../store/sortedKeys';

/** A prefix that pretends to hold `count` objects, `<prefix>part-0000000.parquet` and so on. */
export interface SyntheticPrefix {
  readonly bucket: string;
  readonly prefix: string;
  readonly count: number;
}

/** Listings of keys that are made as they are asked for. */
export class SyntheticKeys {
  #prefixes: readonly SyntheticPrefix[] = [];

  set(prefixes: readonly SyntheticPrefix[]): void {
    this.#prefixes = prefixes;
  }

  sources(bucket: string): readonly KeySource[] {
    return this.#prefixes
      .filter((each) => each.bucket === bucket)
      .map((each) => ({
        first(from) {
          const at = firstIndex(each.count, (index) => keyAt(each, index) >= from);
          return at < each.count ? keyAt(each, at) : undefined;
        },
      }));
  }

  /** What a listing says of a made-up key; undefined for any other key. There is no content behind it. */
  find({ bucket, key }: Place): StoredObject | undefined {
    const made = this.#prefixes.find((each) => each.bucket === bucket && key.startsWith(each.prefix));
    if (made === undefined) return undefined;
    return {
      key,
      size: 1_048_576,
      etag: '0'.repeat(32),
      modified: Date.UTC(2024, 0, 1),
      storageClass: 'STANDARD',
    };
  }
}

function keyAt({ prefix }: SyntheticPrefix, index: number): string {
  return `${prefix}part-${String(index).padStart(7, '0')}.parquet`;
}
