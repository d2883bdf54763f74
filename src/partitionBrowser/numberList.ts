/** Numbers in a row that grows at its end, eight bytes each. */
export interface NumberList {
  readonly length: number;
  /** NaN outside. */
  at(index: number): number;
  push(value: number): void;
  set(index: number, value: number): void;
}

/** An empty list; its memory doubles whenever it is full. */
export function numberList(): NumberList {
  let kept = new Float64Array(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    at: (index) => (index < length ? (kept[index] ?? Number.NaN) : Number.NaN),
    push(value) {
      if (length === kept.length) {
        const larger = new Float64Array(2 * length);
        larger.set(kept);
        kept = larger;
      }
      kept[length] = value;
      length += 1;
    },
    set(index, value) {
      if (index < length) kept[index] = value;
    },
  };
}
