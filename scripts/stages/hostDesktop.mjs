// The same suite in a desktop VS Code: the one that VSCODE_EXECUTABLE names, else the newest stable one, downloaded.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoSettings } from '../demo/prepare.mjs';
import { copyWorkspace, quietSettings } from '../host.mjs';
import { root } from '../setup/cache.mjs';
import { bundleSuite } from './hostSuite.mjs';

/**
 * @param {{ env: Record<string, string>, endpoint: string, folder: string }} context `folder` is scratch space
 * @returns {Promise<import('./tally.mjs').Tally>}
 * @throws one sentence when there is no display, since a desktop build needs one.
 */
export async function desktopTests({ env, endpoint, folder }) {
  if (process.platform === 'linux' && !process.env.DISPLAY) {
    throw new Error('A desktop VS Code needs a display: run this under `xvfb-run -a`.');
  }
  const { runTests } = await import('@vscode/test-electron');
  const suite = await bundleSuite(folder);
  const data = join(folder, 'desktop-data');
  mkdirSync(join(data, 'User'), { recursive: true });
  writeFileSync(join(data, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...demoSettings }));
  const workspace = copyWorkspace(
    join(root, 'test', 'fixtures', 'workspace'),
    join(folder, 'desktop-workspace'),
  );
  const executable = process.env.VSCODE_EXECUTABLE;
  const args = [
    ['--disable-workspace-trust', '--skip-welcome', '--disable-telemetry', '--disable-extensions'],
    [`--user-data-dir=${data}`, `--extensions-dir=${join(folder, 'desktop-extensions')}`],
  ].flat();
  try {
    await runTests({
      ...(executable ? { vscodeExecutablePath: executable } : {}),
      extensionDevelopmentPath: root,
      extensionTestsPath: suite.entry,
      extensionTestsEnv: { ...env, ...suite.env, LAKE_TEST_ENDPOINT: endpoint },
      launchArgs: [workspace, ...args],
    }).catch(() => {}); // it throws on failed tests, which the results tell better
    return suite.tally('The desktop VS Code ended early.');
  } finally {
    suite.remove();
  }
}
