import type { TreeNode } from './node';

/** A tree with its state: which pages of which lists are loaded. */
export interface Tree {
  readonly root: TreeNode;
  /** Lets the list below a node load its next page (or try a failed one again) when it is next asked for its children; false: not a list of this tree. */
  more(parentId: string): boolean;
  /** Forgets what was loaded below a node, or everything: a refresh. */
  forget(parentId?: string): void;
}
