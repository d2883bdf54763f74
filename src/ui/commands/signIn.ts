import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import type { Profile } from '../../connection/profiles';
import { ssoCacheFile, ssoTokenValid } from '../../connection/ssoCache';
import type { Connections } from '../connections';

/**
 * Signs in to a connection the way its profile does: an Identity Center or `aws login` profile
 * in a terminal, any other with a Problem that says what to renew. `done` runs once the sign-in is there.
 */
export async function signIn(
  connections: Connections,
  done: (connection: Connection) => void,
  connection: Connection,
): Promise<vscode.Disposable | undefined> {
  const profile = await signInProfile(connections, connection);
  if (profile?.sso === undefined && profile?.loginSession === undefined) {
    throw new Problem(howToRenew(connection), 'invalid');
  }
  const terminal = vscode.window.createTerminal({
    name: `Sign in: ${profile.name}`,
    iconPath: new vscode.ThemeIcon('account'),
    env: environmentForAws(),
  });
  terminal.show();
  const verb = profile.sso === undefined ? 'login' : 'sso login';
  terminal.sendText(`aws ${verb} --profile ${quoted(profile.name)}`);
  if (profile.sso === undefined) {
    // The new way keeps its session in no file that we may read: the end of the terminal is the sign.
    return vscode.window.onDidCloseTerminal((closed) => {
      if (closed === terminal) done(connection);
    });
  }
  return watch({ file: ssoCacheFile(profile.sso, homedir()), terminal }, () => done(connection));
}

/** The profile that is signed in to: of a role's profile the one it starts from. */
async function signInProfile(
  connections: Connections,
  { profile: name }: Connection,
): Promise<Profile | undefined> {
  const profiles = await connections.profiles();
  const seen = new Set<string>();
  let at = profiles.find((profile) => profile.name === name);
  while (at !== undefined && at.sso === undefined && at.sourceProfile !== undefined && !seen.has(at.name)) {
    seen.add(at.name);
    const source = at.sourceProfile;
    at = profiles.find((profile) => profile.name === source);
  }
  return at;
}

/**
 * Calls once as soon as the cache file holds a token that is good. Ends then, or with the terminal, at whose end it
 * looks a last time.
 */
function watch(
  { file, terminal }: { readonly file: string; readonly terminal: vscode.Terminal },
  signedIn: () => void,
): vscode.Disposable {
  let over = false;
  const look = async (): Promise<void> => {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (over || !ssoTokenValid(text, Date.now())) return;
    end();
    signedIn();
  };
  // The first sign-in of a computer makes the folder too, and no watcher of a folder sees that one come.
  const changed = (): void => void look();
  watchFile(file, { interval: pollMs }, changed);
  const closing = vscode.window.onDidCloseTerminal(async (closed) => {
    if (closed !== terminal) return;
    await look();
    end();
  });
  const end = (): void => {
    over = true;
    unwatchFile(file, changed);
    closing.dispose();
  };
  return { dispose: end };
}

/** Between two looks at the cache file. */
const pollMs = 500;

function howToRenew(connection: Connection): string {
  return connection.profile === undefined
    ? 'The credentials of the environment are missing or have expired: renew them, then start VS Code from there again.'
    : `Profile ${connection.profile} signs in with keys or a role of its own: renew them in the AWS configuration files, then refresh.`;
}

/** A profile's name may hold spaces and quotes; the shell may be any. */
function quoted(name: string): string {
  if (/^[\w.@/-]+$/.test(name)) return name;
  if (/["'`$\\!%;&|<>\r\n]/.test(name)) {
    throw new Problem(
      `Profile ${name} has a name that no shell takes safely: run aws sso login by hand.`,
      'invalid',
    );
  }
  return `"${name}"`;
}

/** The terminal must look at the same files as the extension does. */
function environmentForAws(): Record<string, string> {
  const names = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
