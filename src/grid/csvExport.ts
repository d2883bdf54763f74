import type { RowSource, RowTexts } from '../base/rows';

const rowsAtOnce = 2_000;

/**
 * The rows that are there as CSV: names first, lines end with `\n`, NULL is nothing and the empty text is `""`,
 * as Athena writes it. A cancel throws an AbortError.
 */
export async function* csvChunks(
  source: RowSource,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  yield csvLine(source.columns.map((column) => column.name));
  const columnTo = source.columns.length;
  for (let from = 0; from < source.rowCount; from += rowsAtOnce) {
    signal.throwIfAborted();
    const rows = source.rows({
      from,
      to: Math.min(from + rowsAtOnce, source.rowCount),
      columnFrom: 0,
      columnTo,
    });
    yield rows.map(csvLine).join('');
  }
}

/** One line of CSV with its end. */
export function csvLine(cells: RowTexts): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

function csvCell(cell: string | null): string {
  if (cell === null) return '';
  return cell === '' || /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
