import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import type { Column, TableName } from '../../catalog/catalog';
import { connectionKey, type Connection } from '../../connection/connection';
import type { ApplyResult } from '../../partitions/applyPlan';
import { finishButton, repairButtons } from '../../partitions/choices';
import { doneLetter } from '../../partitions/doneLetter';
import { isEmpty, type RepairPlan } from '../../partitions/plan';
import { planLetter } from '../../partitions/planLetter';

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

/** Plans and results of repairs as read-only Markdown documents, with what can be done about them as lenses on top. */
export class RepairPages
  implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable
{
  readonly #pages = new Map<string, RepairPage>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;
  readonly #own: vscode.Disposable[];

  constructor() {
    this.#own = [
      this.#changed,
      this.#lensesChanged,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerCodeLensProvider({ scheme }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#pages.delete(uri.toString())),
    ];
  }

  /** Shows a page in the table's document, which is opened or brought to the front; returns its address. */
  async show(page: RepairPage): Promise<vscode.Uri> {
    const uri = uriOf(page);
    this.set(uri, page);
    const file = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(file, { preview: false });
    return uri;
  }

  /** Puts another page into a document, without bringing it to the front. */
  set(uri: vscode.Uri, page: RepairPage): void {
    this.#pages.set(uri.toString(), page);
    this.#changed.fire(uri);
    this.#lensesChanged.fire();
  }

  /** The page at an address, of the active editor without one. */
  page(address?: string): { readonly uri: vscode.Uri; readonly page: RepairPage } | undefined {
    const uri =
      address === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(address);
    const page = uri === undefined ? undefined : this.#pages.get(uri.toString());
    return uri === undefined || page === undefined ? undefined : { uri, page };
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const page = this.#pages.get(uri.toString());
    if (page === undefined) {
      // A window that is opened again shows its documents, and the plan of the one before is old.
      return `# Repair ${tableIn(uri)}\n\nThis plan was made before the window was opened again: plan again.\n`;
    }
    const { body, table, connection } = page;
    return body.kind === 'planned'
      ? planLetter(body.plan, { connection, ...(body.cutOff === undefined ? {} : { cutOff: body.cutOff }) })
      : doneLetter(body.result, { table, keys: body.keys, kind: body.kind, connection });
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const address = uri.toString();
    const lens = (title: string, command: string, args: readonly unknown[]): vscode.CodeLens =>
      new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command, arguments: [...args] });
    const page = this.#pages.get(address);
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

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }
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
