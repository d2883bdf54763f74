/** Texts, each once, numbered in the order in which they came. */
export interface TextSet {
  readonly size: number;
  /** The text's number, also where it was there before. */
  add(text: string): number;
  /** Its number, or -1. */
  indexOf(text: string): number;
  /** The text of a number; '' for a number that there is not. */
  at(index: number): string;
}

/**
 * An empty set. Texts are kept as UTF-8 in one buffer instead of as strings: 200,000 paths of partitions take some
 * 10 MB, where strings cut out of the pages they came in would keep those pages alive too.
 */
export function textSet(): TextSet {
  let bytes = Buffer.allocUnsafe(4096);
  let ends = new Uint32Array(256);
  let slots = new Int32Array(512).fill(-1);
  let size = 0;

  const start = (index: number): number => (index === 0 ? 0 : (ends[index - 1] ?? 0));
  const end = (): number => start(size);

  /** Writes a text behind the others without counting it in; returns where it ends. */
  const write = (text: string): number => {
    const from = end();
    const most = from + text.length * 3; // UTF-8 takes at most three bytes for a UTF-16 unit
    if (most > bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(most, bytes.length * 2));
      bytes.copy(larger, 0, 0, from);
      bytes = larger;
    }
    return from + bytes.write(text, from, 'utf8');
  };

  /** The slot where the bytes of a range stand or would stand. */
  const slotOf = (from: number, to: number): number => {
    const mask = slots.length - 1;
    let slot = hashOf(bytes, from, to) & mask;
    for (;;) {
      const index = slots[slot] ?? -1;
      if (index < 0) return slot;
      const [theirs, theirEnd] = [start(index), ends[index] ?? 0];
      if (theirEnd - theirs === to - from && bytes.compare(bytes, theirs, theirEnd, from, to) === 0)
        return slot;
      slot = (slot + 1) & mask;
    }
  };

  const grow = (): void => {
    const more = new Uint32Array(ends.length * 2);
    more.set(ends);
    ends = more;
    slots = new Int32Array(slots.length * 2).fill(-1);
    for (let index = 0; index < size; index += 1) slots[slotOf(start(index), ends[index] ?? 0)] = index;
  };

  return {
    get size() {
      return size;
    },
    add: (text) => {
      if (size === ends.length) grow();
      const to = write(text);
      const slot = slotOf(end(), to);
      const known = slots[slot] ?? -1;
      if (known >= 0) return known;
      slots[slot] = size;
      ends[size] = to;
      size += 1;
      return size - 1;
    },
    indexOf: (text) => slots[slotOf(end(), write(text))] ?? -1,
    at: (index) => (index < 0 || index >= size ? '' : bytes.toString('utf8', start(index), ends[index])),
  };
}

/** FNV-1a. */
function hashOf(bytes: Buffer, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
