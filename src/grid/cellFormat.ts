import type { TileCell } from './tile';

/** How a cell is painted: `text` is one line. */
export interface PaintedCell {
  readonly text: string;
  readonly kind: 'text' | 'null' | 'waiting';
  /** What a screen reader says where the text alone would not tell: NULL and empty. */
  readonly label?: string;
}

/** Longer texts are never wholly in view, and cost layout time. */
const paintedLength = 300;

const numeric = /^(tinyint|smallint|int|integer|bigint|real|float|double|decimal|numeric)\b/i;

/** True for types whose digits belong under each other. */
export function isNumeric(type: string): boolean {
  return numeric.test(type);
}

/** What to paint for a cell; undefined stands for one that is not here yet. */
export function paintedCell(cell: TileCell | undefined): PaintedCell {
  if (cell === undefined) return { text: '…', kind: 'waiting', label: 'loading' };
  if (cell.text === null) return { text: 'NULL', kind: 'null', label: 'NULL value' };
  if (cell.text === '') return { text: '', kind: 'text', label: 'empty' };
  const cut = cell.text.length > paintedLength || cell.more;
  const line = cell.text.slice(0, paintedLength).replace(/\r\n|[\r\n]/g, '↵');
  return { text: cut ? `${line}…` : line, kind: 'text' };
}
