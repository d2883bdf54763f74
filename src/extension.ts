import * as vscode from 'vscode';
import { once } from './base/once';
import { withSecondOpinion } from './lint/secondOpinion';
import { awsPorts } from './ui/awsPorts';
import { CatalogSources } from './ui/catalogSources';
import { TargetMemory } from './ui/commands/queryTarget';
import { commandsOf } from './ui/commands/registry';
import { Connections } from './ui/connections';
import { Diagnostics } from './ui/editor/diagnostics';
import { registerDialectStatus } from './ui/editor/dialectStatus';
import { registerFeatures } from './ui/editor/features';
import { Policy } from './ui/editor/policy';
import { SqlFiles } from './ui/editor/sqlFiles';
import { guard, tell } from './ui/guard';
import { makeResultsPanel } from './ui/results/panel';
import { registerRulePages } from './ui/rulePages';
import { makeJobs } from './ui/jobs';
import { ConnectionItem } from './ui/statusBar';
import { lakeApi, type LakeApi } from './ui/testApi';
import { makeWorkbench } from './ui/workbench';

/** Makes everything, wires it and owns it. Asks nothing of AWS: that waits for a view or a run. */
export function activate(context: vscode.ExtensionContext): LakeApi {
  const started = performance.now();
  const own = <T extends vscode.Disposable>(thing: T): T => {
    context.subscriptions.push(thing);
    return thing;
  };
  const log = own(vscode.window.createOutputChannel('Lake Workbench', { log: true }));
  const ports = awsPorts(() => import('./aws/open'), log, own);
  const connections = own(new Connections(context.workspaceState));
  const item = own(new ConnectionItem(connections));
  const workbench = makeWorkbench({ log, connections, ports, item }, own);
  const memory = new TargetMemory(context.globalState);

  const policy = own(new Policy());
  const sources = own(
    new CatalogSources({
      log,
      dialectOf: (uri, text) => policy.dialectOf(uri, text),
      live: workbench.live,
      named: () => policy.catalogFiles(),
      defaultDatabase: () => memory.databaseOf(workbench.live()?.connection),
    }),
  );
  const files = new SqlFiles({
    dialectOf: (uri, text) => policy.dialectOf(uri, text),
    rulesOf: (uri) => policy.rulesOf(uri),
    catalog: (dialect) => sources.catalog(dialect),
  });
  const diagnostics = own(
    new Diagnostics({
      files,
      ready: once(() => {
        const loaded = policy.load();
        // The scan is not waited for: what it finds is linted again.
        void loaded.then(() => sources.scan()).catch((error: unknown) => tell(error, log));
        return loaded;
      }),
      wanted: (names) => void sources.ask(names).catch((error: unknown) => tell(error, log)),
      review: (findings, document) => withSecondOpinion(document, findings),
    }),
  );
  own(policy.onDidChange(() => diagnostics.all()));
  own(sources.onDidChange(() => diagnostics.all()));
  own(workbench.onDidLearn(() => sources.forget()));
  own(
    registerFeatures({
      files,
      catalog: (dialect) => sources.catalog(dialect),
      sourceOf: (name, dialect) => sources.sourceOf(name, dialect),
      onDidLint: diagnostics.onDidLint,
    }),
  );
  own(registerDialectStatus(files, diagnostics.onDidLint));
  own(registerRulePages());

  const { view, queries, resultFolder } = makeResultsPanel(context, own);
  const jobs = makeJobs({ context, log, connections, ports, workbench, sources, memory }, own);
  const basic = commandsOf({
    log,
    own,
    connections,
    ports,
    zones: workbench.zones,
    catalog: workbench.catalog,
    runs: jobs.runs,
    forgetAll: async (connection) => {
      await workbench.forgetAll(connection);
      jobs.runs.tree.refresh();
    },
    files,
    memory,
    queries,
    resultFolder,
  });
  const commands = { ...basic, ...jobs.commands };
  for (const [id, run] of Object.entries<(...args: never[]) => unknown>(commands)) {
    own(vscode.commands.registerCommand(id, guard(run, log)));
  }
  diagnostics.all();
  void item.show();
  log.info(`Activated in ${(performance.now() - started).toFixed(1)} ms`);
  return lakeApi({ zones: workbench.zones.tree, catalog: workbench.catalog.tree, view, queries, item });
}
