/**
 * Browsers cut elements at about 33 million pixels and round positions above 16 million, so the
 * scrolled height stops here and larger results are scaled.
 */
export const maxSpacerPx = 8_000_000;

/** What is scrolled, in pixels. `viewHeight` is without the row of column names. */
export interface ScrollSize {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewHeight: number;
}

/** `top` is where the view stands in the full height; `last` is the scroll bar's value that led there. */
export interface ScrollPosition {
  readonly top: number;
  readonly last: number;
}

/** Height of the element that makes the scroll bar. */
export function spacerHeight(size: ScrollSize): number {
  return Math.min(size.rows * size.rowHeight, maxSpacerPx);
}

/** The largest `top`: the last row stands at the lower edge. */
export function maxTop(size: ScrollSize): number {
  return Math.max(0, size.rows * size.rowHeight - size.viewHeight);
}

/** Pixels of rows for one pixel of the scroll bar; 1 for results that are not scaled. */
export function scrollScale(size: ScrollSize): number {
  const bar = maxScrollTop(size);
  return size.rows * size.rowHeight <= maxSpacerPx || bar <= 0 ? 1 : maxTop(size) / bar;
}

/**
 * Where the view stands after the scroll bar moved. Wheel and touch move row by row at any place;
 * only a jump of more than three views (a dragged thumb) is scaled.
 */
export function scrolled(size: ScrollSize, position: ScrollPosition, scrollTop: number): ScrollPosition {
  const scale = scrollScale(size);
  if (scale === 1) return { top: scrollTop, last: scrollTop };
  const delta = scrollTop - position.last;
  if (delta === 0) return position;
  const small = Math.abs(delta) < 3 * size.viewHeight;
  return { top: clampTop(size, small ? position.top + delta : scrollTop * scale), last: scrollTop };
}

/**
 * The scroll bar's value that fits `top`, to be set when scrolling has paused; undefined when it fits,
 * or when `scrollTop` is not the value seen last: then a scroll of the user is under way whose event has
 * not come yet, and setting the bar would lose it.
 */
export function resynced(size: ScrollSize, position: ScrollPosition, scrollTop: number): number | undefined {
  if (scrollTop !== position.last) return undefined;
  const fitting = barFor(size, position.top);
  return fitting === scrollTop ? undefined : fitting;
}

/** True when the bar has reached an end that the rows have not: it must be re-synced now, or the wheel is stuck. */
export function stuck(size: ScrollSize, position: ScrollPosition): boolean {
  const atStart = position.last <= 0 && position.top > 0;
  const atEnd = position.last >= maxScrollTop(size) && position.top < maxTop(size);
  return scrollScale(size) !== 1 && (atStart || atEnd);
}

/** The scroll bar's value for a `top` that was not scrolled to (a key, a restored place). */
export function barFor(size: ScrollSize, top: number): number {
  const bar = maxScrollTop(size);
  // Only a view at the very end may put the bar there, or the rows between could not be wheeled to.
  const rounded = Math.round(top / scrollScale(size));
  if (top <= 0) return 0;
  if (top >= maxTop(size)) return bar;
  return scrollScale(size) === 1 ? top : Math.max(1, Math.min(bar - 1, rounded));
}

/** Rows that are at least partly in view; `last` is inside, and -1 when there are none. */
export function visibleRows(
  size: ScrollSize,
  top: number,
): { readonly first: number; readonly last: number } {
  const first = Math.max(0, Math.floor(top / size.rowHeight));
  const last = Math.min(size.rows, Math.ceil((top + size.viewHeight) / size.rowHeight)) - 1;
  return { first, last: Math.max(last, Math.min(first, size.rows - 1)) };
}

/** The `top` nearest to the present one that shows the whole of `row`. */
export function topShowing(size: ScrollSize, top: number, row: number): number {
  const start = row * size.rowHeight;
  const lowest = start + size.rowHeight - size.viewHeight;
  return clampTop(size, Math.min(start, Math.max(lowest, top)));
}

/** A `top` within the rows. */
export function clampTop(size: ScrollSize, top: number): number {
  return Math.max(0, Math.min(maxTop(size), top));
}

function maxScrollTop(size: ScrollSize): number {
  return Math.max(0, spacerHeight(size) - size.viewHeight);
}
