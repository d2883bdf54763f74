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

  /**
   * A page of a flat listing, written at once: a million objects would else be a million of everything. Undefined where
   * other made-up keys than those of one prefix may lie in it.
   */
  page(bucket: string, request: MadePageRequest): MadePage | undefined {
    const made = this.#prefixes.filter((each) => each.bucket === bucket && meet(each.prefix, request.prefix));
    const [only] = made;
    return only === undefined || made.length > 1 ? undefined : pageOf(only, request);
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

/** A flat page that is asked for, and how an object is written around its key. */
export interface MadePageRequest {
  readonly prefix: string;
  /** The first key, or what it comes after, whichever is later. */
  readonly from: string;
  readonly limit: number;
  readonly shown: (path: string) => string;
  readonly around: (key: string) => { readonly before: string; readonly after: string };
}

/** A page as text, with what comes next. */
export interface MadePage {
  readonly count: number;
  readonly text: string;
  readonly next?: string;
}

function meet(prefix: string, other: string): boolean {
  return prefix.startsWith(other) || other.startsWith(prefix);
}

function pageOf(made: Made, { prefix, from, limit, shown, around }: MadePageRequest): MadePage {
  const start = placeOf(made, byUtf8(from, prefix) > 0 ? from : prefix);
  let { folder, file } = start;
  let count = 0;
  let text = '';
  for (; made.count > 0 && folder < made.layout.size; folder++, file = 0) {
    const path = `${made.prefix}${made.layout.path(folder)}`;
    if (!path.startsWith(prefix) && !`${path}${nameAt(file)}`.startsWith(prefix)) break;
    // A prefix that ends within the name of a file takes some files of its folder.
    const whole = path.startsWith(prefix);
    const { before, after } = around(`${path}${nameAt(file)}`);
    const begin = before + shown(path);
    for (; file < made.count; file++) {
      const name = nameAt(file);
      if (!whole && !`${path}${name}`.startsWith(prefix)) return { count, text };
      if (count === limit) return { count, text, next: path + name };
      text += begin + name + after;
      count++;
    }
  }
  return { count, text };
}

/** Where the first key stands that is not before one. */
function placeOf({ layout, count, prefix }: Made, from: string): { folder: number; file: number } {
  const folderAt = (index: number): string => `${prefix}${layout.path(index)}`;
  // The folder before the first one that lies behind `from` is the only one in which `from` can be.
  const after = firstIndex(layout.size, (index) => byUtf8(folderAt(index), from) > 0);
  const folder = Math.max(0, after - 1);
  const path = folderAt(folder);
  const file = firstIndex(count, (index) => byUtf8(`${path}${nameAt(index)}`, from) >= 0);
  return file < count ? { folder, file } : { folder: folder + 1, file: 0 };
}

function sourceOf(made: Made): KeySource {
  const { layout, count, prefix } = made;
  return {
    seek(from) {
      const folderAt = (index: number): string => `${prefix}${layout.path(index)}`;
      let { folder, file } = placeOf(made, from);
      let path = folder < layout.size ? folderAt(folder) : '';
      const settle = (): void => {
        if (file < count) return;
        folder++;
        file = 0;
        path = folder < layout.size ? folderAt(folder) : '';
      };
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
