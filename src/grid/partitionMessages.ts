import type { CellMessage, FromView, Open, TileMessage } from './messages';

/** One bar of the chart: a partition, or several in a row where there are more than bars. */
export interface ChartBar {
  readonly from: string;
  readonly to: string;
  readonly partitions: number;
  readonly bytes: number;
  readonly files: number;
  readonly largestBytes: number;
  readonly mostFiles: number;
}

/** A sentence above the grid, with what it counts and what can be done about it. */
export interface ShownFinding {
  readonly severity: 'problem' | 'note';
  readonly sentence: string;
  readonly items?: readonly string[];
  readonly action?: { readonly kind: string; readonly label: string };
}

/** Everything on the page of partitions but the rows; ready-made texts, since the host knows units and words. */
export interface PartitionsView {
  readonly kind: 'view';
  readonly title: string;
  readonly facts: readonly string[];
  readonly filter: {
    /** As it was sent. */
    readonly text: string;
    readonly error?: string;
    /** What an index does for it. */
    readonly note?: string;
    readonly action?: { readonly kind: string; readonly label: string };
    readonly suggestions: readonly string[];
  };
  /** What is under way, with a button that stops it. */
  readonly busy?: string;
  readonly canLoadAll: boolean;
  /** Cost of measuring, to be confirmed. */
  readonly question?: string;
  readonly measured: boolean;
  readonly sort: string;
  readonly sorts: readonly { readonly id: string; readonly label: string }[];
  readonly findings: readonly ShownFinding[];
  readonly bars: readonly ChartBar[];
}

/** Host to page. */
export type ToPartitionsPage =
  | PartitionsView
  | Open
  | { readonly kind: 'grow'; readonly epoch: number; readonly rowCount: number; readonly final: boolean }
  | TileMessage
  | CellMessage
  | { readonly kind: 'status'; readonly text: string };

/** Page to host, beside what the grid itself asks. */
export type FromPartitionsPage =
  | FromView
  | { readonly kind: 'filter'; readonly text: string }
  | { readonly kind: 'sort'; readonly by: string }
  | { readonly kind: 'act'; readonly action: string }
  /** Shows the place of a row in the Zones view. */
  | { readonly kind: 'reveal'; readonly epoch: number; readonly row: number }
  | { readonly kind: 'loadAll' | 'measure' | 'confirmMeasure' | 'dismissMeasure' | 'reload' };
