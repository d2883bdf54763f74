/** Keys in S3's order, asked for one after the other. */
export interface KeySource {
  /** The first key that is not before `from`, or undefined where there is none. */
  first(from: string): string | undefined;
}

/** A set of keys that is sorted again only when it is asked for after a change. */
export class SortedKeys implements KeySource {
  readonly #keys = new Set<string>();
  #sorted: string[] | undefined = [];

  add(key: string): void {
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    this.#sorted = undefined;
  }

  remove(key: string): void {
    if (this.#keys.delete(key)) this.#sorted = undefined;
  }

  first(from: string): string | undefined {
    this.#sorted ??= [...this.#keys].sort(byUtf8);
    return this.#sorted[firstIndex(this.#sorted.length, (at) => byUtf8(this.#sorted?.[at] ?? '', from) >= 0)];
  }
}

/** The smallest index below `length` that is good, where all after a good one are good; `length` if none is. */
export function firstIndex(length: number, good: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
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
