import type { Connection } from '../connection/connection';
import type { Pipeline, Run } from '../pipelines/pipeline';
import type { ZonePlace } from '../zones/zones';

/** What a menu on a node acts on; plain data, so that commands need no tree. */
export type NodeSubject =
  | { readonly kind: 'connection'; readonly connection: Connection }
  | {
      readonly kind: 'zone';
      readonly connection: Connection;
      readonly zone: string;
      readonly places: readonly ZonePlace[];
    }
  | { readonly kind: 'bucket'; readonly connection: Connection; readonly bucket: string }
  | {
      readonly kind: 'prefix';
      readonly connection: Connection;
      readonly bucket: string;
      readonly prefix: string;
    }
  | {
      readonly kind: 'object';
      readonly connection: Connection;
      readonly bucket: string;
      readonly key: string;
    }
  | { readonly kind: 'catalog'; readonly connection: Connection; readonly catalog?: string }
  | {
      readonly kind: 'database';
      readonly connection: Connection;
      /** Absent: the account's own catalog, as below. */
      readonly catalog?: string;
      readonly database: string;
    }
  | {
      readonly kind: 'table';
      readonly connection: Connection;
      readonly catalog?: string;
      readonly database: string;
      readonly table: string;
    }
  | {
      readonly kind: 'column';
      readonly connection: Connection;
      readonly catalog?: string;
      readonly database: string;
      readonly table: string;
      readonly column: string;
    }
  | {
      readonly kind: 'partition';
      readonly connection: Connection;
      readonly catalog?: string;
      readonly database: string;
      readonly table: string;
      /** In key order. */
      readonly values: readonly string[];
      readonly location?: string;
    }
  | { readonly kind: 'pipeline'; readonly connection: Connection; readonly pipeline: Pipeline }
  | { readonly kind: 'run'; readonly connection: Connection; readonly run: Run };

/** A node of any tree, without an editor: label, icon and, on opening, its children. */
export interface TreeNode {
  /** Unique in its tree and stable across refreshes, so that VS Code keeps it open; carries the connection. */
  readonly id: string;
  readonly label: string;
  /** A codicon's name. */
  readonly icon: string;
  /** The one figure that matters, grey behind the label; may be computed when it is drawn. */
  readonly hint?: string | undefined;
  /** Markdown, shown on hover. */
  readonly tooltip?: string | undefined;
  /** Said by screen readers instead of the label when the label alone says too little. */
  readonly spoken?: string;
  /** The contextValue that menus in package.json ask for. */
  readonly menu?: string;
  readonly subject?: NodeSubject;
  /** Run when the node is chosen ("Load more", "Sign in"). */
  readonly command?: { readonly id: string; readonly title: string; readonly arguments?: readonly unknown[] };
  /** Absent: a leaf. Throws Problems; the view shows them where they happened. */
  readonly children?: (signal: AbortSignal) => Promise<readonly TreeNode[]>;
}
