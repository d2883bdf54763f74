import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { connectionKey, type Connection } from '../../connection/connection';
import { objectAddress, shownPlace } from '../../transfer/fileAddress';
import type { S3Place } from '../../zones/s3Uri';
import type { Connections } from '../connections';

/** Connections of `s3:` addresses: those that objects were opened over in this window, and those of its profiles. */
export class FileConnections implements vscode.Disposable {
  readonly #known = new Map<string, Connection>();
  /** Whether it is read only or production may have changed since. */
  readonly #stale = new Set<string>();
  readonly #connections: Connections;
  readonly #changes: vscode.Disposable;

  constructor(connections: Connections) {
    this.#connections = connections;
    this.#changes = connections.onDidChange(() => {
      for (const key of this.#known.keys()) this.#stale.add(key);
    });
  }

  /** The address of a place over a connection, which is found by it from now on. */
  address(connection: Connection, place: S3Place): vscode.Uri {
    return vscode.Uri.from({ scheme: 's3', ...objectAddress(place, this.#remember(connection)) });
  }

  /** The connection of an address: the one in use for an address without any. A Problem where it is not known. */
  async of(uri: vscode.Uri): Promise<Connection> {
    if (uri.query === '') return await this.#connections.use();
    return await this.byKey(uri.query, shownPlace(uri));
  }

  /** The connection of this key; a Problem that names what belongs to it where this window does not know it. */
  async byKey(key: string, name: string): Promise<Connection> {
    const known = this.#known.get(key);
    if (known !== undefined && !this.#stale.has(key)) return known;
    const current = await this.#connections.current().catch(() => undefined);
    if (current !== undefined && connectionKey(current) === key) {
      this.#remember(current);
      return await this.#connections.use();
    }
    // A window that was opened again: the key names the connection, which mostly is a profile.
    const [profile = '', region = ''] = key.split('@').map(decodeURIComponent);
    const found = await this.#connections.resolve({ profile, region }).catch(() => undefined);
    if (found !== undefined && connectionKey(found) === key) {
      this.#remember(found);
      return found;
    }
    if (known !== undefined) return known;
    throw new Problem(
      `${name} belongs to the connection ${profile}, which this window does not know: switch to it and try again.`,
      'invalid',
    );
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #remember(connection: Connection): string {
    const key = connectionKey(connection);
    this.#known.set(key, connection);
    this.#stale.delete(key);
    return key;
  }
}
