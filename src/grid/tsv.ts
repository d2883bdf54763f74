import type { RowSource, RowTexts } from '../base/rows';
import type { CellRange } from './selection';

export interface CopyOptions {
  /** What stands for NULL: with an empty text, NULL and the empty text look the same. */
  readonly nullText: string;
  readonly withHeader: boolean;
  /** UTF-16 units; above, nothing is copied. */
  readonly limit: number;
}

/** `too-large`: the clipboard is not the place for so much, an export is. */
export type Copied =
  { readonly kind: 'text'; readonly text: string; readonly rows: number } | { readonly kind: 'too-large' };

const rowsAtOnce = 2_000;

/** The cells of a range as tab-separated text, the way spreadsheets paste it. A cancel throws an AbortError. */
export async function copyRange(
  {
    source,
    range,
    options,
  }: {
    readonly source: RowSource;
    readonly range: CellRange;
    readonly options: CopyOptions;
  },
  signal: AbortSignal,
): Promise<Copied> {
  const columns = { columnFrom: range.left, columnTo: Math.min(range.right + 1, source.columns.length) };
  const end = Math.min(range.bottom + 1, source.rowCount);
  const parts: string[] = [];
  if (options.withHeader) {
    const names = source.columns.slice(columns.columnFrom, columns.columnTo).map((column) => column.name);
    parts.push(tsvLine(names, options.nullText));
  }
  let length = 0;
  let rows = 0;
  for (let from = range.top; from < end; from += rowsAtOnce) {
    signal.throwIfAborted();
    for (const row of source.rows({ from, to: Math.min(end, from + rowsAtOnce), ...columns })) {
      const line = tsvLine(row, options.nullText);
      length += line.length + 1;
      if (length > options.limit) return { kind: 'too-large' };
      parts.push(line);
      rows += 1;
    }
    await new Promise<void>((resolve) => setTimeout(resolve, 0)); // others get their turn
  }
  return { kind: 'text', text: parts.join('\n'), rows };
}

/** One line of tab-separated text, without its end; cells that would break the table are quoted. */
export function tsvLine(cells: RowTexts, nullText: string): string {
  return cells.map((cell) => (cell === null ? nullText : quoted(cell))).join('\t');
}

function quoted(cell: string): string {
  return /[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
