/** Keys in S3's order, asked for one after the other. */
export interface KeySource {
  /** A place in the keys: at the first that is not before `from`. */
  seek(from: string): KeyCursor;
}

/** A place in a source; good until the source changes. */
export interface KeyCursor {
  /** The key here, or undefined past the last. */
  readonly key: string | undefined;
  /** Goes on to the next key. */
  step(): void;
}

// Up to so many changes are put in one by one; more are sorted in at once.
const few = 32;

/** A set of keys in order. Changes wait until it is asked for, so that filling it costs one sort. */
export class SortedKeys implements KeySource {
  readonly #keys = new Set<string>();
  readonly #added = new Set<string>();
  readonly #removed = new Set<string>();
  #sorted: string[] = [];

  add(key: string): void {
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    if (!this.#removed.delete(key)) this.#added.add(key);
  }

  remove(key: string): void {
    if (!this.#keys.delete(key)) return;
    if (!this.#added.delete(key)) this.#removed.add(key);
  }

  /** The first key that is not before `from`, or undefined where there is none. */
  first(from: string): string | undefined {
    return this.seek(from).key;
  }

  seek(from: string): KeyCursor {
    const sorted = this.#inOrder();
    let at = indexOf(sorted, from);
    return {
      get key() {
        return sorted[at];
      },
      step: () => void at++,
    };
  }

  #inOrder(): readonly string[] {
    if (this.#added.size + this.#removed.size === 0) return this.#sorted;
    if (this.#added.size + this.#removed.size <= few) {
      for (const key of this.#removed) this.#sorted.splice(indexOf(this.#sorted, key), 1);
      for (const key of this.#added) this.#sorted.splice(indexOf(this.#sorted, key), 0, key);
    } else this.#sorted = [...this.#keys].sort(byUtf8);
    this.#added.clear();
    this.#removed.clear();
    return this.#sorted;
  }
}

function indexOf(sorted: readonly string[], from: string): number {
  return firstIndex(sorted.length, (at) => byUtf8(sorted[at] ?? '', from) >= 0);
}

/** The smallest index below `length` that is good, where all after a good one are good; `length` if none is. */
export function firstIndex(length: number, good: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (good(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** S3's order: by UTF-8 bytes. JavaScript's differs only where characters beyond U+FFFF meet those from U+E000 on. */
export function byUtf8(a: string, b: string): number {
  if (a === b) return 0;
  if (!/[\ud800-\uffff]/.test(a + b)) return a < b ? -1 : 1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
