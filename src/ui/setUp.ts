import * as vscode from 'vscode';
import type { Tree } from '../trees/tree';
import { awsPorts, type Adapters } from './awsPorts';
import { catalogCommandsOf } from './catalog/catalogCommands';
import { TargetMemory } from './commands/queryTarget';
import { commandsOf } from './commands/registry';
import type { ShownTree } from './commands/reveal';
import type { Connections } from './connections';
import { crawlerCommandsOf } from './crawlers/crawlerCommands';
import { createTableCommandsOf } from './createTable/createTable';
import { ExpectedTables } from './createTable/offerRepair';
import { driftCommandsOf } from './drift/checkDrift';
import { makeLinting } from './editor/linting';
import { makeFiles } from './files/filesCommands';
import type { Commands, FeatureParts } from './featureParts';
import { tell } from './guard';
import { makeJobs } from './jobs';
import { makeLifecycles } from './lifecycle/lifecycleCommands';
import { LakePages } from './pages/lakePages';
import { pageCommandsOf } from './pages/pageCommands';
import { partitionCommandsOf } from './partitions/partitionCommands';
import { makeResultsPanel } from './results/panel';
import { registerRulePages } from './rulePages';
import { ShownConnections } from './shownConnections';
import type { ConnectionItem } from './statusBar';
import { lakeApi, type LakeApi } from './testApi';
import { makeWorkbench } from './workbench';
import { openPlace } from './zones/goToUri';
import { zonesCommandsOf } from './zones/zonesCommands';
import { makeZonesParts } from './zones/zonesParts';

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
  /** Files of `s3:` addresses. */
  readonly files: vscode.FileSystemProvider;
  /** Of the scheme `lake-lifecycle`. */
  readonly lifecycles: vscode.FileSystemProvider;
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
  const zones = makeZonesParts(context, connections, own);
  const catalogConnections = own(
    new ShownConnections(
      { state: context.workspaceState, key: 'lakeWorkbench.catalog.connections' },
      connections,
    ),
  );
  const workbench = makeWorkbench({ log, connections, ports, item, views, zones, catalogConnections }, own);
  const memory = new TargetMemory(context.globalState);
  const expected = new ExpectedTables();
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
    onDefined: async (connection, table) => {
      await workbench.onDefined(connection, table);
      // Waits for an answer, which the end of the statement must not.
      expected.onDefined(connection, table).catch((error: unknown) => tell(error, log));
    },
    openPlace: (at) => openPlace({ ports, views, zones }, at),
    queries,
    resultFolder,
  });
  const features: FeatureParts = {
    context,
    log,
    connections,
    ports,
    workbench,
    pages,
    zones,
    catalogConnections,
    views,
    own,
  };
  const s3 = makeFiles(features);
  const lifecycles = makeLifecycles(features);
  const commands: Commands = {
    ...basic,
    ...jobs.commands,
    ...pageCommandsOf(features),
    ...s3.commands,
    ...catalogCommandsOf(features),
    ...lifecycles.commands,
    ...createTableCommandsOf(features, expected),
    ...driftCommandsOf(features),
    ...crawlerCommandsOf(features),
    ...zonesCommandsOf(features),
    ...partitionCommandsOf(features),
  };
  return {
    trees: { ...workbench.trees, runs: jobs.tree },
    results: view,
    files: s3.files,
    lifecycles: lifecycles.files,
    // What a menu or another extension passes is looked at by the command itself.
    run: (command, given) => commands[command]?.(...(given as never[])),
    api: lakeApi({ zones: views.zones.tree, catalog: views.catalog.tree, view, queries, item }),
  };
}
