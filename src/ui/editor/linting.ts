import type * as vscode from 'vscode';
import { once } from '../../base/once';
import { withSecondOpinion } from '../../lint/secondOpinion';
import { CatalogSources } from '../catalogSources';
import { WorkspaceFindings } from '../check/workspaceFindings';
import type { TargetMemory } from '../commands/queryTarget';
import { tell } from '../guard';
import type { Workbench } from '../workbench';
import { Diagnostics } from './diagnostics';
import { registerDialectStatus } from './dialectStatus';
import { registerFeatures } from './features';
import { OtherFiles } from './otherFiles';
import { Policy } from './policy';
import { SqlFiles } from './sqlFiles';

export interface LintingOptions {
  readonly log: vscode.LogOutputChannel;
  readonly workbench: Pick<Workbench, 'live' | 'onDidLearn'>;
  readonly memory: TargetMemory;
}

/** Everything that reads and checks documents: configuration, catalog sources, findings, and what is shown of them. */
export function makeLinting(
  { log, workbench, memory }: LintingOptions,
  own: <T extends vscode.Disposable>(thing: T) => T,
) {
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
    useBeside: (uri, dialect) => sources.use(dialect, uri),
  });
  const others = new OtherFiles({
    dialectOf: (uri, text) => policy.dialectOf(uri, text),
    rulesOf: (uri) => policy.rulesOf(uri),
    isExcluded: (uri) => policy.isExcluded(uri),
    catalog: (dialect) => sources.catalog(dialect),
  });
  const ready = once(() => policy.load());
  // What the scan finds is linted again, so that nothing waits for it but a check of the whole workspace.
  const scanned = once(async () => {
    await ready();
    await sources.scan();
  });
  const diagnostics = own(
    new Diagnostics({
      files,
      others,
      ready: () => {
        void scanned().catch((error: unknown) => tell(error, log));
        return ready();
      },
      wanted: (names) => void sources.ask(names).catch((error: unknown) => tell(error, log)),
      review: ({ document, result }) => withSecondOpinion(document, result.findings),
    }),
  );
  const inWorkspace = own(
    new WorkspaceFindings({
      policy,
      catalog: (dialect) => sources.catalog(dialect),
      use: (dialect) => sources.use(dialect),
    }),
  );
  own(policy.onDidChange(() => diagnostics.all()));
  own(sources.onDidChange(() => diagnostics.all()));
  own(workbench.onDidLearn(() => sources.forget()));
  own(
    registerFeatures({
      files,
      others,
      policy,
      catalog: (dialect) => sources.catalog(dialect),
      sourceOf: (name, dialect) => sources.sourceOf(name, dialect),
      onDidLint: diagnostics.onDidLint,
    }),
  );
  own(registerDialectStatus(files, diagnostics.onDidLint));
  diagnostics.all();
  return { policy, sources, files, others, inWorkspace, scanned };
}

export type Linting = ReturnType<typeof makeLinting>;
