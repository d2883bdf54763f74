import { byteCache } from './cache';
import { tileColumns, tileRows, type FromView, type TileKey, type TileMessage } from './messages';
import { readTile, type Tile, type TileCell } from './tile';
import { wishList, type Viewed } from './wishList';

const cacheBytes = 32 * 1024 * 1024;

export interface TileClient {
  /** The cell if its tile is here. */
  cell(row: number, column: number): TileCell | undefined;
  /** Takes a tile; false when it belongs to another order of the rows. */
  take(message: TileMessage): boolean;
  /** Asks for what the view needs and has not got; says nothing when nothing changed. */
  wish(viewed: Viewed): void;
  /** More rows are there: a tile that was short is asked for again. */
  grown(rowCount: number): void;
}

/** The view's side of the tiles of one epoch. */
export function tileClient({
  epoch,
  columns,
  rowCount,
  post,
}: {
  readonly epoch: number;
  readonly columns: number;
  readonly rowCount: number;
  readonly post: (message: FromView) => void;
}): TileClient {
  const tiles = byteCache<Tile>(cacheBytes);
  let rows = rowCount;
  let asked = '';

  const complete = (key: TileKey): boolean => {
    const tile = tiles.has(key.join()) ? tiles.get(key.join()) : undefined;
    return tile !== undefined && tile.rows >= Math.min(tileRows, rows - key[0] * tileRows);
  };

  return {
    cell(row, column) {
      const rowTile = Math.floor(row / tileRows);
      const columnTile = Math.floor(column / tileColumns);
      return tiles
        .get(`${rowTile},${columnTile}`)
        ?.cell(row - rowTile * tileRows, column - columnTile * tileColumns);
    },
    take(message) {
      if (message.epoch !== epoch) return false;
      const tile = readTile(message.buffer);
      tiles.set(message.key.join(), tile, tile.bytes);
      post({ kind: 'ack', epoch, seq: message.seq });
      if (!complete(message.key)) asked = '';
      return true;
    },
    wish(viewed) {
      const want = wishList(viewed, { rows, columns }).filter((key) => !complete(key));
      const text = want.join(';');
      if (text === asked) return;
      asked = text;
      post({ kind: 'need', epoch, want });
    },
    grown(count) {
      rows = count;
      asked = '';
    },
  };
}
