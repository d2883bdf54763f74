import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { keyOrder } from '../zones/keyOrder';
import type { Listing, ObjectStore, StoredObject } from '../zones/objectStore';
import type { TreeNode } from './node';
import { emptyNode, moreNode, problemNode } from './notices';

/** What lies below one bucket or prefix node. */
export interface ZonesList {
  readonly parentId: string;
  readonly connection: Connection;
  readonly bucket: string;
  /** Asked of S3: the node's own prefix and what the user narrowed it by. */
  readonly prefix: string;
  /** Said when there is nothing. */
  readonly empty: string;
  /** Of the node itself: a console makes "folders" by empty objects of that key. */
  readonly own: string;
  readonly prefixNode: (prefix: string) => TreeNode;
  readonly objectNode: (object: StoredObject) => TreeNode;
}

/** The loaded pages of every list of the Zones tree, kept outside the nodes so that a redraw loses nothing. */
export interface ZonesLists {
  /** What is loaded, loading what is wanted first; ends with a node for what is missing. */
  children(list: ZonesList, signal: AbortSignal): Promise<readonly TreeNode[]>;
  /** Lets a list load its next page, or try again, when it is next asked for its children. */
  more(parentId: string): boolean;
  /** Lets the lists at and below a node, or all, read again as much as they hold. */
  forget(parentId?: string): void;
}

interface State {
  /** What it was loaded with: another prefix is another list. */
  readonly prefix: string;
  readonly loaded: Loaded;
  wanted: 'nothing' | 'page' | 'all again';
  problem?: Problem;
  /** The load under way, shared by redraws that come meanwhile. */
  loading?: Promise<void>;
}

interface Loaded {
  nodes: TreeNode[];
  ids: Set<string>;
  /** The last key or prefix in S3's order: a listing goes on behind it when its token is no longer taken. */
  last?: string;
  next?: string;
}

/** Lists that go on where they stopped, whatever comes between: `pageSize` prefixes and objects at a time. */
export function zonesLists(store: ObjectStore, pageSize: number): ZonesLists {
  const states = new Map<string, State>();

  const page = async (
    list: ZonesList,
    from: { readonly loaded: Loaded; readonly limit: number },
    signal: AbortSignal,
  ): Promise<void> => {
    const { loaded, limit } = from;
    const { connection, bucket, prefix } = list;
    const ask = (start: { readonly next: string } | { readonly startAfter: string } | object) =>
      store.list(connection, { bucket, prefix, delimiter: '/', limit, ...start }, signal);
    const { next, last } = loaded;
    if (next === undefined) return add(loaded, list, await ask({}));
    try {
      add(loaded, list, await ask({ next }));
    } catch (error) {
      // A token may have expired, or stem from before a change of the store: the last name read has not.
      if (!(error instanceof Problem) || !tokenFaults.has(error.kind) || last === undefined) throw error;
      // Behind everything of a folder, and not only behind its name: no character of a key comes after this one.
      add(loaded, list, await ask({ startAfter: last.endsWith('/') ? `${last}\u{10ffff}` : last }));
    }
  };

  const load = async (list: ZonesList, state: State, signal: AbortSignal): Promise<void> => {
    const { loaded } = state;
    try {
      if (state.wanted === 'page') await page(list, { loaded, limit: pageSize }, signal);
      else {
        const again: Loaded = { nodes: [], ids: new Set() };
        const count = loaded.nodes.length;
        do {
          // As much as was there, in as few requests as S3 allows.
          const limit = Math.min(1000, Math.max(pageSize, count - again.nodes.length));
          await page(list, { loaded: again, limit }, signal);
        } while (again.next !== undefined && again.nodes.length < count);
        delete loaded.next;
        delete loaded.last;
        Object.assign(loaded, again);
      }
      state.wanted = 'nothing';
      delete state.problem;
    } catch (error) {
      // A cancel leaves the page wanted; a Problem is kept beside what is there already.
      if (!(error instanceof Problem)) throw error;
      state.problem = error;
    }
  };

  return {
    async children(list, signal) {
      let state = states.get(list.parentId);
      if (state?.prefix !== list.prefix) {
        state = { prefix: list.prefix, loaded: { nodes: [], ids: new Set() }, wanted: 'page' };
        states.set(list.parentId, state);
      }
      // A list that shows nothing but a problem tries again whenever it is opened; another waits for "Try again".
      if (state.problem !== undefined && state.loaded.nodes.length === 0) delete state.problem;
      // Another caller's cancel leaves the page wanted: then this one loads it.
      if (state.loading !== undefined) await state.loading.catch(() => undefined);
      if (state.wanted !== 'nothing' && state.problem === undefined) {
        state.loading = load(list, state, signal);
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
      const complete = state.loaded.next === undefined && state.loaded.nodes.length > 0;
      if (state.wanted === 'nothing' && !complete) state.wanted = 'page';
      delete state.problem;
      return true;
    },
    forget(parentId) {
      for (const [id, state] of states) {
        if (parentId !== undefined && id !== parentId && !id.startsWith(`${parentId}/`)) continue;
        state.wanted = state.loaded.nodes.length > 0 ? 'all again' : 'page';
        delete state.loaded.next;
        delete state.problem;
      }
    },
  };
}

/** What S3 and stores like it say of a token that they do not take. */
const tokenFaults: ReadonlySet<Problem['kind']> = new Set(['invalid', 'other']);

function add(loaded: Loaded, list: ZonesList, page: Listing): void {
  const put = (node: TreeNode): void => {
    // A listing that moves while it is read may tell an item twice; VS Code refuses equal ids.
    if (loaded.ids.has(node.id)) return;
    loaded.ids.add(node.id);
    loaded.nodes.push(node);
  };
  for (const prefix of page.prefixes) put(list.prefixNode(prefix));
  for (const object of page.objects)
    if (object.key !== list.own || !object.key.endsWith('/')) put(list.objectNode(object));
  const ends = [page.prefixes.at(-1), page.objects.at(-1)?.key, loaded.last];
  const last = ends
    .filter((end) => end !== undefined)
    .toSorted(keyOrder)
    .at(-1);
  if (last !== undefined) loaded.last = last;
  if (page.next === undefined) delete loaded.next;
  else loaded.next = page.next;
}

function shown(list: ZonesList, { loaded, problem }: State): readonly TreeNode[] {
  const { nodes, next } = loaded;
  if (problem !== undefined) return [...nodes, problemNode(list.parentId, problem, list.connection)];
  if (next !== undefined) return [...nodes, moreNode(list.parentId, nodes.length)];
  return nodes.length > 0 ? [...nodes] : [emptyNode(list.parentId, list.empty)];
}
