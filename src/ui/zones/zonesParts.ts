import type * as vscode from 'vscode';
import type { Connections } from '../connections';
import { ShownConnections } from '../shownConnections';
import { statisticsFiles, type StatisticsFiles } from './statisticsFiles';
import { ZonesMemory } from './zonesMemory';

/** What the Zones view shows beside what S3 lists. */
export interface ZonesParts {
  readonly memory: ZonesMemory;
  readonly files: StatisticsFiles;
  readonly others: ShownConnections;
  /** What names below a node have to begin with, by the node's id. */
  readonly filters: Map<string, string>;
}

/** Reads nothing but what VS Code remembers. */
export function makeZonesParts(
  context: Pick<vscode.ExtensionContext, 'globalState' | 'workspaceState' | 'globalStorageUri'>,
  connections: Connections,
  own: <T extends vscode.Disposable>(thing: T) => T,
): ZonesParts {
  const memory = new ZonesMemory({ global: context.globalState, workspace: context.workspaceState });
  const key = 'lakeWorkbench.zones.connections';
  return {
    memory,
    files: statisticsFiles(`${context.globalStorageUri.fsPath}/statistics`),
    others: own(new ShownConnections({ state: context.workspaceState, key }, connections)),
    filters: new Map(),
  };
}
