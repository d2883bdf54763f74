import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where journals are kept: the platform's folder for state that is neither configuration nor cache. */
export function stateFolder(env: Readonly<Record<string, string | undefined>>): string {
  const home = env['HOME'] ?? homedir();
  const base = env['XDG_STATE_HOME'] ?? env['LOCALAPPDATA'] ?? join(home, '.local', 'state');
  return join(base, 'lake-workbench');
}
