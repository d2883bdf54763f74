import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Table } from '../../catalog/catalog';
import { ddlForms, type DdlForm } from '../../catalog/ddl/index';
import { metadataLocation } from '../../iceberg/currentMetadata';
import { readMetadata } from '../../iceberg/metadata';
import { icebergPage } from '../../iceberg/page';
import { checkProjection } from '../../language/projectionCheck';
import { newestPartition } from '../../trees/newestPartition';
import { tablePage } from '../../trees/tablePage';
import { parseS3Uri } from '../../zones/s3Uri';
import { tableOf, type NodeArgument } from '../commands/nodeCommands';
import { withCancel } from '../withCancel';
import type { PageParts } from './preview';

/** Shows all that is known of a table as a page; what may not be read is said there, and the rest is shown. */
export async function showTable(given: NodeArgument, { ports, pages }: PageParts): Promise<vscode.Uri> {
  const { connection, database, table: name } = tableOf(given);
  const lake = await ports();
  const text = await withCancel('Reading the table…', async (_, signal) => {
    const table = await lake.catalog.table(connection, { database, name }, signal);
    const unread: string[] = [];
    let newest: readonly string[] | undefined;
    try {
      newest = await newestPartition(lake, { connection, table }, signal);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      unread.push(error.message);
    }
    const findings = checkProjection(table).map(({ property, message }) => `${property}: ${message}`);
    return tablePage(table, {
      findings,
      unread,
      now: new Date(),
      ...(newest === undefined
        ? {}
        : { freshness: `The newest partition is ${partitionName(table, newest)}.` }),
    });
  });
  return await pages.show({ connection, path: `${database}/${name}.md`, text });
}

function partitionName({ partitionKeys }: Table, values: readonly string[]): string {
  return partitionKeys.map(({ name }, at) => `${name}=${values[at] ?? ''}`).join('/');
}

/** Opens a table's definition in a form that is chosen: Athena, Hive, Iceberg, Spark, Terraform or CloudFormation. */
export async function showDdlAs(
  given: NodeArgument,
  { ports }: Pick<PageParts, 'ports'>,
  form?: DdlForm['id'],
): Promise<vscode.Uri | undefined> {
  const { connection, database, table: name } = tableOf(given);
  const chosen =
    ddlForms.find(({ id }) => id === form) ??
    (await vscode.window.showQuickPick(ddlForms, { title: `Show DDL of ${database}.${name} As` }));
  if (chosen === undefined) return undefined;
  const { catalog } = await ports();
  const table = await withCancel('Reading the table…', (_, signal) =>
    catalog.table(connection, { database, name }, signal),
  );
  const known = await vscode.languages.getLanguages();
  const file = await vscode.workspace.openTextDocument({
    // Terraform's language is an extension's own.
    language: known.includes(chosen.language) ? chosen.language : 'plaintext',
    content: chosen.write(table),
  });
  await vscode.window.showTextDocument(file);
  return file.uri;
}

/** Shows the snapshots, the history and the schemas of an Iceberg table, from its metadata file. */
export async function showIceberg(given: NodeArgument, { ports, pages }: PageParts): Promise<vscode.Uri> {
  const { connection, database, table: name } = tableOf(given);
  const lake = await ports();
  const text = await withCancel('Reading the metadata of the table…', async (report, signal) => {
    const table = await lake.catalog.table(connection, { database, name }, signal);
    const uri = metadataLocation(table);
    report(uri);
    const metadata = await readMetadata(
      async (address, stop) => {
        const place = parseS3Uri(address);
        if (place === undefined) throw new Problem(`${address} is no object of S3.`, 'invalid');
        return await lake.store.read(connection, place, stop);
      },
      uri,
      signal,
    );
    return icebergPage(`${database}.${name}`, metadata);
  });
  return await pages.show({ connection, path: `${database}/${name}.iceberg.md`, text });
}
