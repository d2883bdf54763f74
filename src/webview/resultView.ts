import { protocolVersion, type CellMessage, type Open, type TileMessage } from '../grid/messages';
import { tileClient } from '../grid/tileClient';
import type { CellPlace } from '../grid/selection';
import { makeDetail } from './detail';
import type { Frame } from './frame';
import { makeGrid } from './grid';
import type { Host } from './host';
import { showNote } from './states';

const keepAfterMs = 200;

/** A result on the page. */
export interface ResultView {
  readonly epoch: number;
  tile(message: TileMessage): void;
  cell(message: CellMessage): void;
  grow(message: { readonly rowCount: number; readonly final: boolean }): void;
  copy(): void;
  /** The cell that has the focus; undefined without rows. */
  active(): CellPlace | undefined;
  remove(): void;
}

/** Shows a result in a grid, at the place where it stood when it is shown again. */
export function showResult(
  opened: Open,
  frame: Pick<Frame, 'content' | 'showPlace'>,
  host: Pick<Host, 'post' | 'keep' | 'kept'>,
): ResultView {
  const { epoch, columns, resultId } = opened;
  if (opened.version !== protocolVersion) {
    const remove = showNote(frame.content, 'The view is older than the extension: reload the window.');
    return { epoch, tile() {}, cell() {}, grow() {}, copy() {}, active: () => undefined, remove };
  }
  const tiles = tileClient({
    epoch,
    columns: columns.length,
    rowCount: opened.rowCount,
    post: (message) => host.post(message),
  });
  const kept = host.kept()?.resultId === resultId ? host.kept() : undefined;
  const widths = kept?.widths.length === columns.length ? kept.widths : given(opened);
  let keeping: ReturnType<typeof setTimeout> | undefined;
  let note = (): void => undefined;

  const grid = makeGrid(frame.content, {
    source: { columns, cell: (row, column) => tiles.cell(row, column) },
    rowCount: opened.rowCount,
    ...(widths === undefined ? {} : { widths }),
    wish: (viewed) => tiles.wish(viewed),
    moved() {
      showPlace();
      clearTimeout(keeping);
      keeping = setTimeout(keep, keepAfterMs);
    },
    copy: () => copy('selected'),
    opened(place) {
      const cell = tiles.cell(place.row, place.column);
      const whole = cell !== undefined && !cell.more;
      detail.show(place, columns[place.column]?.name ?? '', whole ? cell.text : undefined);
      if (!whole) host.post({ kind: 'cell', epoch, row: place.row, column: place.column });
    },
  });
  const detail = makeDetail(frame.content, () => grid.node.focus());
  if (kept !== undefined) {
    grid.restore({ top: kept.top, left: kept.left, active: { row: kept.row, column: kept.column } });
  }
  showPlace();
  emptyNote(opened.rowCount, opened.final);

  /** The button copies all rows when only one cell is selected, which nobody needs a button for. */
  function copy(wanted: 'selected' | 'table'): void {
    const { selection } = grid.state();
    if (selection === undefined) return;
    const { top, left, bottom, right } = selection.range;
    const range =
      wanted === 'table' && top === bottom && left === right
        ? { top: 0, left: 0, bottom: grid.rowCount - 1, right: columns.length - 1 }
        : selection.range;
    host.post({ kind: 'copy', epoch, range, withHeader: wanted === 'table' });
  }

  function keep(): void {
    const { top, left, widths: now, selection } = grid.state();
    const { row, column }: CellPlace = selection?.active ?? { row: 0, column: 0 };
    host.keep({ resultId, top, left, row, column, widths: now });
  }

  function showPlace(): void {
    const { selection } = grid.state();
    const column = columns[selection?.active.column ?? 0];
    if (selection === undefined || column === undefined) return frame.showPlace('');
    const { range, active } = selection;
    const rows = range.bottom - range.top + 1;
    const wide = range.right - range.left + 1;
    const cells = rows * wide > 1 ? ` · ${count(rows)} × ${count(wide)} selected` : '';
    frame.showPlace(`Row ${count(active.row + 1)} · ${column.name} ${column.type}${cells}`);
  }

  function emptyNote(rowCount: number, final: boolean): void {
    note();
    note = (): void => undefined;
    if (rowCount > 0 || !final) return;
    const text = columns.length === 0 ? 'Done. The statement returns no rows.' : 'No rows.';
    note = showNote(frame.content, text);
  }

  return {
    epoch,
    tile(message) {
      if (tiles.take(message)) grid.refresh();
    },
    cell({ row, column, text }) {
      if (detail.place?.row !== row || detail.place.column !== column) return;
      detail.show(detail.place, columns[column]?.name ?? '', text);
    },
    grow({ rowCount, final }) {
      tiles.grown(rowCount);
      grid.grown(rowCount);
      emptyNote(rowCount, final);
      showPlace();
    },
    copy: () => copy('table'),
    active: () => (grid.rowCount === 0 ? undefined : grid.state().selection?.active),
    remove() {
      clearTimeout(keeping);
      note();
      detail.close();
      grid.remove();
      frame.content.replaceChildren();
      frame.showPlace('');
    },
  };
}

function given({ columns }: Open): readonly number[] | undefined {
  const widths = columns.flatMap(({ width }) => (width === undefined ? [] : [width]));
  return widths.length === columns.length && widths.length > 0 ? widths : undefined;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
