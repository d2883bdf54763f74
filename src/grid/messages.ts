import type { RowColumn } from '../base/rows';
import type { CellRange } from './selection';

/** Changes when a view could misread what the host sends; a view of another version asks to be reloaded. */
export const protocolVersion = 1;

/** Rows and columns of one tile: about 4,000 cells, 50 to 100 kB, a message that a webview takes in 15 ms. */
export const tileRows = 128;
export const tileColumns = 32;

/** Row tile and column tile, each counted from 0. */
export type TileKey = readonly [rowTile: number, columnTile: number];

export interface GridColumn extends RowColumn {
  /** Pixels; absent: from the texts. */
  readonly width?: number;
}

/** The line above the grid: ready-made texts, since the host knows money, units and places. */
export interface HeaderInfo {
  /** `2,000,000 rows`, `410 MB scanned`, `$0.002`, `3.4 s`. */
  readonly facts: readonly string[];
  /** `s3://bucket/key` of the result. */
  readonly location?: string;
  /** Something the user must know about these rows, in a sentence: only a part is shown, still reading… */
  readonly notice?: string;
}

/** A statement that has not ended. */
export interface Running {
  readonly kind: 'running';
  /** `Queued`, `Running`, `Cancelling`. */
  readonly state: string;
  /** Milliseconds since the start; the view counts on from there. */
  readonly elapsedMs: number;
  /** `410 MB scanned`. */
  readonly detail?: string;
  readonly cancellable: boolean;
}

/** Stands where the grid would. */
export interface Failed {
  readonly kind: 'error';
  readonly message: string;
  /** `line 3, column 9`: a link to the place in the editor, answered with `revealError`. */
  readonly place?: string;
}

export interface Open {
  readonly kind: 'open';
  readonly version: number;
  /** The same for the same result, so that a view that comes back keeps its place. */
  readonly resultId: string;
  /** Grows with each order of the rows; answers of an older one are dropped. */
  readonly epoch: number;
  readonly columns: readonly GridColumn[];
  readonly rowCount: number;
  readonly final: boolean;
  readonly header: HeaderInfo;
}

export interface TileMessage {
  readonly kind: 'tile';
  readonly epoch: number;
  readonly seq: number;
  readonly key: TileKey;
  readonly buffer: ArrayBuffer;
}

export interface CellMessage {
  readonly kind: 'cell';
  readonly epoch: number;
  readonly row: number;
  readonly column: number;
  readonly text: string | null;
}

/** Host to view. `idle` clears the view: nothing was run yet. */
export type ToView =
  | { readonly kind: 'idle' }
  | Running
  | Failed
  | Open
  | { readonly kind: 'grow'; readonly epoch: number; readonly rowCount: number; readonly final: boolean }
  | { readonly kind: 'header'; readonly header: HeaderInfo }
  | TileMessage
  | CellMessage
  /** A sentence for the status line, read out by screen readers: `Copied 12 rows`. */
  | { readonly kind: 'status'; readonly text: string };

/** The full list of tiles the view would like now, nearest first; it replaces the one before. */
export interface Need {
  readonly kind: 'need';
  readonly epoch: number;
  readonly want: readonly TileKey[];
}

export interface CopyRequest {
  readonly kind: 'copy';
  readonly epoch: number;
  readonly range: CellRange;
  readonly withHeader: boolean;
}

/** View to host. The host copies, since it has all rows and the clipboard. */
export type FromView =
  | { readonly kind: 'ready'; readonly version: number }
  | Need
  | { readonly kind: 'ack'; readonly epoch: number; readonly seq: number }
  | { readonly kind: 'cell'; readonly epoch: number; readonly row: number; readonly column: number }
  | CopyRequest
  | { readonly kind: 'exportCsv' }
  | { readonly kind: 'openFile' }
  | { readonly kind: 'copyLocation' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'revealError' };
