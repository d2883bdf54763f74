import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { TableName } from '../../catalog/catalog';
import { catalogSqlName, catalogTitle } from '../../catalog/catalogId';
import { selectName } from '../../catalog/identifiers';
import type { LakePorts } from '../../query/lakePorts';
import { describedTable, tableAsKnown } from '../../trees/catalogTables';
import { newestData } from '../../trees/newestData';
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
  const subject = subjectOf(given);
  const name = sqlNameIn(subject) ?? nameOf(subject);
  await vscode.env.clipboard.writeText(name);
  return name;
}

/** How a statement calls a table of another catalog; undefined for all else. */
function sqlNameIn(subject: NodeSubject): string | undefined {
  if (subject.kind !== 'table') return undefined;
  const catalog = catalogSqlName(subject.catalog, subject.connection.region);
  return catalog === undefined
    ? undefined
    : [catalog, subject.database, subject.table].map(selectName).join('.');
}

/** Opens a SELECT over a table in a new editor, filtered on its newest partition or time where there is one. */
export async function newQuery(given: NodeArgument, ports: () => Promise<LakePorts>): Promise<vscode.Uri> {
  const subject = anyTableOf(given);
  const { connection } = subject;
  const lake = await ports();
  const [table, newest] = await withProgress('Reading the table…', async (signal) => {
    // Without its columns a query is of use too.
    const { table: found } = await tableAsKnown(lake, { connection, name: nameIn(subject) }, signal);
    return [found, await newestData(lake, { connection, table: found }, signal)] as const;
  });
  const catalog = catalogSqlName(table.catalog, connection.region);
  const request = { ...newest, ...(catalog === undefined ? {} : { catalog }) };
  return await openSql(`-- dialect: athena\n${newQueryText(table, request)}`);
}

/** Opens the statement that would make the table again in a new editor. */
export async function showDdl(given: NodeArgument, ports: () => Promise<LakePorts>): Promise<vscode.Uri> {
  const subject = anyTableOf(given);
  const lake = await ports();
  const table = await withProgress('Reading the table…', (signal) =>
    describedTable(lake, { connection: subject.connection, name: nameIn(subject) }, signal),
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

/** The table of the account's own catalog that a command acts on; a Problem for anything else. */
export function tableOf(given: NodeArgument): TableSubject {
  const subject = anyTableOf(given);
  if (subject.catalog === undefined) return subject;
  throw new Problem(
    `${nameOf(subject)} stands in ${catalogTitle(subject.catalog)}, and this works on tables of the account’s own Glue catalog alone.`,
    'invalid',
  );
}

/** The table that a command acts on, whatever catalog it stands in; a Problem when it was run on something else. */
export function anyTableOf(given: NodeArgument): TableSubject {
  const subject = subjectOf(given);
  if (subject.kind !== 'table')
    throw new Problem(`${nameOf(subject)} is not a table: choose one in the Catalog view.`, 'invalid');
  return subject;
}

/** The table of a subject as requests name it. */
export function nameIn({ catalog, database, table }: TableSubject): TableName {
  return { ...(catalog === undefined ? {} : { catalog }), database, name: table };
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
    case 'connection':
    case 'zone':
    case 'catalog':
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
    case 'connection':
      return subject.connection.name;
    case 'zone':
      return subject.zone;
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
    case 'catalog':
      return catalogTitle(subject.catalog);
    case 'pipeline':
      return subject.pipeline.name;
    case 'run':
  }
  return subject.run.pipeline;
}
