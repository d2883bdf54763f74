// A running VS Code server with a browser on it, both thrown away afterwards.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startGroup, run } from './setup/process.mjs';

/** Settings that keep VS Code quiet; everything else is as a new user has it. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.editor.useModal': 'off',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
};

/**
 * Starts VS Code's server on a free port of 127.0.0.1, in its own process group and with its own home folder.
 * @param {import('./setup/vscodeHost.mjs').Host} host
 * @param {{ settings?: object, env?: NodeJS.ProcessEnv, data?: string, extensions?: string, development?: boolean, token?: string }} [options]
 * `development` lets the address name an extension under development and a test suite (and silences
 * notifications); `token` asks every visitor for it: without one any local process gets a shell, so only tests do without.
 * @returns {Promise<{ origin: string, folder: string, output: () => string, exited: Promise<number>, stop: () => Promise<void> }>}
 */
export async function startServer(host, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lake-vscode-'));
  const clean = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  const data = options.data ?? join(folder, 'data');
  const extensions = options.extensions ?? join(folder, 'extensions');
  try {
    mkdirSync(join(data, 'User'), { recursive: true });
    mkdirSync(extensions, { recursive: true });
    const settings = { ...quietSettings, ...options.settings };
    writeFileSync(join(data, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
    const group = await startGroup(
      host.node,
      [host.serverMain, ...serverArguments(data, extensions, options)],
      {
        env: { ...cleanEnvironment(folder), ...options.env },
        name: "VS Code's server",
        ready: (output) => /Extension host agent listening on (\d+)/.exec(output)?.[1],
      },
    );
    const stop = async () => {
      await group.stop();
      clean();
    };
    return { ...group, origin: `http://127.0.0.1:${group.found}`, folder, stop };
  } catch (error) {
    clean();
    throw error;
  }
}

function serverArguments(data, extensions, { development = false, token }) {
  return [
    ['--host', '127.0.0.1', '--port', '0'],
    token ? ['--connection-token', token] : ['--without-connection-token'],
    ['--accept-server-license-terms', '--telemetry-level', 'off'],
    ['--server-data-dir', data, '--user-data-dir', data, '--extensions-dir', extensions],
    ['--disable-workspace-trust', '--disable-getting-started-override'],
    // If we are killed outright, the server notices that its window is gone and ends by itself.
    ['--enable-remote-auto-shutdown', '--reconnection-grace-time', '10'],
    development ? ['--enable-smoke-test-driver'] : [],
  ].flat();
}

/** The environment without what another VS Code or npm put there; its own home keeps sockets and files together. */
function cleanEnvironment(home) {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^(VSCODE_|ELECTRON_|npm_|AWS_)/.test(name)) delete env[name];
  }
  return { ...env, HOME: home, TMPDIR: home, XDG_RUNTIME_DIR: home };
}

/**
 * The address that opens `folder`, and with it the extension under development and its test suite.
 * @param {string} origin of the server
 * @param {{ folder: string, extension?: string, tests?: string, token?: string }} open
 * @returns {string}
 */
export function workbenchUrl(origin, { folder, extension, tests, token }) {
  // The authority must be the very host and port of the page, or the server refuses the extension silently.
  const remote = (path) => `vscode-remote://${new URL(origin).host}${encodeURI(resolve(path))}`;
  const payload = [['skipWelcome', 'true']];
  if (extension) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  const query = new URLSearchParams({ folder: resolve(folder), payload: JSON.stringify(payload) });
  if (token) query.set('tkn', token);
  return `${origin}/?${query}`;
}

/**
 * Installs a packed extension into an extensions folder, the way a user's VS Code does.
 * @param {import('./setup/vscodeHost.mjs').Host} host
 * @param {{ vsix: string, extensions: string }} what
 * @throws with the server's own words when it refuses the package.
 */
export async function installExtension(host, { vsix, extensions }) {
  mkdirSync(extensions, { recursive: true });
  const data = `${extensions}-data`;
  const args = ['--extensions-dir', extensions, '--user-data-dir', data, '--server-data-dir', data];
  const { output } = await run(host.node, [host.serverMain, ...args, '--install-extension', vsix], {
    env: cleanEnvironment(data),
  });
  rmSync(data, { recursive: true, force: true });
  if (!/was successfully installed/.test(output)) {
    throw new Error(`VS Code refused the packed extension.\n${output}`);
  }
}

/** Links the working tree into an extensions folder, so that the demo runs what was just built. */
export function linkExtension(root, { extensions, name }) {
  rmSync(extensions, { recursive: true, force: true });
  mkdirSync(extensions, { recursive: true });
  symlinkSync(root, join(extensions, name), 'dir');
}

/** Copies a fixture workspace to a folder of its own, so that no run changes the fixture. */
export function copyWorkspace(from, to) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  return to;
}

/**
 * Starts a headless browser for a workbench.
 * @param {string} executablePath from `ensureChromium`
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function startBrowser(executablePath) {
  const { chromium } = await import('playwright-core');
  const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...args,
      '--no-sandbox',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
}
