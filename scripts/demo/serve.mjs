// The demo in a browser: VS Code's own server, behind a token, until Ctrl-C.
import { randomUUID } from 'node:crypto';
import { startServer, workbenchUrl } from '../host.mjs';
import { ensureHost } from '../setup/vscodeHost.mjs';
import { demoSettings } from './prepare.mjs';

/**
 * Starts VS Code's server on the demo.
 * @param {import('./prepare.mjs').Demo} demo
 * @param {{ settings?: object }} [options] added to the demo's own settings
 * @returns {Promise<{ address: string, exited: Promise<number>, stop: () => Promise<void> }>}
 */
export async function startDemoServer(demo, { settings } = {}) {
  const host = await ensureHost();
  const token = randomUUID(); // whoever has the address has a terminal on this machine
  const server = await startServer(host, {
    data: demo.userData,
    extensions: demo.extensions,
    env: demo.env,
    settings: { ...demoSettings, ...settings },
    token,
  });
  demo.onStop(server.stop);
  const address = workbenchUrl(server.origin, { folder: demo.workspace, token });
  return { address, exited: server.exited, stop: server.stop };
}

/**
 * Prints the address and stays until the server ends or the user presses Ctrl-C.
 * @param {import('./prepare.mjs').Demo} demo
 * @param {() => void} ready
 * @returns {Promise<number>} exit code
 */
export async function serveDemo(demo, ready) {
  const { address, exited } = await startDemoServer(demo);
  ready();
  console.log(`Open this address in a browser; Ctrl-C here ends the demo.\n\n  ${address}\n`);
  return exited;
}
