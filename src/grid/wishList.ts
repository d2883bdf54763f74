import { tileColumns, tileRows, type TileKey } from './messages';

/** What is in view, all ends inside, and where it is heading. */
export interface Viewed {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
  /** Views scrolled since the last frame, positive downwards. */
  readonly speed: number;
}

/** Faster than this, whatever is asked for ahead has passed before it comes. */
const flingViews = 2;

/**
 * The tiles in view, nearest to its middle first, then one row of tiles ahead in the direction of the
 * scroll (below when it stands still); nothing ahead while flinging.
 */
export function wishList(
  viewed: Viewed,
  size: { readonly rows: number; readonly columns: number },
): readonly TileKey[] {
  if (size.rows === 0 || size.columns === 0 || viewed.lastRow < viewed.firstRow) return [];
  const lastRowTile = Math.floor((size.rows - 1) / tileRows);
  const top = Math.floor(viewed.firstRow / tileRows);
  const bottom = Math.min(lastRowTile, Math.floor(viewed.lastRow / tileRows));
  const left = Math.floor(viewed.firstColumn / tileColumns);
  const right = Math.floor(Math.min(viewed.lastColumn, size.columns - 1) / tileColumns);
  const middle = (viewed.firstRow + viewed.lastRow) / 2 / tileRows - 0.5;
  const inView: TileKey[] = [];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) inView.push([row, column]);
  }
  inView.sort((a, b) => Math.abs(a[0] - middle) - Math.abs(b[0] - middle) || a[1] - b[1]);
  if (Math.abs(viewed.speed) > flingViews) return inView;
  const ahead = viewed.speed < 0 ? top - 1 : bottom + 1;
  if (ahead < 0 || ahead > lastRowTile) return inView;
  for (let column = left; column <= right; column++) inView.push([ahead, column]);
  return inView;
}
