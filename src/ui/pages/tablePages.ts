import * as vscode from 'vscode';
import { formatUsd } from '../../base/format';
import { Problem } from '../../base/problem';
import type { Table } from '../../catalog/catalog';
import { ddlForms, type DdlForm } from '../../catalog/ddl/index';
import { metadataLocation } from '../../iceberg/currentMetadata';
import { icebergPage } from '../../iceberg/page';
import { checkProjection } from '../../language/projectionCheck';
import { describedTable, tableAsKnown, tableMetadata } from '../../trees/catalogTables';
import { tablePage } from '../../trees/tablePage';
import { tableFacts } from '../../trees/tablePageFacts';
import { listCost } from '../../zones/listPrice';
import { factsOf, placeOf } from '../catalog/locationFacts';
import { anyTableOf, nameIn, type NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { expectedOf } from '../partitions/expectedFreshness';
import { withCancel } from '../withCancel';
import type { PageParts } from './preview';
import { tablePath } from './shownTables';

/**
 * Shows all that is known of a table as a page, from a handful of requests that run side by side; what may not be read
 * is said there, and the rest is shown. What lies at its location is shown as it was last measured.
 */
export async function showTable(given: NodeArgument, parts: FeatureParts): Promise<vscode.Uri> {
  const subject = anyTableOf(given);
  const { connection } = subject;
  const lake = await parts.ports();
  const text = await withCancel('Reading the table…', async (_, signal) => {
    const { table: found, unread: lost } = await tableAsKnown(
      lake,
      { connection, name: nameIn(subject) },
      signal,
    );
    const now = new Date();
    const ports = { ...lake, crawler: lake.pipelines.crawler };
    const expected = expectedAgeOf(found);
    const request = {
      connection,
      table: found,
      now,
      ...(typeof expected === 'number' ? { expectedMs: expected } : {}),
    };
    const { table, facts } = await tableFacts(ports, request, signal);
    const findings = checkProjection(table).map(({ property, message }) => `${property}: ${message}`);
    const place = placeOf(table);
    const kept = place === undefined ? undefined : await parts.zones.files.read(connection, place);
    return tablePage(table, {
      ...facts,
      // One file that is denied may be why two things are not known.
      unread: [
        ...new Set([
          ...(lost === undefined ? [] : [lost.message]),
          ...(facts.unread ?? []),
          ...(typeof expected === 'string' ? [expected] : []),
        ]),
      ],
      findings,
      ...(kept === undefined ? {} : { storage: factsOf(kept) }),
      ...(place === undefined || kept !== undefined ? {} : { howToMeasure }),
    });
  });
  return await parts.pages.show({ connection, path: `${tablePath(subject)}.md`, text, table: subject });
}

/** Milliseconds that the settings let a table's newest data be old, or what is wrong with the setting. */
function expectedAgeOf(table: Table): number | string | undefined {
  try {
    return expectedOf(table)?.ms;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}

const howToMeasure = `Lake: Measure Location on the table counts what lies there, at ${formatUsd(listCost(1_000).usd)} for each million objects`;

/** Opens a table's definition in a form that is chosen: Athena, Hive, Iceberg, Spark, Terraform or CloudFormation. */
export async function showDdlAs(
  given: NodeArgument,
  { ports }: Pick<PageParts, 'ports'>,
  form?: DdlForm['id'],
): Promise<vscode.Uri | undefined> {
  const subject = anyTableOf(given);
  const { connection, database, table: name } = subject;
  const chosen =
    ddlForms.find(({ id }) => id === form) ??
    (await vscode.window.showQuickPick(ddlForms, { title: `Show DDL of ${database}.${name} As` }));
  if (chosen === undefined) return undefined;
  const lake = await ports();
  const table = await withCancel('Reading the table…', (_, signal) =>
    describedTable(lake, { connection, name: nameIn(subject) }, signal),
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

/** Shows the snapshots, branches, schemas and partition specs of an Iceberg table, from its metadata file. */
export async function showIceberg(given: NodeArgument, { ports, pages }: PageParts): Promise<vscode.Uri> {
  const subject = anyTableOf(given);
  const { connection, database, table: name } = subject;
  const lake = await ports();
  const text = await withCancel('Reading the metadata of the table…', async (report, signal) => {
    const table = await lake.catalog.table(connection, nameIn(subject), signal);
    report(metadataLocation(table));
    return icebergPage(`${database}.${name}`, await tableMetadata(lake.store, { connection, table }, signal));
  });
  return await pages.show({ connection, path: `${tablePath(subject)}.iceberg.md`, text });
}
