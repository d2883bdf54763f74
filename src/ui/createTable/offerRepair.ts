import * as vscode from 'vscode';
import type { TableName } from '../../catalog/catalog';
import { connectionKey, type Connection } from '../../connection/connection';

/** Tables that were inferred with partitions the catalog must be told of, until their statement has run. */
export class ExpectedTables {
  readonly #expected = new Set<string>();

  expect(connection: Connection, table: TableName): void {
    this.#expected.add(idOf(connection, table));
  }

  /** Told when a statement has made or changed a table: offers to add the partitions of one that was waited for. */
  async onDefined(connection: Connection, table: TableName): Promise<void> {
    if (!this.#expected.delete(idOf(connection, table)) || connection.readOnly) return;
    const picked = await vscode.window.showInformationMessage(
      `${table.database}.${table.name} has no partitions in the catalog yet, so queries find no rows.`,
      'Repair Partitions',
    );
    if (picked === undefined) return;
    await vscode.commands.executeCommand('lakeWorkbench.repairPartitions', {
      connection,
      database: table.database,
      table: table.name,
    });
  }
}

function idOf(connection: Connection, { database, name }: TableName): string {
  return `${connectionKey(connection)} ${database}.${name}`;
}
