import type { Page } from '../base/page';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { TreeNode } from './node';
import { emptyNode, moreNode, problemNode } from './notices';

/** A list below one node. */
export interface PagedList {
  readonly parentId: string;
  readonly connection: Connection;
  /** Said when there is nothing, `No tables`. */
  readonly empty: string;
  /** Why that may be. */
  readonly emptyTooltip?: string;
  readonly load: (next: string | undefined, signal: AbortSignal) => Promise<Page<TreeNode>>;
}

/** The loaded pages of every list of a tree, kept outside the nodes so that a redraw loses nothing. */
export interface PagedLists {
  /** What is loaded, loading the first page or the one asked for by `more`; ends with a node for what is missing. */
  children(list: PagedList, signal: AbortSignal): Promise<readonly TreeNode[]>;
  more(parentId: string): boolean;
  forget(parentId?: string): void;
}

interface State {
  items: readonly TreeNode[];
  next?: string;
  started: boolean;
  /** A page is wanted: the first, or the one after "Load more". */
  wanted: boolean;
  problem?: Problem;
  /** The load under way, shared by redraws that come meanwhile. */
  loading?: Promise<void>;
}

export function pagedLists(): PagedLists {
  const states = new Map<string, State>();
  return {
    async children(list, signal) {
      let state = states.get(list.parentId);
      if (state === undefined) {
        state = { items: [], started: false, wanted: true };
        states.set(list.parentId, state);
      }
      // A list that shows nothing but a problem tries again whenever it is opened.
      if (state.problem !== undefined && state.items.length === 0) state.wanted = true;
      // Another caller's cancel leaves the page wanted: then this one loads it.
      if (state.loading !== undefined) await state.loading.catch(() => undefined);
      if (state.wanted) {
        state.loading = loadPage(list, state, signal);
        try {
          await state.loading;
        } finally {
          delete state.loading;
        }
      }
      return shown(list, state);
    },
    more(parentId) {
      const state = states.get(parentId);
      if (state === undefined) return false;
      state.wanted = true;
      return true;
    },
    forget(parentId) {
      if (parentId === undefined) states.clear();
      for (const id of states.keys()) {
        if (id === parentId || id.startsWith(`${parentId ?? ''}/`)) states.delete(id);
      }
    },
  };
}

/** A cancel leaves the page wanted; a Problem is kept beside what is there already. */
async function loadPage(list: PagedList, state: State, signal: AbortSignal): Promise<void> {
  try {
    const page = await list.load(state.next, signal);
    const known = new Set(state.items.map((item) => item.id));
    // A listing that moves while it is read may tell an item twice; VS Code refuses equal ids.
    state.items = [...state.items, ...page.items.filter((item) => !known.has(item.id))];
    state.started = true;
    state.wanted = false;
    delete state.problem;
    if (page.next === undefined) delete state.next;
    else state.next = page.next;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    state.problem = error;
    state.wanted = false;
  }
}

function shown(list: PagedList, state: State): readonly TreeNode[] {
  if (state.problem !== undefined) {
    return [...state.items, problemNode(list.parentId, state.problem, list.connection)];
  }
  if (state.next !== undefined) return [...state.items, moreNode(list.parentId, state.items.length)];
  if (state.items.length > 0) return state.items;
  return [emptyNode(list.parentId, list.empty, list.emptyTooltip)];
}
