import type { RowTexts } from '../base/rows';
import type { TreeNode } from '../trees/node';
import type { Queries } from './results/queries';
import type { ResultsView, Screen } from './results/resultsView';
import type { ConnectionItem } from './statusBar';
import type { TreeView } from './treeView';

/**
 * What the extension lets others read, its own tests first: what its views show. Nothing here changes anything,
 * and only tests rely on it.
 */
export interface LakeApi {
  /** Children of a node of the Zones view, of its root without one: asks AWS as opening it does. */
  readonly zones: (node?: TreeNode) => Promise<readonly TreeNode[]>;
  readonly catalog: (node?: TreeNode) => Promise<readonly TreeNode[]>;
  readonly results: {
    /** What stands in the panel: `idle`, `running`, `error` or `open`. */
    readonly screen: () => Screen;
    /** Rows `from` up to `to` of the shown result; NULL is `null`. */
    readonly rows: (from: number, to: number) => readonly RowTexts[];
    /** Settles when all rows of the shown result are there. */
    readonly allRead: () => Promise<void>;
  };
  /** Texts of the two status bar items, empty when hidden. */
  readonly status: () => { readonly connection: string; readonly run: string };
}

/** What `activate` returns: asking for it sets everything up. */
export interface LakeExports {
  readonly lake: () => Promise<LakeApi>;
}

/** Plain readers over what the views show. */
export function lakeApi(parts: {
  readonly zones: TreeView;
  readonly catalog: TreeView;
  readonly view: ResultsView;
  readonly queries: Queries;
  readonly item: ConnectionItem;
}): LakeApi {
  const { zones, catalog, view, queries, item } = parts;
  const shown = () => (view.screen.kind === 'open' ? view.screen.rows : undefined);
  return {
    zones: (node) => zones.getChildren(node),
    catalog: (node) => catalog.getChildren(node),
    results: {
      screen: () => view.screen,
      rows(from, to) {
        const rows = shown();
        return rows?.rows({ from, to, columnFrom: 0, columnTo: rows.columns.length }) ?? [];
      },
      allRead: async () => shown()?.done,
    },
    status: () => ({ connection: item.text, run: queries.statusText }),
  };
}
