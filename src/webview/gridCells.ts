import { isNumeric, paintedCell } from '../grid/cellFormat';
import { inRange, type Selection } from '../grid/selection';
import type { TileCell } from '../grid/tile';
import type { GridColumn } from '../grid/messages';
import { element, roled, setText } from './dom';
import type { GridColumns } from './gridColumns';

/** What one frame paints; columns have both ends inside. */
export interface FrameView {
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly scrollLeft: number;
  /** Changes when columns moved or were resized. */
  readonly layout: number;
  readonly selection: Selection | undefined;
}

export interface CellSource {
  readonly columns: readonly GridColumn[];
  cell(row: number, column: number): TileCell | undefined;
}

export const activeCellId = 'active-cell';

interface PooledCell {
  readonly node: HTMLDivElement;
  column: number;
  layout: number;
  waiting: boolean;
  selected: boolean;
  active: boolean;
}

/** A row element that is used for one row after another. `row` is -1 while it shows none. */
export interface PooledRow {
  readonly row: number;
  /** Shows `row`, `y` pixels below the top of the body. */
  show(row: number, y: number, view: FrameView): void;
  hide(): void;
}

/** A hidden row with no cells yet. */
export function pooledRow(
  body: Element,
  rowHeight: number,
  { source, columns }: { readonly source: CellSource; readonly columns: GridColumns },
): PooledRow {
  const node = roled('row', 'row', body);
  node.hidden = true; // until it has a place: an element fresh from the pool must never be seen
  node.style.height = `${rowHeight}px`;
  const cells: PooledCell[] = [];
  let shown = -1;

  const cellFor = (column: number, count: number): PooledCell => {
    while (cells.length < count) cells.push(pooledCell(node, rowHeight));
    return cells[column % cells.length] as PooledCell;
  };

  const paint = (cell: PooledCell, column: number, isNew: boolean): void => {
    if (!isNew && !cell.waiting) return;
    const found = source.cell(shown, column);
    cell.waiting = found === undefined;
    const painted = paintedCell(found);
    setText(cell.node, painted.text);
    cell.node.classList.toggle('null', painted.kind === 'null');
    cell.node.classList.toggle('waiting', painted.kind === 'waiting');
    if (painted.label === undefined) cell.node.removeAttribute('aria-label');
    else cell.node.setAttribute('aria-label', painted.label);
  };

  return {
    get row() {
      return shown;
    },
    show(row, y, view) {
      const newRow = row !== shown;
      if (newRow) {
        shown = row;
        node.setAttribute('aria-rowindex', String(row + 2)); // the names are row 1
        node.classList.toggle('odd', row % 2 === 1);
        node.hidden = false;
      }
      node.style.width = `${columns.total}px`;
      node.style.transform = `translate(${-view.scrollLeft}px, ${y}px)`;
      const count = view.lastColumn - view.firstColumn + 1;
      for (let column = view.firstColumn; column <= view.lastColumn; column++) {
        const cell = cellFor(column, count);
        const newColumn = cell.column !== column;
        if (newColumn || cell.layout !== view.layout) {
          place(cell, column, columns);
          cell.layout = view.layout;
          cell.node.classList.toggle('number', isNumeric(source.columns[column]?.type ?? ''));
        }
        paint(cell, column, newRow || newColumn);
        mark(cell, row, view.selection);
      }
      for (const cell of cells) {
        if (cell.column < view.firstColumn || cell.column > view.lastColumn) hide(cell);
      }
    },
    hide() {
      if (shown === -1) return;
      shown = -1;
      node.hidden = true;
      for (const cell of cells) setActive(cell, false);
    },
  };
}

function pooledCell(row: Element, rowHeight: number): PooledCell {
  const node = roled('gridcell', 'cell', row);
  node.hidden = true;
  node.style.height = `${rowHeight}px`;
  node.style.lineHeight = `${rowHeight}px`;
  return { node, column: -1, layout: -1, waiting: true, selected: false, active: false };
}

function place(cell: PooledCell, column: number, columns: GridColumns): void {
  cell.column = column;
  cell.node.hidden = false;
  cell.node.style.left = `${columns.left(column)}px`;
  cell.node.style.width = `${columns.width(column)}px`;
  cell.node.setAttribute('aria-colindex', String(column + 1));
}

function hide(cell: PooledCell): void {
  if (cell.column === -1) return;
  cell.column = -1;
  cell.node.hidden = true;
  setActive(cell, false);
}

function mark(cell: PooledCell, row: number, selection: Selection | undefined): void {
  const selected = selection !== undefined && inRange(selection.range, row, cell.column);
  if (selected !== cell.selected || !cell.node.hasAttribute('aria-selected')) {
    cell.selected = selected;
    cell.node.setAttribute('aria-selected', String(selected));
    cell.node.classList.toggle('selected', selected);
  }
  setActive(cell, selection?.active.row === row && selection.active.column === cell.column);
}

function setActive(cell: PooledCell, active: boolean): void {
  if (cell.active === active) return;
  cell.active = active;
  cell.node.classList.toggle('active', active);
  if (active) cell.node.id = activeCellId;
  else cell.node.removeAttribute('id');
}

/** The row of column names. */
export function headRow(parent: Element, rowHeight: number, source: CellSource) {
  const group = roled('rowgroup', 'head', parent);
  group.style.height = `${rowHeight}px`;
  const node = roled('row', 'row', group);
  node.setAttribute('aria-rowindex', '1');
  node.style.height = `${rowHeight}px`;
  const cells: PooledCell[] = [];

  const add = (): PooledCell => {
    const cell = pooledCell(node, rowHeight);
    cell.node.setAttribute('role', 'columnheader');
    element('span', 'name', cell.node);
    element('div', 'handle', cell.node).setAttribute('aria-hidden', 'true');
    return cell;
  };

  return {
    node,
    show(columns: GridColumns, view: FrameView): void {
      node.style.width = `${columns.total}px`;
      node.style.transform = `translateX(${-view.scrollLeft}px)`;
      const count = view.lastColumn - view.firstColumn + 1;
      while (cells.length < count) cells.push(add());
      for (let column = view.firstColumn; column <= view.lastColumn; column++) {
        const cell = cells[column % cells.length];
        if (cell === undefined || (cell.column === column && cell.layout === view.layout)) continue;
        place(cell, column, columns);
        cell.layout = view.layout;
        const { name = '', type = '' } = source.columns[column] ?? {};
        if (cell.node.firstElementChild !== null) setText(cell.node.firstElementChild, name);
        cell.node.title = `${name} ${type}`;
        cell.node.classList.toggle('number', isNumeric(type));
      }
      for (const cell of cells) {
        if (cell.column < view.firstColumn || cell.column > view.lastColumn) hide(cell);
      }
    },
    /** The column of a header cell or of something in it, and whether it is the handle at its edge. */
    hit(target: EventTarget | null): { readonly column: number; readonly handle: boolean } | undefined {
      if (!(target instanceof Element)) return undefined;
      const cell = cells.find(({ node: own }) => own.contains(target));
      return cell === undefined || cell.column === -1
        ? undefined
        : { column: cell.column, handle: target.classList.contains('handle') };
    },
  };
}
