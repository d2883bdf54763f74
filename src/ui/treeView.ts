import * as vscode from 'vscode';
import { isCancel, Problem } from '../base/problem';
import { changedNodes } from '../trees/changedNodes';
import { problemNode } from '../trees/notices';
import type { TreeNode } from '../trees/node';
import type { Tree } from '../trees/tree';

/** Commands that a tooltip may link to; any other link in it is dead. */
const linkable = [
  'lakeWorkbench.copyName',
  'lakeWorkbench.copyUri',
  'lakeWorkbench.newQuery',
  'lakeWorkbench.revealTable',
  'lakeWorkbench.showDdl',
  'lakeWorkbench.signIn',
];

export interface TreeViewOptions {
  readonly log: vscode.LogOutputChannel;
  /** True while nothing can be asked at all: the view stays empty, and VS Code shows its welcome. */
  readonly welcomes: () => Promise<boolean>;
}

/** The one place that knows vscode.TreeItem; every tree of the extension goes through it. */
export class TreeView implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #tree: Tree;
  readonly #options: TreeViewOptions;
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** By id, as VS Code was given them last: it knows a node by its object. */
  readonly #nodes = new Map<string, { readonly node: TreeNode; readonly parent: TreeNode }>();
  /** What a node showed last: it stays when the next load fails. */
  readonly #shown = new Map<string, readonly TreeNode[]>();
  #loading = new AbortController();

  constructor(tree: Tree, options: TreeViewOptions) {
    this.#tree = tree;
    this.#options = options;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(node.label, node.children ? Collapsed : None);
    item.id = node.id;
    item.iconPath = new vscode.ThemeIcon(node.icon);
    if (node.hint !== undefined) item.description = node.hint;
    if (node.menu !== undefined) item.contextValue = node.menu;
    if (node.spoken !== undefined) item.accessibilityInformation = { label: node.spoken };
    if (node.command !== undefined) {
      const { id, title, arguments: given = [] } = node.command;
      item.command = { command: id, title, arguments: [...given] };
    }
    return item;
  }

  /** The card of a node, made when somebody points at it: a list of a hundred thousand has as many. */
  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    if (node.tooltip !== undefined) item.tooltip = tooltip(node.tooltip);
    return item;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    const parent = this.#nodes.get(node.id)?.parent;
    return parent === this.#tree.root ? undefined : parent;
  }

  async getChildren(node: TreeNode = this.#tree.root): Promise<TreeNode[]> {
    const { signal } = this.#loading;
    try {
      const children = (await node.children?.(signal)) ?? [];
      if (signal.aborted) return [...(this.#shown.get(node.id) ?? [])];
      const unusable = node === this.#tree.root && children[0]?.menu === 'problem.invalid';
      if (unusable && (await this.#options.welcomes())) return [];
      return this.#show(node, children.map(withRemedy));
    } catch (error) {
      const before = this.#shown.get(node.id) ?? [];
      if (isCancel(error) || signal.aborted) return [...before];
      // A failure is shown where it happened, above what was there: an empty folder would read as "nothing here".
      return this.#keep(node, [this.#faultNode(node, error), ...before]);
    }
  }

  /** Loads the next page of a list, or tries a failed load again; false: not a list of this tree. */
  more(listId: string): boolean {
    // A list may hang below a node of another id: the node that shows its end says which.
    const end = this.#nodes.get(`${listId}|more`) ?? this.#nodes.get(`${listId}|problem`);
    const owner = end?.parent ?? this.#nodes.get(listId)?.node;
    if (!this.#tree.more(listId) && owner === undefined) return false;
    this.#changed.fire(owner === this.#tree.root ? undefined : owner);
    return true;
  }

  /** Asks again for one node's children, or for everything; what is loading then is given up. */
  refresh(node?: TreeNode): void {
    if (node === undefined) {
      this.#loading.abort();
      this.#loading = new AbortController();
    }
    this.#tree.forget(node?.id);
    this.#changed.fire(node);
  }

  /** Refreshes a node if it is one of this tree. */
  refreshOwn(node: TreeNode): void {
    const known = this.#nodes.get(node.id)?.node;
    if (known !== undefined) this.refresh(known);
  }

  /** Draws again every shown node that `wanted` accepts, with what its lists hold: asks for nothing that is there. */
  drawWhere(wanted: (node: TreeNode) => boolean): void {
    for (const { node } of this.#nodes.values()) if (wanted(node)) this.#changed.fire(node);
  }

  /** Draws the first level again, where another has come to stand. */
  drawRoot(): void {
    this.#changed.fire(undefined);
  }

  /** Refreshes every node that `wanted` accepts, of those that were shown; asks for nothing else. */
  refreshWhere(wanted: (node: TreeNode) => boolean): void {
    for (const { node } of this.#nodes.values()) if (wanted(node)) this.refresh(node);
  }

  /**
   * Draws again what changed of the first level, and nothing else: a list that is drawn as a whole closes the menu
   * that somebody has just opened in it.
   */
  async redraw(): Promise<void> {
    const { root } = this.#tree;
    const before = this.#shown.get(root.id);
    if (before === undefined) return; // not opened yet
    const after = (await root.children?.(this.#loading.signal)) ?? [];
    const changed = changedNodes(before, after);
    if (changed === undefined) return this.#changed.fire(undefined);
    for (const one of changed) {
      // VS Code knows a node by its object, and menus hand that to their commands.
      const known = this.#nodes.get(one.before.id)?.node ?? one.before;
      this.#changed.fire(Object.assign(known, one.after));
    }
  }

  /** Forgets what was shown too: another connection's nodes must not stay. */
  reset(): void {
    this.#shown.clear();
    this.#nodes.clear();
    this.refresh();
  }

  /** The first node on the way down through children that `wanted` accepts; asks for what is not open yet. */
  async find(way: readonly ((node: TreeNode) => boolean)[]): Promise<TreeNode | undefined> {
    let at: TreeNode | undefined;
    for (const wanted of way) {
      const children = await this.getChildren(at);
      at = children.find(wanted);
      if (at === undefined) return undefined;
    }
    return at;
  }

  dispose(): void {
    this.#loading.abort();
    this.#changed.dispose();
  }

  #show(parent: TreeNode, children: readonly TreeNode[]): TreeNode[] {
    this.#shown.set(parent.id, children);
    return this.#keep(parent, children);
  }

  #keep(parent: TreeNode, children: readonly TreeNode[]): TreeNode[] {
    for (const node of children) {
      // Of a hundred thousand that are shown, a further page changes two hundred.
      const known = this.#nodes.get(node.id);
      if (known?.node !== node || known.parent !== parent) this.#nodes.set(node.id, { node, parent });
    }
    return [...children];
  }

  #faultNode(parent: TreeNode, error: unknown): TreeNode {
    if (error instanceof Problem) return withRemedy(problemNode(parent.id, error));
    this.#options.log.error(error instanceof Error ? error : String(error));
    const message = error instanceof Error ? error.message : String(error);
    return problemNode(parent.id, new Problem(`Lake Workbench met a fault of its own: ${message}`, 'other'));
  }
}

/** What cannot be asked at all is the connection: trying again would change nothing. */
function withRemedy(node: TreeNode): TreeNode {
  if (node.menu !== 'problem.invalid') return node;
  return { ...node, command: { id: 'lakeWorkbench.switchConnection', title: 'Switch Connection…' } };
}

function tooltip(markdown: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString(markdown, true);
  text.supportHtml = false;
  text.isTrusted = { enabledCommands: linkable };
  return text;
}
