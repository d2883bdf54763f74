import type * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import type { AwsPorts } from '../../ports/awsPorts';
import type { TransferSource } from '../../transfer/listBelow';
import { isFolder, sourceName } from '../../transfer/listBelow';
import type { TreeNode } from '../../trees/node';
import { subjectOf, type NodeArgument } from '../commands/nodeCommands';
import type { LakePage } from '../pages/lakePages';
import type { ChangePage, ChangePages } from './changePages';

/** What the commands on objects and prefixes are made with. */
export interface FilesParts {
  readonly ports: () => Promise<AwsPorts>;
  readonly pages: ChangePages;
  /** Where journals are kept; a path. */
  readonly journals: string;
  /** Journals that are being written, and lists that are being carried out, in this window. */
  readonly running: Set<string>;
  /** Shows the folders of a bucket anew whose contents have changed. */
  readonly onChanged: (changed: { readonly bucket: string; readonly prefix: string }) => void;
  /** Shows a plain list as a page. */
  readonly lists: (page: LakePage) => Promise<unknown>;
  readonly log: vscode.LogOutputChannel;
  /** Connections that journals may name: those of this window. */
  readonly connectionOf: (key: string) => Promise<Connection>;
}

/** The object, prefix or bucket that a command was run on. */
export function sourceOf(given: NodeArgument | undefined): {
  readonly connection: Connection;
  readonly source: TransferSource;
} {
  const subject = subjectOf(given);
  const { connection } = subject;
  if (subject.kind === 'object') {
    const { bucket, key } = subject;
    return { connection, source: { kind: 'object', bucket, key } };
  }
  if (subject.kind === 'prefix') {
    const { bucket, prefix } = subject;
    return { connection, source: { kind: 'prefix', bucket, prefix } };
  }
  if (subject.kind === 'bucket')
    return { connection, source: { kind: 'prefix', bucket: subject.bucket, prefix: '' } };
  throw new Problem('This is no object, prefix or bucket: choose one in the Zones view.', 'invalid');
}

/** The bucket or prefix that something is put below. */
export function placeBelow(given: NodeArgument | undefined): {
  readonly connection: Connection;
  readonly bucket: string;
  readonly prefix: string;
} {
  const { connection, source } = sourceOf(given);
  if (source.kind === 'object')
    throw new Problem(`${sourceName(source)} is an object: choose a bucket or a prefix.`, 'invalid');
  if (!isFolder(source)) {
    throw new Problem(
      `${sourceName(source)} stands for the beginning of names, and nothing can be put below it: choose a prefix that ends with a slash.`,
      'invalid',
    );
  }
  return { connection, bucket: source.bucket, prefix: source.prefix };
}

/** A Problem where a connection writes nothing. */
export function refuseReadOnly(connection: Connection, name: string): void {
  if (!connection.readOnly) return;
  throw new Problem(
    `${connection.name} is read only by lakeWorkbench.connection.readOnly: ${name} was not changed.`,
    'denied',
  );
}

/** A menu passes the chosen nodes behind the node: only an object with such members is what tests and lenses pass. */
export function optionsOf<T extends object>(given: T | readonly TreeNode[] | undefined): Partial<T> {
  if (given === undefined || Array.isArray(given)) return {};
  return given as T;
}

/** The list at an address, of the active editor without one; a Problem where there is none. */
export function shownPage(
  parts: FilesParts,
  address?: string,
): { readonly uri: vscode.Uri; readonly page: ChangePage } {
  const found = parts.pages.page(address);
  if (found === undefined)
    throw new Problem(
      'There is no list here: choose an object or a prefix in the Zones view first.',
      'invalid',
    );
  return found;
}

/** Runs what must not run twice at a time; a Problem when it is under way already. */
export async function alone<T>(
  { running }: Pick<FilesParts, 'running'>,
  name: string,
  run: () => Promise<T>,
): Promise<T> {
  if (running.has(name))
    throw new Problem('This is being carried out already: its notification shows how far it is.', 'invalid');
  running.add(name);
  try {
    return await run();
  } finally {
    running.delete(name);
  }
}
