// Installs a real VS Code without a desktop and without a compiler: the server inside the npm package code-server.
// Its Node extension host and its workbench are those of the desktop build with the same version number.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, withLock } from './cache.mjs';
import { npm } from './npm.mjs';

const server = 'code-server@4.139.1'; // carries VS Code 1.139.1
const nodeVersion = '24.21.0'; // the server wants Node 24; the project itself runs on 20
const layout = '1'; // raise it when the steps below change, so that older folders are made again

/**
 * @typedef {{ node: string, serverMain: string, version: string, installed: boolean }} Host
 * `node` runs `serverMain`; `installed` tells whether this call had to install it.
 */

/**
 * Returns the VS Code host, installing it into the cache folder when it is not there in full.
 * @param {{ fresh?: boolean }} [options] `fresh` installs into a new temporary folder, so that the install itself is proven
 * @returns {Promise<Host & { remove: () => void }>} `remove` deletes a fresh folder and does nothing to the cached one
 */
export async function ensureHost({ fresh = false } = {}) {
  if (process.platform === 'win32') {
    throw new Error('The VS Code server host needs Linux or macOS: on Windows run this in WSL.');
  }
  if (fresh) {
    const folder = mkdtempSync(join(tmpdir(), 'lake-host-'));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    process.once('exit', remove);
    await install(folder);
    return { ...describe(folder), installed: true, remove };
  }
  const folder = join(cacheFolder(), 'vscode-host');
  const installed = await withLock(`${folder}.lock`, async () => {
    if (isComplete(folder)) return false;
    console.log(`  installing VS Code's server into ${folder} (once, about a minute)`);
    // Made beside and renamed at the end: an interrupted install is never taken for a whole one.
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    await install(partial);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
    return true;
  });
  return { ...describe(folder), installed, remove: () => {} };
}

/** Whether the folder holds exactly what this version of the script installs. */
function isComplete(folder) {
  const marker = join(folder, 'installed');
  return (
    existsSync(marker) && readFileSync(marker, 'utf8') === stamp() && existsSync(describe(folder).serverMain)
  );
}

function stamp() {
  return `${server} ${nodePackage()} layout ${layout}`;
}

function nodePackage() {
  return `node-${process.platform}-${process.arch}@${nodeVersion}`;
}

function describe(folder) {
  const own = Number(process.versions.node.split('.')[0]) === 24;
  return {
    node: own ? process.execPath : join(folder, 'node_modules', nodePackage().split('@')[0], 'bin', 'node'),
    serverMain: join(folder, 'node_modules', 'code-server', 'lib', 'vscode', 'out', 'server-main.js'),
    version: server.split('@')[1],
  };
}

async function install(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "vscode-host", "private": true }\n');
  const what = "VS Code's server";
  // Scripts stay off: the package's own would compile what nothing here needs, and want Node 24 in the PATH.
  await npm(['install', '--ignore-scripts', '--save-exact', server, nodePackage()], { cwd: folder, what });
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  // Its published shrinkwrap is out of step with its package.json: `npm ci` would refuse.
  const inner = ['install', '--omit=dev', '--ignore-scripts', '--no-save'];
  await npm(inner, { cwd: vscode, what });
  await npm(inner, { cwd: join(vscode, 'extensions'), what });
  standInForWatchdog(vscode);
  writeFileSync(join(folder, 'installed'), stamp());
}

/**
 * The extension host loads this native module to end itself when its parent dies, and does not start without it.
 * We end the whole process group ourselves, so a module that does nothing serves, and no compiler is needed.
 */
function standInForWatchdog(vscode) {
  const release = join(vscode, 'node_modules', '@vscode', 'native-watchdog', 'build', 'Release');
  mkdirSync(release, { recursive: true });
  writeFileSync(join(release, 'watchdog.js'), 'exports.start = () => {};\n');
}
