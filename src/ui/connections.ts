import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { Problem } from '../base/problem';
import { connectionKey, type Connection } from '../connection/connection';
import { parseProfiles, profileFiles, type Profile } from '../connection/profiles';
import { resolveConnection, type ConnectionSettings } from '../connection/resolve';
import { matchesAny } from '../language/patterns';

const memory = 'connection';

/** The active connection: what the user switched to in this workspace, else the settings, else the environment. */
export class Connections implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #used = new Set<string>();
  readonly #own: vscode.Disposable[];
  #current: Promise<Connection> | undefined;

  constructor(state: vscode.Memento) {
    this.#state = state;
    this.#own = [
      this.#changed,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('lakeWorkbench.connection')) return;
        // Who changes where the settings lead wants to go there, whatever was switched to before.
        const leads = ['profile', 'region', 'endpoint', 'name'];
        if (leads.some((key) => event.affectsConfiguration(`lakeWorkbench.connection.${key}`))) {
          void this.followSettings();
        } else this.#reload();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#reload()),
    ];
  }

  /** The connection to use now; throws the Problem that says what is missing. Reads files, calls nothing. */
  async current(): Promise<Connection> {
    this.#current ??= this.#resolve();
    try {
      return await this.#current;
    } catch (error) {
      this.#current = undefined; // the files may be mended by the next time
      throw error;
    }
  }

  /** The current connection for something the user asked for: from now on lint may ask it too. */
  async use(): Promise<Connection> {
    const connection = await this.current();
    this.#used.add(connectionKey(connection));
    return connection;
  }

  /** True once the user has used the connection in this window; typing alone uses none. */
  wasUsed(connection: Connection): boolean {
    return this.#used.has(connectionKey(connection));
  }

  /** Every profile of the AWS configuration files; none when there are no files. */
  async profiles(): Promise<Profile[]> {
    const files = profileFiles(process.env, homedir());
    const [config, credentials] = await Promise.all([textOf(files.config), textOf(files.credentials)]);
    return parseProfiles({ config, credentials });
  }

  /** True when there is nothing to connect with: no profile in any file, and no credentials in the environment. */
  async haveNone(): Promise<boolean> {
    return process.env['AWS_ACCESS_KEY_ID'] === undefined && (await this.profiles()).length === 0;
  }

  /** A connection that is used beside the active one; a Problem where it cannot be. Reads files, calls nothing. */
  async resolve(choice: ConnectionSettings): Promise<Connection> {
    return await this.#resolve(choice);
  }

  /** Makes another connection the active one of this workspace; throws a Problem and changes nothing if it cannot be. */
  async switchTo(choice: ConnectionSettings): Promise<Connection> {
    const connection = await this.#resolve(choice);
    await this.#state.update(memory, choice);
    this.#reload();
    return connection;
  }

  /** Goes back to what the settings and the environment say. */
  async followSettings(): Promise<void> {
    await this.#state.update(memory, undefined);
    this.#reload();
  }

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }

  #reload(): void {
    this.#current = undefined;
    this.#changed.fire();
  }

  async #resolve(choice = this.#state.get<ConnectionSettings>(memory)): Promise<Connection> {
    const profiles = await this.profiles();
    const settings = vscode.workspace.getConfiguration('lakeWorkbench.connection');
    const configured: ConnectionSettings = {
      ...optional('name', settings.get<string>('name')),
      ...optional('profile', settings.get<string>('profile')),
      ...optional('region', settings.get<string>('region')),
      ...optional('endpoint', settings.get<string>('endpoint')),
    };
    // Region and endpoint of the settings belong to the profile of the settings, not to any other.
    const wanted = choice?.profile === configured.profile ? { ...configured, ...choice } : choice;
    const found = resolveConnection({ settings: wanted ?? configured, env: process.env, profiles });
    if (found instanceof Problem) throw found;
    const names = [found.name, ...(found.profile === undefined ? [] : [found.profile])];
    const listed = (setting: string) =>
      names.some((name) => matchesAny(name, settings.get<readonly string[]>(setting) ?? []));
    return {
      ...found,
      readOnly: found.readOnly || listed('readOnly'),
      production: found.production || listed('production'),
    };
  }
}

function optional<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  const text = value?.trim();
  // A cast of a computed key: TypeScript widens it to an index signature.
  return (text ? { [key]: text } : {}) as { readonly [P in K]?: string };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return ''; // no file is no profile
  }
}
