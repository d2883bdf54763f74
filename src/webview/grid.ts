import type { CellPlace, Selection } from '../grid/selection';
import { cellSelected, fitted } from '../grid/selection';
import { columnWidths } from '../grid/widths';
import { paintedCell } from '../grid/cellFormat';
import {
  barFor,
  clampTop,
  resynced,
  scrolled,
  spacerHeight,
  stuck,
  topShowing,
  visibleRows,
  type ScrollPosition,
  type ScrollSize,
} from '../grid/window';
import type { Viewed } from '../grid/wishList';
import { roled } from './dom';
import {
  activeCellId,
  headRow,
  pooledRow,
  type CellSource,
  type FrameView,
  type PooledRow,
} from './gridCells';
import { gridColumns, type GridColumns } from './gridColumns';
import { listenToGrid } from './gridInput';
import { measureFont } from './measure';

/** Rows painted before stay this long when a jump lands where no data is yet: shorter than a flicker. */
const holdMs = 100;
/** The scroll bar is moved to its right place when scrolling has paused this long. */
const settleMs = 150;

export interface GridRequest {
  readonly source: CellSource;
  readonly rowCount: number;
  readonly widths?: readonly number[];
  wish(viewed: Viewed): void;
  /** The focus or the place moved. */
  moved(): void;
  copy(): void;
  /** Enter or a double click on a cell. */
  opened(place: CellPlace): void;
}

export interface GridState {
  readonly top: number;
  readonly left: number;
  readonly widths: readonly number[];
  readonly selection: Selection | undefined;
}

export interface Grid {
  readonly node: HTMLElement;
  readonly columns: GridColumns;
  /** Rows that fit in whole. */
  readonly page: number;
  state(): GridState;
  select(selection: Selection, show: 'show' | 'stay'): void;
  /** Places a view as it was. */
  restore(place: { readonly top: number; readonly left: number; readonly active: CellPlace }): void;
  grown(rowCount: number): void;
  /** New data may be there for what is in view. */
  refresh(): void;
  resize(column: number, px: number): void;
  /** As wide as what is in view. */
  fit(column: number): void;
  /** The cell at a point of the page, the nearest one outside. */
  cellAt(x: number, y: number): CellPlace;
  readonly rowCount: number;
  remove(): void;
}

/** A grid of rows that are asked for when they come into view. Fills `parent`. */
export function makeGrid(parent: Element, request: GridRequest): Grid {
  const { source } = request;
  const font = measureFont(parent);
  const node = roled('grid', 'grid', parent);
  node.tabIndex = 0;
  node.setAttribute('aria-label', 'Query result');
  node.setAttribute('aria-readonly', 'true');
  node.setAttribute('aria-multiselectable', 'true');
  node.setAttribute('aria-colcount', String(source.columns.length));
  const port = roled('presentation', 'port', node);
  port.tabIndex = -1; // the grid has the focus, not what scrolls
  const pin = roled('presentation', 'pin', port);
  const head = headRow(pin, font.rowHeight, source);
  const body = roled('rowgroup', 'body', pin);
  body.style.top = `${font.rowHeight}px`;
  const spacer = roled('presentation', 'spacer', port);

  const columns = gridColumns(request.widths ?? columnWidths(source.columns, [], font.charWidth));
  let measured = request.widths !== undefined;
  let size: ScrollSize = { rows: request.rowCount, rowHeight: font.rowHeight, viewHeight: 0 };
  let position: ScrollPosition = { top: 0, last: 0 };
  let selection: Selection | undefined;
  let layout = 0;
  const pool: PooledRow[] = [];
  let paintedTop = 0;
  let heldSince: number | undefined;
  let frame = 0;
  let settle: ReturnType<typeof setTimeout> | undefined;
  let held: ReturnType<typeof setTimeout> | undefined;

  const requestPaint = (): void => {
    if (frame === 0) frame = requestAnimationFrame(paint);
  };

  const measure = (): void => {
    size = { ...size, viewHeight: Math.max(0, port.clientHeight - font.rowHeight) };
    spacer.style.height = `${spacerHeight(size)}px`;
    spacer.style.width = `${columns.total}px`;
    spacer.style.marginTop = `${font.rowHeight - port.clientHeight}px`;
    pin.style.width = `${port.clientWidth}px`;
    pin.style.height = `${port.clientHeight}px`;
    node.setAttribute('aria-rowcount', String(size.rows + 1));
    layout += 1;
    position = { ...position, top: clampTop(size, position.top) };
    requestPaint();
  };

  const setBar = (value: number): void => {
    port.scrollTop = value;
    position = { ...position, last: port.scrollTop };
  };

  const settleBar = (): void => {
    const value = resynced(size, position, port.scrollTop);
    if (value !== undefined) setBar(value);
  };

  const settleLater = (): void => {
    clearTimeout(settle);
    settle = setTimeout(settleBar, settleMs);
  };

  const setTop = (top: number): void => {
    if (top === position.top) return;
    position = { ...position, top };
    clearTimeout(settle);
    setBar(barFor(size, top));
    requestPaint();
  };

  const onScroll = (): void => {
    position = scrolled(size, position, port.scrollTop);
    if (stuck(size, position)) settleBar();
    else settleLater();
    requestPaint();
    request.moved();
  };

  /** True while the rows painted before should stay, since nothing of what is in view is here. */
  const holding = (first: number, last: number, column: number): boolean => {
    for (let row = first; row <= last; row++) {
      if (source.cell(row, column) !== undefined) {
        heldSince = undefined;
        return false;
      }
    }
    if (last < first) return false;
    const now = performance.now();
    if (heldSince === undefined) {
      heldSince = now;
      clearTimeout(held);
      held = setTimeout(requestPaint, holdMs);
    }
    return now - heldSince < holdMs - 1;
  };

  const paint = (): void => {
    frame = 0;
    const scrollLeft = port.scrollLeft;
    const rows = visibleRows(size, position.top);
    const view: FrameView = {
      firstColumn: columns.at(scrollLeft),
      lastColumn: columns.at(scrollLeft + port.clientWidth),
      scrollLeft,
      layout,
      selection,
    };
    head.show(columns, view);
    const speed = size.viewHeight === 0 ? 0 : (position.top - paintedTop) / size.viewHeight;
    paintedTop = position.top;
    request.wish({ ...view, firstRow: rows.first, lastRow: rows.last, speed });
    node.setAttribute('aria-busy', String(missing(rows, view)));
    if (size.viewHeight === 0 || holding(rows.first, rows.last, view.firstColumn)) return;
    if (!measured && source.cell(rows.first, 0) !== undefined) measureColumns(rows.first, rows.last);
    while (pool.length < rows.last - rows.first + 1)
      pool.push(pooledRow(body, font.rowHeight, { source, columns }));
    for (let row = rows.first; row <= rows.last; row++) {
      pool[row % pool.length]?.show(row, row * size.rowHeight - position.top, view);
    }
    for (const row of pool) if (row.row < rows.first || row.row > rows.last) row.hide();
    markActive();
  };

  /** True while a corner of what is in view is not here yet. */
  const missing = (rows: { readonly first: number; readonly last: number }, view: FrameView): boolean =>
    rows.last >= rows.first &&
    columns.count > 0 &&
    [rows.first, rows.last].some((row) =>
      [view.firstColumn, view.lastColumn].some((column) => source.cell(row, column) === undefined),
    );

  const markActive = (): void => {
    if (document.getElementById(activeCellId) === null) node.removeAttribute('aria-activedescendant');
    else node.setAttribute('aria-activedescendant', activeCellId);
  };

  /** Once, from the first rows that came. */
  const measureColumns = (first: number, last: number): void => {
    measured = true;
    const sample = [];
    for (let row = first; row <= last; row++) {
      sample.push(source.columns.map((_, column) => paintedCell(source.cell(row, column)).text));
    }
    columnWidths(source.columns, sample, font.charWidth).forEach((width, column) =>
      columns.resize(column, width),
    );
    measure();
  };

  const bringIntoView = ({ row, column }: CellPlace): void => {
    setTop(topShowing(size, position.top, row));
    const left = columns.left(column);
    const right = left + columns.width(column);
    if (left < port.scrollLeft) port.scrollLeft = left;
    else if (right > port.scrollLeft + port.clientWidth) {
      port.scrollLeft = Math.min(left, right - port.clientWidth);
    }
  };

  const grid: Grid = {
    node,
    columns,
    get page() {
      return Math.floor(size.viewHeight / size.rowHeight);
    },
    get rowCount() {
      return size.rows;
    },
    state: () => ({ top: position.top, left: port.scrollLeft, widths: columns.widths(), selection }),
    select(next, show) {
      selection = next;
      if (show === 'show') bringIntoView(next.active);
      requestPaint();
      request.moved();
    },
    restore({ top, left, active }) {
      selection = fitted(cellSelected(active), { rows: size.rows, columns: columns.count, page: 1 });
      setTop(clampTop(size, top));
      port.scrollLeft = left;
      requestPaint();
    },
    grown(rowCount) {
      size = { ...size, rows: rowCount };
      selection ??= fitted(cellSelected({ row: 0, column: 0 }), {
        rows: rowCount,
        columns: columns.count,
        page: 1,
      });
      measure();
      settleLater();
    },
    refresh: requestPaint,
    resize(column, px) {
      measured = true;
      columns.resize(column, px);
      measure();
    },
    fit(column) {
      const rows = visibleRows(size, position.top);
      const sample = [];
      for (let row = rows.first; row <= rows.last; row++)
        sample.push([paintedCell(source.cell(row, column)).text]);
      const [width = columns.width(column)] = columnWidths(
        source.columns.slice(column, column + 1),
        sample,
        font.charWidth,
      );
      grid.resize(column, width);
    },
    cellAt(x, y) {
      const place = body.getBoundingClientRect();
      const row = Math.floor((y - place.top + position.top) / size.rowHeight);
      return {
        row: Math.max(0, Math.min(size.rows - 1, row)),
        column: columns.at(x - place.left + port.scrollLeft),
      };
    },
    remove() {
      observer.disconnect();
      document.removeEventListener('selectstart', keepTexts);
      cancelAnimationFrame(frame);
      clearTimeout(settle);
      clearTimeout(held);
      node.remove();
    },
  };

  // VS Code answers Control and A by selecting the texts of the page as well.
  const keepTexts = (event: Event): void => {
    if (document.activeElement === node) event.preventDefault();
  };
  document.addEventListener('selectstart', keepTexts);
  port.addEventListener('scroll', onScroll, { passive: true });
  listenToGrid(grid, { body, head, request });
  const observer = new ResizeObserver(measure);
  observer.observe(port);
  grid.grown(request.rowCount);
  return grid;
}
