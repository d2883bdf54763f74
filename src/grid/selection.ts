/** A cell, counted from 0. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells, all four ends inside. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** `active` has the focus; `anchor` stays while the range is extended. */
export interface Selection {
  readonly active: CellPlace;
  readonly anchor: CellPlace;
  readonly range: CellRange;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Whole rows that fit into the view. */
  readonly page: number;
}

export interface GridKey {
  readonly key: string;
  /** Control, or Command on a Mac. */
  readonly ctrl: boolean;
  readonly shift: boolean;
}

/** Only this cell. */
export function cellSelected(place: CellPlace): Selection {
  return { active: place, anchor: place, range: box(place, place) };
}

/** From the anchor to `place`, which gets the focus. */
export function extendedTo(selection: Selection, place: CellPlace): Selection {
  return { active: place, anchor: selection.anchor, range: box(selection.anchor, place) };
}

/** Every cell; the focus stays where it is, so that the view need not move. */
export function allSelected(selection: Selection, size: GridSize): Selection {
  return { ...selection, range: { top: 0, left: 0, bottom: size.rows - 1, right: size.columns - 1 } };
}

/** A whole column; the focus goes to its cell in `row`. */
export function columnSelected(place: CellPlace, size: GridSize): Selection {
  return {
    active: place,
    anchor: place,
    range: { top: 0, left: place.column, bottom: size.rows - 1, right: place.column },
  };
}

/** What a key of a spreadsheet does; undefined when the key is not for the grid. */
export function keyMoved(selection: Selection, key: GridKey, size: GridSize): Selection | undefined {
  if (size.rows === 0 || size.columns === 0) return undefined;
  if (key.ctrl && !key.shift && key.key.toLowerCase() === 'a') return allSelected(selection, size);
  const to = target(selection.active, key, size);
  if (to === undefined) return undefined;
  const place = { row: clamp(to.row, size.rows), column: clamp(to.column, size.columns) };
  return key.shift ? extendedTo(selection, place) : cellSelected(place);
}

/** True for cells inside the range. */
export function inRange(range: CellRange, row: number, column: number): boolean {
  return row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;
}

/** The selection cut to a smaller grid; undefined when the grid has no cell. */
export function fitted(selection: Selection, size: GridSize): Selection | undefined {
  if (size.rows === 0 || size.columns === 0) return undefined;
  const { active } = selection;
  if (active.row < size.rows && active.column < size.columns) return selection;
  return cellSelected({ row: clamp(active.row, size.rows), column: clamp(active.column, size.columns) });
}

function target({ row, column }: CellPlace, { key, ctrl }: GridKey, size: GridSize): CellPlace | undefined {
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const page = Math.max(1, size.page - 1); // one row of the old page stays in sight
  switch (key) {
    case 'ArrowDown':
      return { row: ctrl ? lastRow : row + 1, column };
    case 'ArrowUp':
      return { row: ctrl ? 0 : row - 1, column };
    case 'ArrowRight':
      return { row, column: ctrl ? lastColumn : column + 1 };
    case 'ArrowLeft':
      return { row, column: ctrl ? 0 : column - 1 };
    case 'PageDown':
      return ctrl ? undefined : { row: row + page, column };
    case 'PageUp':
      return ctrl ? undefined : { row: row - page, column };
    case 'Home':
      return { row: ctrl ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrl ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
}

function box(a: CellPlace, b: CellPlace): CellRange {
  return {
    top: Math.min(a.row, b.row),
    left: Math.min(a.column, b.column),
    bottom: Math.max(a.row, b.row),
    right: Math.max(a.column, b.column),
  };
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}
