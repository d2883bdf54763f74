import type { RowRange, RowTexts } from '../base/rows';

const blockRows = 4096;

/** Texts of one column in one block; the text of row `i` ends at `ends[i]`. */
interface ColumnBlock {
  bytes: Uint8Array;
  length: number;
  ends: Uint16Array | Uint32Array;
  readonly nulls: Uint8Array;
}

/**
 * Rows kept as bytes, column by column in blocks of 4,096 rows: a cell costs its text and two or four
 * bytes, where a string of its own would cost thirty and keep the garbage collector busy.
 */
export interface ResultStore {
  readonly rowCount: number;
  /** Adds the next cell of the row that is being filled; `bytes` are copied. */
  text(bytes: Uint8Array, from: number, to: number): void;
  null(): void;
  /** Ends the row; what is missing is NULL. */
  endRow(): void;
  rows(range: RowRange): readonly RowTexts[];
}

/** An empty store for rows of so many columns. */
export function resultStore(columns: number): ResultStore {
  const blocks: ColumnBlock[][] = [];
  let block: ColumnBlock[] = [];
  let rowCount = 0;
  let column = 0;
  let inBlock = blockRows;

  const next = (): ColumnBlock => {
    if (inBlock === blockRows) {
      for (const full of block) seal(full);
      block = Array.from({ length: columns }, emptyBlock);
      blocks.push(block);
      inBlock = 0;
    }
    const cells = block[column];
    if (cells === undefined) throw new RangeError(`A row has more than ${columns} cells`);
    column += 1;
    return cells;
  };

  const addNull = (): void => {
    const cells = next();
    cells.nulls[inBlock >> 3] = (cells.nulls[inBlock >> 3] ?? 0) | (1 << (inBlock & 7));
    cells.ends[inBlock] = cells.length;
  };

  return {
    get rowCount() {
      return rowCount;
    },
    text(bytes, from, to) {
      const cells = next();
      reserve(cells, to - from);
      append(cells, bytes, from, to);
      cells.ends[inBlock] = cells.length;
    },
    null: addNull,
    endRow() {
      for (let missing = columns - column; missing > 0; missing--) addNull();
      column = 0;
      inBlock += 1;
      rowCount += 1;
    },
    rows({ from, to, columnFrom, columnTo }) {
      const result: RowTexts[] = [];
      const end = Math.min(to, rowCount);
      for (let row = Math.max(0, from); row < end; row++) {
        const cells = blocks[Math.floor(row / blockRows)] ?? [];
        result.push(cells.slice(columnFrom, columnTo).map((one) => textAt(one, row % blockRows)));
      }
      return result;
    },
  };
}

function emptyBlock(): ColumnBlock {
  return {
    bytes: new Uint8Array(1024),
    length: 0,
    ends: new Uint32Array(blockRows),
    nulls: new Uint8Array(blockRows / 8),
  };
}

function reserve(cells: ColumnBlock, more: number): void {
  if (cells.length + more <= cells.bytes.length) return;
  const larger = new Uint8Array(2 * (cells.length + more));
  larger.set(cells.bytes.subarray(0, cells.length));
  cells.bytes = larger;
}

function append(cells: ColumnBlock, bytes: Uint8Array, from: number, to: number): void {
  if (to - from > 48) cells.bytes.set(bytes.subarray(from, to), cells.length);
  else {
    // For short texts a loop is cheaper than making a view.
    for (let at = from, put = cells.length; at < to; at++, put++) cells.bytes[put] = bytes[at] ?? 0;
  }
  cells.length += to - from;
}

/** Gives back what a full block has reserved and does not use. */
function seal(cells: ColumnBlock): void {
  cells.bytes = cells.bytes.slice(0, cells.length);
  if (cells.length <= 0xffff) cells.ends = Uint16Array.from(cells.ends);
}

function textAt(cells: ColumnBlock, row: number): string | null {
  if (((cells.nulls[row >> 3] ?? 0) & (1 << (row & 7))) !== 0) return null;
  const start = row === 0 ? 0 : (cells.ends[row - 1] ?? 0);
  const { bytes } = cells;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8', start, cells.ends[row]);
}

/** Adds a row of texts. */
export function addRow(store: ResultStore, row: RowTexts): void {
  for (const text of row) {
    if (text === null) store.null();
    else {
      const bytes = Buffer.from(text);
      store.text(bytes, 0, bytes.length);
    }
  }
  store.endRow();
}
