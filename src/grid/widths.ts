import type { RowColumn, RowTexts } from '../base/rows';

const narrowest = 56;
const widest = 360;
const paddingPx = 22; // 8 on each side, 1 for the line between columns, the rest for fonts whose characters round up
const shortestEver = 28;

/** Widths in pixels from the names and some first rows; one character is `charPx` wide. */
export function columnWidths(
  columns: readonly RowColumn[],
  sample: readonly RowTexts[],
  charPx: number,
): readonly number[] {
  return columns.map((column, index) => {
    let chars = displayLength(column.name) + 1;
    for (const row of sample) chars = Math.max(chars, displayLength(row[index] ?? 'NULL'));
    return Math.round(Math.min(widest, Math.max(narrowest, chars * charPx + paddingPx)));
  });
}

/** A width that a user dragged to, kept wide enough to be found again. */
export function draggedWidth(px: number): number {
  return Math.max(shortestEver, Math.round(px));
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/gu;

/** Columns of a fixed-width font: East Asian and pictographic characters take two. */
function displayLength(text: string): number {
  const line = text.slice(0, 80);
  if (/^[\x20-\x7e]*$/.test(line)) return line.length;
  // A pictographic character is two UTF-16 units already.
  return line.length + [...line.matchAll(wide)].filter(([char]) => char.length === 1).length;
}
