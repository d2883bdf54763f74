import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { TableName } from '../../catalog/catalog';
import type { Connection } from '../../connection/connection';
import { newestExpression } from '../../trees/newestExpression';
import { tableOf, type NodeArgument } from '../commands/nodeCommands';
import { forConnection } from '../createTable/createTable';
import type { FeatureParts } from '../featureParts';
import { withCancel } from '../withCancel';

/** What a check came to, as plain data. */
export interface CheckedDrift {
  readonly uri: string;
  /** Differences found. */
  readonly drifts: number;
  readonly sql: string;
}

/** A table's node, or its name on the connection in use. */
type DriftTarget = NodeArgument | { readonly database: string; readonly table: string };

/** The command that compares a table with its partitions and files, by its id. */
export function driftCommandsOf(parts: FeatureParts) {
  return {
    'lakeWorkbench.checkDrift': (given?: DriftTarget) => check(parts, given),
  } as const;
}

/** Compares and opens the letter with the statements that mend it; runs none of them. */
async function check(parts: FeatureParts, given: DriftTarget | undefined): Promise<CheckedDrift> {
  const { connection, table } = await targetOf(parts, given);
  const ports = await parts.ports();
  const [{ checkDrift }, { driftLetter }] = await Promise.all([
    import('../../inference/checkDrift'),
    import('../../inference/driftLetter'),
  ]);
  const name = `${table.database}.${table.name}`;
  const report = await withCancel(
    `Comparing ${name} with its partitions and files`,
    async (onProgress, signal) => {
      const newest = await newestExpression(ports, { connection, table }, signal);
      const request = { connection, table, onProgress, ...(newest === undefined ? {} : { newest }) };
      return checkDrift(ports, request, signal);
    },
  );
  const sql = await forConnection(parts, connection, driftLetter(report));
  if (report.drifts.length === 0) {
    // There is nothing to run, so nothing that asks to be saved when it is closed.
    const path = `${table.database}/${table.name}.drift.sql`;
    const page = await parts.pages.show({ connection, path, text: sql });
    return { uri: page.toString(), drifts: 0, sql };
  }
  const file = await vscode.workspace.openTextDocument({ language: 'sql', content: sql });
  await vscode.window.showTextDocument(file, { preview: false });
  return { uri: file.uri.toString(), drifts: report.drifts.length, sql };
}

async function targetOf(
  parts: FeatureParts,
  given: DriftTarget | undefined,
): Promise<{ readonly connection: Connection; readonly table: TableName }> {
  if (given !== undefined && !('kind' in given) && !('id' in given)) {
    const { database, table } = given;
    return { connection: await parts.workbench.use(), table: { database, name: table } };
  }
  if (given === undefined) throw new Problem('Choose the table in the Catalog view.', 'invalid');
  // The statements name a table of the account's own catalog.
  const { connection, database, table } = tableOf(given);
  return { connection, table: { database, name: table } };
}
