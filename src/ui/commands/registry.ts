import * as vscode from 'vscode';
import type { ProblemDetails } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import type { ConnectionSettings } from '../../connection/resolve';
import type { LakePorts } from '../../query/lakePorts';
import type { Dialect } from '../../sql/ast';
import type { TreeNode } from '../../trees/node';
import { checkWorkspace, showCosts } from '../check/checkWorkspace';
import type { Connections } from '../connections';
import { fixAllEdit } from '../editor/codeActions';
import type { Linting } from '../editor/linting';
import type { Queries } from '../results/queries';
import { showRule } from '../rulePages';
import type { Workbench } from '../workbench';
import type { PlaceOf } from '../zones/revealPlace';
import { ignoreRule, type IgnoreArgument } from './ignoreRule';
import { copyName, copyUri, showDdl, type NodeArgument } from './nodeCommands';
import { showPermission } from './permission';
import { chooseTarget, type TargetMemory } from './queryTarget';
import { copyResultUri, exportResult, openResultFile } from './resultCommands';
import { revealLocation, type ShownTree } from './reveal';
import { runCommand, type RunArgument } from './runCommand';
import { setDialect } from './setDialect';
import { signIn } from './signIn';
import { switchConnection } from './switchConnection';

/** What the commands act on. */
export interface CommandParts {
  readonly log: vscode.LogOutputChannel;
  readonly connections: Connections;
  readonly ports: () => Promise<LakePorts>;
  readonly zones: ShownTree;
  readonly catalog: ShownTree;
  readonly runs: ShownTree;
  readonly linting: Linting;
  readonly memory: TargetMemory;
  readonly state: vscode.Memento;
  readonly onDefined: Workbench['onDefined'];
  /** Shows a place in the Zones view by itself. */
  readonly openPlace: (at: PlaceOf) => Promise<unknown>;
  readonly queries: Queries;
  /** Files of opened results; belongs to this window. */
  readonly resultFolder: vscode.Uri;
  /** Everything shown may be stale: other credentials, another account. */
  readonly forgetAll: (connection?: Connection) => Promise<void>;
  /** Disposes of a thing with the extension. */
  readonly own: (thing: vscode.Disposable) => unknown;
}

/** Every command of the extension by its id. Arguments stand for what the user would be asked. */
export function commandsOf(parts: CommandParts) {
  const { connections, ports, zones, catalog, queries, memory } = parts;
  const { files, others, policy, inWorkspace, scanned } = parts.linting;
  const trees = [zones.tree, catalog.tree, parts.runs.tree];
  return {
    'lakeWorkbench.switchConnection': (given?: ConnectionSettings) => switchConnection(connections, given),
    'lakeWorkbench.signIn': async (given?: Connection): Promise<void> => {
      const watching = await signIn(
        connections,
        (connection) => void parts.forgetAll(connection),
        given ?? (await connections.current()),
      );
      if (watching !== undefined) parts.own(watching);
    },
    'lakeWorkbench.refresh': async (node?: TreeNode): Promise<void> => {
      // An expired sign-in would be tried again by the clients that have it.
      if (node?.subject?.kind === 'connection') (await ports()).forget(node.subject.connection);
      if (node !== undefined) for (const tree of trees) tree.refreshOwn(node);
      else await parts.forgetAll(await connections.current().catch(() => undefined));
    },
    'lakeWorkbench.loadMore': (listId: string): void => {
      if (!trees.some((tree) => tree.more(listId))) for (const tree of trees) tree.refresh();
    },
    'lakeWorkbench.showPermission': (details?: ProblemDetails) => showPermission(details),
    'lakeWorkbench.copyUri': (given: NodeArgument) => copyUri(given, ports),
    'lakeWorkbench.copyName': (given: NodeArgument) => copyName(given),
    'lakeWorkbench.showDdl': (given: NodeArgument) => showDdl(given, ports),
    'lakeWorkbench.revealLocation': (given: NodeArgument) =>
      revealLocation(given, { zones, ports, openPlace: parts.openPlace }),
    'lakeWorkbench.runStatement': (given?: RunArgument | vscode.Uri) =>
      // The editor's title passes the document's address.
      runCommand(
        {
          files,
          connections,
          ports,
          memory,
          queries,
          state: parts.state,
          log: parts.log,
          onDefined: parts.onDefined,
        },
        given instanceof vscode.Uri ? {} : given,
      ),
    'lakeWorkbench.cancelQuery': (): void => queries.cancel(),
    'lakeWorkbench.chooseQueryTarget': async (): Promise<void> => {
      const connection = await connections.use();
      await memory.forget(connection);
      const request = { ports: await ports(), connection, memory, needsDatabase: true };
      await chooseTarget(request, new AbortController().signal);
    },
    'lakeWorkbench.exportResult': (path?: string) =>
      exportResult(queries, typeof path === 'string' ? path : undefined),
    'lakeWorkbench.openResultFile': () => openResultFile(queries, parts.resultFolder),
    'lakeWorkbench.copyResultUri': () => copyResultUri(queries),
    'lakeWorkbench.setDialect': (dialect?: Dialect) =>
      setDialect(dialect === 'athena' || dialect === 'redshift' ? dialect : undefined),
    'lakeWorkbench.fixAll': async (): Promise<void> => {
      const file = vscode.window.activeTextEditor?.document;
      const edit = file === undefined ? undefined : await fixAllEdit({ files, others }, file);
      if (edit !== undefined) await vscode.workspace.applyEdit(edit);
    },
    'lakeWorkbench.checkWorkspace': () => checkWorkspace(inWorkspace, scanned),
    'lakeWorkbench.clearFindings': (): void => inWorkspace.clear(),
    'lakeWorkbench.showCosts': () => showCosts(inWorkspace),
    'lakeWorkbench.ignoreRule': (given?: IgnoreArgument) => ignoreRule(policy, given),
    'lakeWorkbench.showRule': (rule?: string) => showRule(rule),
    'lakeWorkbench.showLog': (): void => parts.log.show(true),
  } as const;
}
