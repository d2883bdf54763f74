// The demo in the desktop build of VS Code, where there is one and a screen for it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../setup/cache.mjs';

/** The `code` program; undefined where there is none or, on Linux, no display. */
export function findDesktop() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const folders = (process.env.PATH ?? '').split(delimiter);
  if (process.platform === 'darwin') {
    folders.push('/Applications/Visual Studio Code.app/Contents/Resources/app/bin');
  }
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * Opens a window of its own and waits until it is closed.
 * @param {import('./prepare.mjs').Demo} demo
 * @param {{ code: string, ready: () => void }} options
 * @returns {Promise<number>} exit code
 */
export async function openDesktop(demo, { code, ready }) {
  const args = [
    ['--new-window', '--wait', '--disable-workspace-trust', '--skip-welcome'],
    ['--user-data-dir', demo.userData, '--extensions-dir', join(demo.folder, 'desktop-extensions')],
    ['--extensionDevelopmentPath', root, demo.workspace],
    process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  ].flat();
  // The user's own AWS variables would win over the demo's profile.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const env = { ...Object.fromEntries(own), ...demo.env };
  const child = spawn(code, args, { env, stdio: 'inherit', shell: process.platform === 'win32' });
  ready();
  console.log('VS Code is open on the demo lake; close its window to end the demo.');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status) => resolve(status ?? 0));
  });
}
