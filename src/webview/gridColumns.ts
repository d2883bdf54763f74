import { draggedWidth } from '../grid/widths';

/** Where each column stands, in pixels from the left of the first. */
export interface GridColumns {
  readonly count: number;
  readonly total: number;
  left(column: number): number;
  width(column: number): number;
  /** The column at a distance from the left, the nearest one outside. */
  at(px: number): number;
  widths(): readonly number[];
  resize(column: number, px: number): void;
}

/** Columns of these widths in pixels. */
export function gridColumns(start: readonly number[]): GridColumns {
  const widths = [...start];
  const lefts = new Float64Array(widths.length + 1);
  const place = (): void =>
    widths.forEach((width, index) => (lefts[index + 1] = (lefts[index] ?? 0) + width));
  place();
  return {
    count: widths.length,
    get total() {
      return lefts[widths.length] ?? 0;
    },
    left: (column) => lefts[column] ?? 0,
    width: (column) => widths[column] ?? 0,
    at(px) {
      let low = 0;
      let high = widths.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((lefts[middle] ?? 0) <= px) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    widths: () => widths,
    resize(column, px) {
      widths[column] = draggedWidth(px);
      place();
    },
  };
}
