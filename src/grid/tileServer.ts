import type { RowSource } from '../base/rows';
import { tileColumns, tileRows, type Need, type TileKey, type TileMessage } from './messages';
import { encodeTile } from './tile';

/** So many tiles may be on their way: enough to keep the channel full, few enough to change one's mind. */
export const tilesInFlight = 4;

export interface TileServer {
  /** Replaces the wish list; what is no longer on it is never sent. */
  need(message: Need): void;
  /** The view has taken the tile, which makes room for the next. */
  ack(message: { readonly epoch: number; readonly seq: number }): void;
}

/** Sends the tiles that a view wishes for, in the order of its list, never more than it can take. */
export function tileServer({
  source,
  epoch,
  send,
}: {
  readonly source: RowSource;
  readonly epoch: number;
  readonly send: (message: TileMessage) => void;
}): TileServer {
  let wishes: TileKey[] = [];
  let seq = 0;
  const flying = new Map<number, string>();

  const pump = (): void => {
    while (flying.size < tilesInFlight) {
      const key = wishes.shift();
      if (key === undefined) return;
      const buffer = tileBuffer(source, key);
      if (buffer === undefined) continue;
      seq += 1;
      flying.set(seq, key.join());
      send({ kind: 'tile', epoch, seq, key, buffer });
    }
  };

  return {
    need(message) {
      if (message.epoch !== epoch) return;
      // A tile on its way is still wished for, since the view has not seen it: it must not go twice.
      const sent = new Set(flying.values());
      wishes = message.want.filter((key) => !sent.has(key.join()));
      pump();
    },
    ack(message) {
      if (message.epoch === epoch && flying.delete(message.seq)) pump();
    },
  };
}

function tileBuffer(source: RowSource, [rowTile, columnTile]: TileKey): ArrayBuffer | undefined {
  const from = rowTile * tileRows;
  const to = Math.min(source.rowCount, from + tileRows);
  const columnFrom = columnTile * tileColumns;
  const columnTo = Math.min(source.columns.length, columnFrom + tileColumns);
  if (from >= to || columnFrom >= columnTo) return undefined;
  return encodeTile(source.rows({ from, to, columnFrom, columnTo }), columnTo - columnFrom);
}
