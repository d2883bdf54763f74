import * as vscode from 'vscode';
import type { Connection } from '../connection/connection';
import type { Caller } from '../connection/identity';
import type { Connections } from './connections';

/** The status bar item that says where calls go and as whom; a click switches. */
export class ConnectionItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #connections: Connections;
  readonly #own: vscode.Disposable[];
  #identity: { readonly connection: Connection; readonly identity: Caller } | undefined;

  constructor(connections: Connections) {
    this.#connections = connections;
    this.#item = vscode.window.createStatusBarItem(
      'lakeWorkbench.connection',
      vscode.StatusBarAlignment.Left,
      50,
    );
    this.#item.name = 'Lake Connection';
    this.#item.command = 'lakeWorkbench.switchConnection';
    this.#own = [this.#item, connections.onDidChange(() => void this.show())];
  }

  /** What the item says, for those who cannot see it. */
  get text(): string {
    return this.#item.text;
  }

  /** Adds account and role, known after the first call. */
  async know(connection: Connection, identity: Caller): Promise<void> {
    this.#identity = { connection, identity };
    await this.show();
  }

  /** Reads the connection from settings and files and shows it; calls nothing. */
  async show(): Promise<void> {
    try {
      this.#present(await this.#connections.current());
    } catch (error) {
      this.#item.text = '$(cloud) no connection';
      this.#item.tooltip = error instanceof Error ? error.message : String(error);
      this.#item.backgroundColor = undefined;
    }
    this.#item.show();
  }

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }

  #present(connection: Connection): void {
    const elsewhere = connection.endpoint ?? Object.values(connection.endpoints ?? {})[0];
    const where = elsewhere === undefined ? connection.region : `${connection.region} · ${hostOf(elsewhere)}`;
    this.#item.text = `$(cloud) ${connection.name} · ${where}`;
    this.#item.backgroundColor = connection.production
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    const known = this.#identity?.connection === connection ? this.#identity.identity : undefined;
    const lines = [
      `Connection ${connection.name}`,
      connection.profile === undefined ? 'credentials of the environment' : `profile ${connection.profile}`,
      `region ${connection.region}`,
      ...(connection.endpoint === undefined ? [] : [`endpoint ${connection.endpoint}`]),
      ...Object.entries(connection.endpoints ?? {}).map(([service, url]) => `${service} at ${url}`),
      ...(known === undefined ? [] : [`account ${known.account}`, known.principal]),
      ...(connection.production ? ['production'] : []),
      ...(connection.readOnly ? ['read only'] : []),
    ];
    this.#item.tooltip = `${lines.join('\n')}\nClick to switch.`;
    this.#item.accessibilityInformation = { label: `Lake connection: ${lines.join(', ')}` };
  }
}

function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
}
