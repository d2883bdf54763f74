import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import type { Column, TableName } from '../../catalog/catalog';
import { connectionKey, type Connection } from '../../connection/connection';
import type { ApplyResult } from '../../partitions/applyPlan';
import { finishButton, repairButtons } from '../../partitions/choices';
import { doneLetter } from '../../partitions/doneLetter';
import { isEmpty, type RepairPlan } from '../../partitions/plan';
import { planLetter } from '../../partitions/planLetter';
import { LensDocuments, type Lens } from '../pages/lensDocuments';

const scheme = 'lake-repair';

/** What a document of a repair shows. */
export interface RepairPage {
  readonly connection: Connection;
  readonly table: TableName;
  readonly body:
    | { readonly kind: 'planned'; readonly plan: RepairPlan; readonly cutOff?: string }
    | {
        readonly kind: 'repaired' | 'undone';
        readonly keys: readonly Column[];
        readonly result: ApplyResult;
      };
}

/** Plans and results of repairs as read-only Markdown documents. */
export type RepairPages = LensDocuments<RepairPage>;

/** Registers the documents of repairs. */
export function repairPages(): RepairPages {
  return new LensDocuments<RepairPage>({ scheme, address: uriOf, text: textOf, lenses: lensesOf });
}

function textOf(uri: vscode.Uri, page: RepairPage | undefined): string {
  if (page === undefined) {
    // A window that is opened again shows its documents, and the plan of the one before is old.
    return `# Repair ${tableIn(uri)}\n\nThis plan was made before the window was opened again: plan again.\n`;
  }
  const { body, table, connection } = page;
  return body.kind === 'planned'
    ? planLetter(body.plan, { connection, ...(body.cutOff === undefined ? {} : { cutOff: body.cutOff }) })
    : doneLetter(body.result, { table, keys: body.keys, kind: body.kind, connection });
}

function lensesOf({ uri }: vscode.TextDocument, page: RepairPage | undefined): readonly Lens[] {
  const address = uri.toString();
  const lens = (title: string, command: string, args: readonly unknown[]): Lens => ({
    title,
    command,
    arguments: args,
  });
  const [database = '', name = ''] = tableIn(uri).split('.');
  const again = lens('Plan again', 'lakeWorkbench.repairPartitions', [
    page === undefined
      ? { database, table: name }
      : { connection: page.connection, database: page.table.database, table: page.table.name },
  ]);
  if (page === undefined) return [again];
  const { body } = page;
  if (body.kind === 'repaired' && body.result.journal !== undefined)
    return [lens('Undo', 'lakeWorkbench.undoRepair', [address]), again];
  if (body.kind !== 'planned') return [again];
  const finish = body.cutOff === undefined ? undefined : finishButton(body.plan);
  const target = { connection: page.connection, database, table: name };
  const { unread = 0 } = body.plan;
  return [
    ...[...repairButtons(body.plan), ...(finish === undefined ? [] : [finish])].map(({ title, choice }) =>
      lens(title, 'lakeWorkbench.applyRepair', [address, choice]),
    ),
    ...(unread === 0
      ? []
      : [
          lens(
            `Leave out empty directories (${formatCount(unread)} requests)`,
            'lakeWorkbench.repairPartitions',
            [{ ...target, lookInto: 'all' }],
          ),
        ]),
    ...(isEmpty(body.plan)
      ? []
      : [
          lens('Copy SQL', 'lakeWorkbench.copyRepairSql', [address]),
          lens('Copy policy', 'lakeWorkbench.copyRepairPolicy', [address]),
        ]),
    // Where everything is read as it lies, there is nothing to choose.
    ...(body.plan.template === undefined && body.plan.foreign === undefined
      ? []
      : [lens('Layout…', 'lakeWorkbench.chooseRepairLayout', [address])]),
    again,
  ];
}

/** One document a table and connection: planning again shows in the same one. */
function uriOf({ connection, table }: RepairPage): vscode.Uri {
  return vscode.Uri.from({
    scheme,
    path: `/Repair ${table.database}.${table.name}.md`,
    query: connectionKey(connection),
  });
}

function tableIn(uri: vscode.Uri): string {
  return /^\/Repair (.+)\.md$/.exec(uri.path)?.[1] ?? '';
}
