// The suite that runs inside the real extension host: mocha, the `vscode` API and the extension under development.
import { join } from 'node:path';
import { format } from 'node:util';
import { demoSettings } from '../demo/prepare.mjs';
import { root } from '../setup/cache.mjs';
import { copyWorkspace, startBrowser, startServer, workbenchUrl } from '../host.mjs';
import { bundleSuite } from './hostSuite.mjs';

/**
 * @param {{ host: import('../setup/vscodeHost.mjs').Host, chromium: string, env: Record<string, string>, endpoint: string, folder: string }} context
 * `env` reaches the extension host; `folder` is scratch space
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function hostApiTests({ host, chromium, env, endpoint, folder }) {
  const suite = await bundleSuite(folder);
  const workspace = copyWorkspace(join(root, 'test', 'fixtures', 'workspace'), join(folder, 'api-workspace'));
  const server = await startServer(host, {
    development: true,
    settings: demoSettings,
    env: { ...env, ...suite.env, LAKE_TEST_ENDPOINT: endpoint },
  });
  try {
    const log = await runSuite(server, { chromium, workspace, tests: suite.entry });
    return suite.tally(log);
  } finally {
    await server.stop();
    suite.remove();
  }
}

/** Opens the workbench with the suite in its address and waits for it to report its end; returns the window's log. */
async function runSuite(server, { chromium, workspace, tests }) {
  const lines = [];
  const browser = await startBrowser(chromium);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const over = deferred();
    await page.exposeFunction('codeAutomationLog', (kind, args) => lines.push(`${kind} ${format(...args)}`));
    await page.exposeFunction('codeAutomationExit', over.resolve);
    page.on('crash', () => over.reject(new Error('the browser page crashed')));
    void server.exited.then((code) => over.reject(new Error(`VS Code's server ended with code ${code}`)));
    const timer = setTimeout(() => over.reject(new Error('the suite did not end within 400 s')), 400_000);
    await page.goto(workbenchUrl(server.origin, { folder: workspace, extension: root, tests }));
    await over.promise.catch((error) => lines.push(String(error))).finally(() => clearTimeout(timer));
  } finally {
    await browser.close();
  }
  return lines.join('\n');
}

function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => {
    Object.assign(parts, { resolve, reject });
  });
  return parts;
}
