import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Table, TableName } from '../catalog/catalog';
import type { KindId, PipelineCalls } from '../pipelines/pipeline';
import type { AwsPorts } from '../ports/awsPorts';
import type { CatalogSources } from './catalogSources';
import type { TargetMemory } from './commands/queryTarget';
import type { ShownTree } from './commands/reveal';
import type { Connections } from './connections';
import { tell } from './guard';
import { databaseCommands } from './repair/databaseCommands';
import { databasePages } from './repair/databasePages';
import { repairCommands } from './repair/repairCommands';
import { RepairLayouts } from './repair/repairLayouts';
import { repairPages } from './repair/repairPages';
import { InputDocuments } from './runs/inputDocuments';
import { LogPages } from './runs/logPages';
import { RunBook } from './runs/runBook';
import { pipelineCommands, showRunLog } from './runs/runCommands';
import { tellEnd } from './runs/runEnds';
import { runsView } from './runs/runsView';
import type { Workbench } from './workbench';

export interface JobsOptions {
  readonly context: Pick<
    vscode.ExtensionContext,
    'globalState' | 'workspaceState' | 'globalStorageUri' | 'storageUri'
  >;
  readonly log: vscode.LogOutputChannel;
  readonly connections: Connections;
  readonly ports: () => Promise<AwsPorts>;
  readonly workbench: Pick<Workbench, 'use' | 'live' | 'onChanged'>;
  readonly sources: CatalogSources;
  readonly memory: TargetMemory;
  readonly shown: ShownTree;
}

/** Repairing partitions and running pipelines: their documents, the tree of the Runs view, and their commands by id. */
export function makeJobs(options: JobsOptions, own: <T extends vscode.Disposable>(thing: T) => T) {
  const { context, log, connections, ports, workbench, sources, memory, shown } = options;
  const { use } = workbench;
  const tables = (): readonly Table[] => sources.catalog('athena').tables();
  const calls = async (kind: KindId): Promise<PipelineCalls> => (await ports()).pipelines[kind];
  const onFault = (error: unknown): void => tell(error, log);

  const repairParts = {
    pages: own(repairPages()),
    databasePages: own(databasePages()),
    ports,
    use,
    tables,
    defaultDatabase: () => memory.databaseOf(workbench.live()?.connection),
    journals: join((context.storageUri ?? context.globalStorageUri).fsPath, 'repairs'),
    layouts: new RepairLayouts(context.workspaceState),
    onChanged: workbench.onChanged,
  };
  const repairs = { ...repairCommands(repairParts), ...databaseCommands(repairParts) };

  const logs = own(new LogPages());
  const book: RunBook = own(
    new RunBook({
      folder: context.globalStorageUri.fsPath,
      calls,
      mayAsk: (connection) => connections.wasUsed(connection),
      onEnd: (connection, run) => {
        const template = repairParts.layouts.of.bind(repairParts.layouts);
        const showLog = (): Promise<string> => showRunLog({ calls, book, logs }, { connection, run });
        const repair = (table: TableName): Promise<unknown> =>
          repairs['lakeWorkbench.repairPartitions']({
            connection,
            database: table.database,
            table: table.name,
          });
        tellEnd({ ports, tables, showLog, repair, template }, connection, run).catch(onFault);
      },
      onFault,
    }),
  );
  const tree = runsView({ shown, calls, use, book, onFault }, own);
  own(connections.onDidChange(() => shown.tree.reset()));

  const pipelines = pipelineCommands({
    calls,
    use,
    book,
    logs,
    inputs: own(new InputDocuments()),
    state: context.globalState,
  });
  return { tree, commands: { ...repairs, ...pipelines } };
}
