import { once } from '../base/once';
import type { Tree } from '../trees/tree';

/** A tree that is made when its view is first opened; `id` is its root's. */
export function lazyTree(id: string, load: () => Promise<Tree>): Tree {
  let loaded: Tree | undefined;
  const tree = once(async () => (loaded = await load()));
  return {
    root: {
      id,
      label: id,
      icon: 'loading',
      children: async (signal) => (await (await tree()).root.children?.(signal)) ?? [],
    },
    more: (parentId) => loaded?.more(parentId) ?? false,
    forget: (parentId) => loaded?.forget(parentId),
  };
}
