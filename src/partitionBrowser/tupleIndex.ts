/** Finds the row that holds a tuple of numbers, in about ten bytes a row. */
export interface TupleIndex {
  add(row: number): void;
  find(tuple: readonly number[]): number | undefined;
}

/** An index over rows whose numbers `idAt` tells; rows are added once each. */
export function tupleIndex(rows: {
  readonly width: number;
  readonly idAt: (row: number, column: number) => number;
}): TupleIndex {
  // Open addressing: a slot holds a row and one, 0 is free.
  let slots = new Int32Array(2048);
  let used = 0;

  const slotOf = (hash: number): number => (hash >>> 0) & (slots.length - 1);
  const hashOf = (idOf: (column: number) => number): number => {
    let hash = 0x811c9dc5;
    for (let column = 0; column < rows.width; column += 1) {
      hash = Math.imul(hash ^ idOf(column), 0x01000193);
      hash ^= hash >>> 15;
    }
    return hash;
  };
  const put = (row: number): void => {
    let slot = slotOf(hashOf((column) => rows.idAt(row, column)));
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = row + 1;
  };

  return {
    add(row) {
      if (2 * (used + 1) > slots.length) {
        const before = slots;
        slots = new Int32Array(2 * before.length);
        for (const held of before) if (held !== 0) put(held - 1);
      }
      put(row);
      used += 1;
    },
    find(tuple) {
      let slot = slotOf(hashOf((column) => tuple[column] ?? -1));
      for (;;) {
        const held = slots[slot] ?? 0;
        if (held === 0) return undefined;
        const row = held - 1;
        if (tuple.every((id, column) => rows.idAt(row, column) === id)) return row;
        slot = (slot + 1) & (slots.length - 1);
      }
    },
  };
}
