import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Table } from '../../catalog/catalog';
import type { Connection } from '../../connection/connection';
import type { LakePorts } from '../../query/lakePorts';
import { newestPartition } from '../../trees/newestPartition';
import { newQueryText } from '../../trees/newQuery';
import type { NodeSubject, TreeNode } from '../../trees/node';
import { tableDdl } from '../../trees/tableDdl';
import { formatS3Uri } from '../../zones/s3Uri';

/** A node of a tree, or its subject alone: commands can be run without a tree. */
export type NodeArgument = TreeNode | NodeSubject;

/** Copies the `s3://` address of a bucket, prefix, object, table or partition; returns it. */
export async function copyUri(given: NodeArgument, ports: () => Promise<LakePorts>): Promise<string> {
  const uri = await copyableUri(subjectOf(given), ports);
  await vscode.env.clipboard.writeText(uri);
  return uri;
}

/** Copies the name of what a node stands for, as SQL or S3 spells it; returns it. */
export async function copyName(given: NodeArgument): Promise<string> {
  const name = nameOf(subjectOf(given));
  await vscode.env.clipboard.writeText(name);
  return name;
}

/** Opens a SELECT over a table in a new editor, filtered on its newest partition where the catalog has one. */
export async function newQuery(given: NodeArgument, ports: () => Promise<LakePorts>): Promise<vscode.Uri> {
  const subject = tableOf(given);
  const lake = await ports();
  const [table, newest] = await withProgress('Reading the table…', async (signal) => {
    const found = await lake.catalog.table(subject.connection, nameIn(subject), signal);
    return [found, await newestOf(lake, { connection: subject.connection, table: found }, signal)] as const;
  });
  return await openSql(`-- dialect: athena\n${newQueryText(table, newest)}`);
}

/** Opens the statement that would make the table again in a new editor. */
export async function showDdl(given: NodeArgument, ports: () => Promise<LakePorts>): Promise<vscode.Uri> {
  const subject = tableOf(given);
  const { catalog } = await ports();
  const table = await withProgress('Reading the table…', (signal) =>
    catalog.table(subject.connection, nameIn(subject), signal),
  );
  return await openSql(`-- dialect: athena\n${tableDdl(table)}`);
}

/** What a command acts on; a Problem when it was run on nothing. */
export function subjectOf(given: NodeArgument | undefined): NodeSubject {
  if (given === undefined)
    throw new Problem('Nothing is chosen: run this from the menu of a node in the Lake views.', 'invalid');
  if ('kind' in given) return given;
  if (given.subject === undefined)
    throw new Problem(`${given.label} is no bucket, table or file: choose one of those.`, 'invalid');
  return given.subject;
}

type TableSubject = Extract<NodeSubject, { kind: 'table' }>;

/** The table that a command acts on; a Problem when it was run on something else. */
export function tableOf(given: NodeArgument): TableSubject {
  const subject = subjectOf(given);
  if (subject.kind !== 'table')
    throw new Problem(`${nameOf(subject)} is not a table: choose one in the Catalog view.`, 'invalid');
  return subject;
}

function nameIn({ database, table }: TableSubject): { readonly database: string; readonly name: string } {
  return { database, name: table };
}

/** `undefined` where there are no partitions or they may not be listed: the query says what to fill in. */
async function newestOf(
  lake: LakePorts,
  request: { readonly connection: Connection; readonly table: Table },
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  try {
    return await newestPartition(lake, request, signal);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

async function openSql(content: string): Promise<vscode.Uri> {
  const file = await vscode.workspace.openTextDocument({ language: 'sql', content });
  await vscode.window.showTextDocument(file);
  return file.uri;
}

async function withProgress<T>(title: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  return await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
    run(stop.signal),
  );
}

/** The `s3://` address of a bucket, prefix, object, table or partition; a Problem for what has none. */
export async function copyableUri(subject: NodeSubject, ports: () => Promise<LakePorts>): Promise<string> {
  switch (subject.kind) {
    case 'bucket':
      return formatS3Uri({ bucket: subject.bucket, key: '' });
    case 'prefix':
      return formatS3Uri({ bucket: subject.bucket, key: subject.prefix });
    case 'object':
      return formatS3Uri({ bucket: subject.bucket, key: subject.key });
    case 'partition':
      if (subject.location !== undefined) return subject.location;
      throw new Problem(
        `The catalog names no location for the partition ${subject.values.join('/')}.`,
        'missing',
      );
    case 'table': {
      const { catalog } = await ports();
      const { location } = await withProgress('Reading the table…', (signal) =>
        catalog.table(subject.connection, nameIn(subject), signal),
      );
      if (location !== undefined) return location;
      throw new Problem(`The catalog names no location for ${nameOf(subject)}: it may be a view.`, 'missing');
    }
    case 'database':
    case 'column':
    case 'pipeline':
    case 'run':
  }
  throw new Problem(
    `${nameOf(subject)} has no address in S3: choose a table, partition or object.`,
    'invalid',
  );
}

function nameOf(subject: NodeSubject): string {
  switch (subject.kind) {
    case 'bucket':
      return subject.bucket;
    case 'prefix':
      return subject.prefix.replace(/\/$/, '').split('/').at(-1) ?? subject.prefix;
    case 'object':
      return subject.key.split('/').at(-1) ?? subject.key;
    case 'database':
      return subject.database;
    case 'table':
      return `${subject.database}.${subject.table}`;
    case 'column':
      return subject.column;
    case 'partition':
      return subject.values.join('/');
    case 'pipeline':
      return subject.pipeline.name;
    case 'run':
  }
  return subject.run.pipeline;
}
