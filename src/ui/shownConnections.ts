import * as vscode from 'vscode';
import { connectionKey, type Connection } from '../connection/connection';
import type { ConnectionSettings } from '../connection/resolve';
import type { OtherConnection } from '../trees/zonesTree';
import type { Connections } from './connections';

/**
 * The connections that a view shows beside the active one: what the user added in this workspace. Only their settings
 * are kept; each is looked up in the AWS configuration files when it is drawn, and asked when it is opened.
 */
export class ShownConnections implements vscode.Disposable {
  readonly #memory: { readonly state: vscode.Memento; readonly key: string };
  readonly #connections: Connections;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  /** `key` is where the workspace remembers them: a view's own. */
  constructor(memory: { readonly state: vscode.Memento; readonly key: string }, connections: Connections) {
    this.#memory = memory;
    this.#connections = connections;
  }

  /** In the order in which they were added. */
  list(): readonly OtherConnection[] {
    return this.#settings().map((settings) => ({
      id: idOf(settings),
      label: settings.name ?? settings.profile ?? 'environment',
      resolve: () => this.#connections.resolve(settings),
    }));
  }

  /** Those that can be used now. */
  async usable(): Promise<readonly Connection[]> {
    const found = await Promise.allSettled(this.list().map((one) => one.resolve()));
    return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  /** Adds one; a Problem, and nothing added, where it cannot be used. */
  async add(settings: ConnectionSettings): Promise<Connection> {
    const connection = await this.#connections.resolve(settings);
    const rest = this.#settings().filter((one) => idOf(one) !== idOf(settings));
    await this.#keep([...rest, settings]);
    return connection;
  }

  /** Removes the one of an id, or the one that resolves to a connection; true where there was one. */
  async remove(wanted: string | Connection): Promise<boolean> {
    const before = this.#settings();
    const after: ConnectionSettings[] = [];
    for (const settings of before) {
      const same =
        typeof wanted === 'string' ? idOf(settings) === wanted : await this.#resolvesTo(settings, wanted);
      if (!same) after.push(settings);
    }
    if (after.length === before.length) return false;
    await this.#keep(after);
    return true;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #resolvesTo(settings: ConnectionSettings, wanted: Connection): Promise<boolean> {
    const found = await this.#connections.resolve(settings).catch(() => undefined);
    return found !== undefined && connectionKey(found) === connectionKey(wanted);
  }

  #settings(): readonly ConnectionSettings[] {
    return this.#memory.state.get<readonly ConnectionSettings[]>(this.#memory.key) ?? [];
  }

  async #keep(settings: readonly ConnectionSettings[]): Promise<void> {
    await this.#memory.state.update(this.#memory.key, settings);
    this.#changed.fire();
  }
}

function idOf({ name, profile, region, endpoint }: ConnectionSettings): string {
  return JSON.stringify([name ?? null, profile ?? null, region ?? null, endpoint ?? null]);
}
