import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { CatalogReader, TableName } from '../../catalog/catalog';
import { connectionKey, type Connection } from '../../connection/connection';
import { layoutPlace } from '../../partitions/layoutPlace';
import type { RepairPlan } from '../../partitions/plan';
import { proposeTemplate } from '../../partitions/templateProposal';
import { withStatus } from '../withCancel';

/** The templates that were given for tables whose directories are not `key=value/`, kept in the workspace. */
export class RepairLayouts {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  of(connection: Connection, table: TableName): string | undefined {
    return this.#state.get<string>(keyOf(connection, table));
  }

  /** An empty template is none: the table is read in Hive's way again. */
  async keep(connection: Connection, table: TableName, template: string): Promise<void> {
    const text = template.trim();
    await this.#state.update(keyOf(connection, table), text === '' ? undefined : text);
  }
}

function keyOf(connection: Connection, { catalog = '', database, name }: TableName): string {
  return `repairLayout:${JSON.stringify([connectionKey(connection), catalog, database, name])}`;
}

/** Whether S3 has directories at a table's place, none of which is read as a partition. */
export function looksForeign(plan: RepairPlan): boolean {
  return plan.partitions.store === 0 && (plan.foreign?.length ?? 0) > 0;
}

/** Asks for the template of a table's layout, checked while it is typed; `undefined` when the question was closed. */
export async function askTemplate(
  catalog: Pick<CatalogReader, 'table'>,
  of: { readonly connection: Connection; readonly plan: RepairPlan; readonly now?: string },
): Promise<string | undefined> {
  const { connection, plan } = of;
  const table = await withStatus('Reading the table…', (signal) =>
    catalog.table(connection, plan.table, signal),
  );
  const names = plan.foreign ?? [];
  const seen =
    names.length === 0 ? '' : ` S3 has ${names.slice(0, 3).join(', ')}${names.length > 3 ? '…' : ''} there.`;
  return await vscode.window.showInputBox({
    title: `Layout of ${plan.table.database}.${plan.table.name}`,
    prompt: `How do the directories lie below ${table.location ?? ''}?${seen} Write \${key} for a value, \${key:yyyy/MM/dd} for a date; nothing for key=value/.`,
    value: of.now ?? proposeTemplate(plan.keys, names),
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === '') return undefined;
      try {
        layoutPlace(table, text);
        return undefined;
      } catch (error) {
        if (error instanceof Problem) return error.message;
        throw error;
      }
    },
  });
}
