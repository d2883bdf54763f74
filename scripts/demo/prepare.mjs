// Everything the demo needs before a window opens: the build, the lake, a profile for it and a workspace.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, takeLock } from '../setup/cache.mjs';
import { copyWorkspace, linkExtension } from '../host.mjs';
import { lakeProfile, startLake } from '../lake.mjs';
import { buildProduct } from '../package.mjs';
import { copyOfDemoLake } from './lakeFolder.mjs';

/** Settings of the demo: the lake's profile and where its results go. */
export const demoSettings = {
  'lakeWorkbench.connection.profile': 'lake-demo',
  'lakeWorkbench.query.workGroup': 'primary',
  'lakeWorkbench.query.database': 'centralbank_data',
  'lakeWorkbench.query.outputLocation': 's3://centralbank-data-lake/athena-results/',
  'workbench.colorTheme': 'Default Dark Modern',
};

/**
 * @typedef {{ folder: string, workspace: string, userData: string, extensions: string, endpoint: string,
 *   env: Record<string, string>, stop: () => Promise<void>, onStop: (end: () => Promise<void>) => void }} Demo
 * `onStop` adds what must end before the lake does.
 */

/**
 * @param {string} home kept between runs: the lake is made once
 * @param {{ anew: boolean }} options `anew` starts from a lake, a workspace and a VS Code that nobody has used
 * @returns {Promise<Demo>}
 * @throws one sentence when another demo uses the folder already.
 */
export async function prepareDemo(home, { anew }) {
  mkdirSync(home, { recursive: true });
  const unlock = takeLock(join(home, 'running.lock'));
  if (!unlock)
    throw new Error('The demo is running already: end that one first, with Ctrl-C in its terminal.');
  const ends = [async () => unlock()];
  const stop = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) await end();
  };
  try {
    await buildProduct();
    const folder = anew ? join(home, 'anew') : home;
    if (anew) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await copyOfDemoLake(home, join(folder, 'lake'));
    const lake = await startLake(join(folder, 'lake'));
    ends.push(lake.stop);
    const workspace = join(folder, 'workspace');
    copyWorkspace(join(root, 'test', 'fixtures', 'workspace'), workspace);
    const userData = join(folder, 'user-data');
    mkdirSync(join(userData, 'User'), { recursive: true });
    writeFileSync(join(userData, 'User', 'settings.json'), JSON.stringify(demoSettings, null, 2));
    const extensions = join(folder, 'extensions');
    linkExtension(root, { extensions, name: 'lake-workbench.lake-workbench-0.1.0' });
    const env = lakeProfile(join(folder, 'aws'), lake);
    const { endpoint } = lake;
    return { folder, workspace, userData, extensions, endpoint, env, stop, onStop: (end) => ends.push(end) };
  } catch (error) {
    await stop();
    throw error;
  }
}
