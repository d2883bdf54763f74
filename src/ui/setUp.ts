import * as vscode from 'vscode';
import type { Tree } from '../trees/tree';
import { awsPorts, type Adapters } from './awsPorts';
import { TargetMemory } from './commands/queryTarget';
import { commandsOf } from './commands/registry';
import type { ShownTree } from './commands/reveal';
import type { Connections } from './connections';
import { makeLinting } from './editor/linting';
import type { Commands, FeatureParts } from './featureParts';
import { makeJobs } from './jobs';
import { LakePages } from './pages/lakePages';
import { pageCommandsOf } from './pages/pageCommands';
import { makeResultsPanel } from './results/panel';
import { registerRulePages } from './rulePages';
import type { ConnectionItem } from './statusBar';
import { lakeApi, type LakeApi } from './testApi';
import { makeWorkbench } from './workbench';

export interface SetUpOptions {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly connections: Connections;
  readonly item: ConnectionItem;
  readonly views: Readonly<Record<'zones' | 'catalog' | 'runs', ShownTree>>;
  readonly adapters: Adapters;
}

/** What stands behind the views and commands that were registered at activation. */
export interface SetUp {
  readonly trees: Readonly<Record<'zones' | 'catalog' | 'runs', Tree>>;
  readonly results: vscode.WebviewViewProvider;
  /** Runs a command of the manifest with its arguments. */
  readonly run: (command: string, given: readonly unknown[]) => unknown;
  readonly api: LakeApi;
}

/** Makes everything and wires it; nothing of it is read before the first file, view or command. */
export function setUp(
  { context, log, connections, item, views, adapters }: SetUpOptions,
  own: <T extends vscode.Disposable>(thing: T) => T,
): SetUp {
  const ports = awsPorts(adapters, log, own);
  const workbench = makeWorkbench({ log, connections, ports, item, views }, own);
  const memory = new TargetMemory(context.globalState);
  const linting = makeLinting({ log, workbench, memory }, own);
  own(registerRulePages());
  const pages = own(new LakePages());
  const { view, queries, resultFolder } = makeResultsPanel(context, own);
  const jobs = makeJobs(
    { context, log, connections, ports, workbench, sources: linting.sources, memory, shown: views.runs },
    own,
  );
  const basic = commandsOf({
    log,
    own,
    connections,
    ports,
    zones: views.zones,
    catalog: views.catalog,
    runs: views.runs,
    forgetAll: async (connection) => {
      await workbench.forgetAll(connection);
      views.runs.tree.refresh();
    },
    linting,
    memory,
    state: context.globalState,
    onDefined: workbench.onDefined,
    queries,
    resultFolder,
  });
  const features: FeatureParts = { context, log, connections, ports, workbench, pages, views, own };
  const commands: Commands = {
    ...basic,
    ...jobs.commands,
    ...pageCommandsOf(features),
  };
  return {
    trees: { ...workbench.trees, runs: jobs.tree },
    results: view,
    // What a menu or another extension passes is looked at by the command itself.
    run: (command, given) => commands[command]?.(...(given as never[])),
    api: lakeApi({ zones: views.zones.tree, catalog: views.catalog.tree, view, queries, item }),
  };
}
