import type * as vscode from 'vscode';
import type { AwsPorts } from '../ports/awsPorts';
import type { ShownTree } from './commands/reveal';
import type { Connections } from './connections';
import type { LakePages } from './pages/lakePages';
import type { ShownConnections } from './shownConnections';
import type { Workbench } from './workbench';
import type { ZonesParts } from './zones/zonesParts';

/** What the commands over the lake are made with. */
export interface FeatureParts {
  readonly context: Pick<
    vscode.ExtensionContext,
    'globalState' | 'workspaceState' | 'globalStorageUri' | 'storageUri' | 'extensionUri'
  >;
  readonly log: vscode.LogOutputChannel;
  readonly connections: Connections;
  /** Reads the AWS adapters at the first call. */
  readonly ports: () => Promise<AwsPorts>;
  readonly workbench: Workbench;
  readonly pages: LakePages;
  readonly zones: ZonesParts;
  /** Those that Catalog shows beside the active one. */
  readonly catalogConnections: ShownConnections;
  readonly views: Readonly<Record<'zones' | 'catalog' | 'runs', ShownTree>>;
  /** Disposes of a thing with the extension. */
  readonly own: <T extends vscode.Disposable>(thing: T) => T;
}

/** Commands of the manifest by their ids. */
export type Commands = Readonly<Record<string, (...given: never[]) => unknown>>;
