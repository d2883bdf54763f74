import type { RowSource, RowTexts } from '../../src/base/rows';

/** Rows in memory; `grow` adds rows of the same making. */
export function memoryRows(
  columns: number,
  count: number,
  text: (row: number, column: number) => string | null = (row, column) => `r${row}c${column}`,
): RowSource & { rowCount: number } {
  return {
    columns: Array.from({ length: columns }, (_, column) => ({ name: `c${column}`, type: 'varchar' })),
    rowCount: count,
    final: true,
    rows({ from, to, columnFrom, columnTo }) {
      const result: RowTexts[] = [];
      for (let row = from; row < Math.min(to, this.rowCount); row++) {
        result.push(Array.from({ length: columnTo - columnFrom }, (_, at) => text(row, columnFrom + at)));
      }
      return result;
    },
  };
}
