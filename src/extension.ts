import * as vscode from 'vscode';
import { once } from './base/once';
import { Connections } from './ui/connections';
import { onFileOfOurs } from './ui/editor/ours';
import { registerLazyFiles } from './ui/files/lazyFiles';
import { guard, tell } from './ui/guard';
import { lazyTree } from './ui/lazyTree';
import type { SetUp } from './ui/setUp';
import { ConnectionItem } from './ui/statusBar';
import type { LakeExports } from './ui/testApi';
import { TreeView } from './ui/treeView';

/**
 * Registers everything that VS Code may ask for, and nothing behind it: what it stands for is read and made at the
 * first file of ours, the first view or the first command. AWS is asked only from there.
 */
export function activate(context: vscode.ExtensionContext): LakeExports {
  const started = performance.now();
  const own = <T extends vscode.Disposable>(thing: T): T => {
    context.subscriptions.push(thing);
    return thing;
  };
  const log = own(vscode.window.createOutputChannel('Lake Workbench', { log: true }));
  const connections = own(new Connections(context.workspaceState));
  const item = own(new ConnectionItem(connections));

  const ready = once(async (): Promise<SetUp> => {
    const { setUp } = await import('./ui/setUp');
    return setUp({ context, log, connections, item, views, adapters: () => import('./aws/open') }, own);
  });
  const view = (id: string, name: 'zones' | 'catalog' | 'runs') => {
    const tree = own(
      new TreeView(
        lazyTree(name, async () => (await ready()).trees[name]),
        { log, welcomes: () => connections.haveNone() },
      ),
    );
    const options = { treeDataProvider: tree, showCollapseAll: true };
    return { tree, view: own(vscode.window.createTreeView(id, options)) };
  };
  const views = {
    zones: view('lakeWorkbench.zones', 'zones'),
    catalog: view('lakeWorkbench.catalog', 'catalog'),
    runs: view('lakeWorkbench.runs', 'runs'),
  };
  own(
    vscode.window.registerWebviewViewProvider('lakeWorkbench.results', {
      resolveWebviewView: async (panel, state, token) =>
        (await ready()).results.resolveWebviewView(panel, state, token),
    }),
  );
  own(registerLazyFiles('s3', async () => (await ready()).files));
  own(registerLazyFiles('lake-lifecycle', async () => (await ready()).lifecycles));
  for (const id of commandIds(context)) {
    const run = async (...given: readonly unknown[]): Promise<unknown> => (await ready()).run(id, given);
    own(vscode.commands.registerCommand(id, guard(run, log)));
  }
  own(onFileOfOurs(() => void ready().catch((error: unknown) => tell(error, log))));
  void item.show();
  log.info(`Activated in ${(performance.now() - started).toFixed(1)} ms`);
  return { lake: async () => (await ready()).api };
}

/** As the manifest lists them: a test compares it with what is set up. */
function commandIds({ extension }: vscode.ExtensionContext): readonly string[] {
  const manifest = extension.packageJSON as {
    readonly contributes: { readonly commands: readonly { readonly command: string }[] };
  };
  return manifest.contributes.commands.map(({ command }) => command);
}
