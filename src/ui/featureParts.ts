import type * as vscode from 'vscode';
import type { AwsPorts } from '../ports/awsPorts';
import type { ShownTree } from './commands/reveal';
import type { Connections } from './connections';
import type { LakePages } from './pages/lakePages';
import type { Workbench } from './workbench';

/** What the commands over the lake are made with. */
export interface FeatureParts {
  readonly context: Pick<
    vscode.ExtensionContext,
    'globalState' | 'workspaceState' | 'globalStorageUri' | 'storageUri'
  >;
  readonly log: vscode.LogOutputChannel;
  readonly connections: Connections;
  /** Reads the AWS adapters at the first call. */
  readonly ports: () => Promise<AwsPorts>;
  readonly workbench: Workbench;
  readonly pages: LakePages;
  readonly views: Readonly<Record<'zones' | 'catalog' | 'runs', ShownTree>>;
  /** Disposes of a thing with the extension. */
  readonly own: <T extends vscode.Disposable>(thing: T) => T;
}

/** Commands of the manifest by their ids. */
export type Commands = Readonly<Record<string, (...given: never[]) => unknown>>;
