import {
  cellSelected,
  columnSelected,
  extendedTo,
  keyMoved,
  type GridSize,
  type Selection,
} from '../grid/selection';
import type { Grid, GridRequest } from './grid';
import type { headRow } from './gridCells';

const resizeStep = 16;

interface GridParts {
  readonly body: HTMLElement;
  readonly head: ReturnType<typeof headRow>;
  readonly request: GridRequest;
}

/** Connects keys and pointer to a grid. */
export function listenToGrid(grid: Grid, { body, head, request }: GridParts): void {
  grid.node.addEventListener('keydown', (event) => onKey(grid, request, event));
  // Not by its key: VS Code keeps Control and C for itself, and has the page copy by this event.
  grid.node.addEventListener('copy', (event) => {
    event.preventDefault();
    request.copy();
  });
  grid.node.addEventListener('focus', () => {
    const { selection } = grid.state();
    if (selection === undefined && sizeOf(grid).rows > 0)
      grid.select(cellSelected({ row: 0, column: 0 }), 'stay');
  });
  body.addEventListener('pointerdown', (event) => onCellDown(grid, body, event));
  body.addEventListener('dblclick', (event) => request.opened(grid.cellAt(event.clientX, event.clientY)));
  head.node.addEventListener('pointerdown', (event) => onHeadDown(grid, head, event));
  head.node.addEventListener('dblclick', (event) => {
    // The row holds the pointer, so that it is the target whatever was hit.
    const hit = head.hit(document.elementFromPoint(event.clientX, event.clientY));
    if (hit?.handle === true) grid.fit(hit.column);
  });
}

function onKey(grid: Grid, request: GridRequest, event: KeyboardEvent): void {
  const selection = selectionOf(grid);
  if (selection === undefined) return;
  const ctrl = event.ctrlKey || event.metaKey;
  const { active } = selection;
  if (event.altKey) {
    // The keyboard's way to the handle between two columns.
    const step = event.shiftKey ? { ArrowRight: resizeStep, ArrowLeft: -resizeStep }[event.key] : undefined;
    if (step === undefined) return;
    event.preventDefault();
    grid.resize(active.column, grid.columns.width(active.column) + step);
    return;
  }
  if (event.key === 'Enter' && !ctrl) {
    event.preventDefault();
    request.opened(active);
    return;
  }
  const next = keyMoved(selection, { key: event.key, ctrl, shift: event.shiftKey }, sizeOf(grid));
  if (next === undefined) return;
  event.preventDefault();
  grid.select(next, next.active === active ? 'stay' : 'show');
}

function onCellDown(grid: Grid, body: HTMLElement, event: PointerEvent): void {
  if (event.button !== 0 || sizeOf(grid).rows === 0) return;
  event.preventDefault();
  grid.node.focus({ preventScroll: true });
  const place = grid.cellAt(event.clientX, event.clientY);
  const before = selectionOf(grid);
  grid.select(
    event.shiftKey && before !== undefined ? extendedTo(before, place) : cellSelected(place),
    'show',
  );
  dragged(body, event, ({ clientX, clientY }) => {
    const to = grid.cellAt(clientX, clientY);
    const now = selectionOf(grid);
    if (now === undefined || (to.row === now.active.row && to.column === now.active.column)) return;
    grid.select(extendedTo(now, to), 'show');
  });
}

function onHeadDown(grid: Grid, head: GridParts['head'], event: PointerEvent): void {
  const hit = head.hit(event.target);
  if (event.button !== 0 || hit === undefined) return;
  event.preventDefault();
  grid.node.focus({ preventScroll: true });
  if (hit.handle) {
    const start = grid.columns.width(hit.column) - event.clientX;
    dragged(head.node, event, ({ clientX }) => grid.resize(hit.column, start + clientX));
  } else if (sizeOf(grid).rows > 0) {
    const row = selectionOf(grid)?.active.row ?? 0;
    grid.select(columnSelected({ row, column: hit.column }, sizeOf(grid)), 'stay');
  }
}

/** Calls `move` while the pointer that went down is held. */
function dragged(node: HTMLElement, down: PointerEvent, move: (event: PointerEvent) => void): void {
  const ended = new AbortController();
  node.setPointerCapture(down.pointerId);
  const end = (): void => ended.abort();
  node.addEventListener('pointermove', move, { signal: ended.signal });
  for (const name of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
    node.addEventListener(name, end, { signal: ended.signal });
  }
}

function sizeOf(grid: Grid): GridSize {
  return { rows: grid.rowCount, columns: grid.columns.count, page: grid.page };
}

function selectionOf(grid: Grid): Selection | undefined {
  return grid.state().selection;
}
