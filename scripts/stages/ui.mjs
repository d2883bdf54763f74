// The UI suite: the packed extension, installed as a user installs it, driven by its buttons and keys.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/cache.mjs';
import { copyWorkspace, installExtension, startBrowser, startServer, workbenchUrl } from '../host.mjs';
import { demoSettings } from '../demo/prepare.mjs';
import { importBundled } from './bundle.mjs';
import { runTests } from './tally.mjs';

/**
 * @param {{ host: import('../setup/vscodeHost.mjs').Host, chromium: string, env: Record<string, string>, endpoint: string, folder: string, vsix: string }} context
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function uiTests({ host, chromium, env, endpoint, folder, vsix }) {
  const { uiTests: tests } = await importBundled('test/host/ui/tests.ts');
  const only = process.env.LAKE_TEST_ONLY; // a part of the names to run, while working on them
  const chosen = only ? tests.filter(({ name }) => name.includes(only)) : tests;
  const pictures = join(root, 'dist', 'pictures');
  mkdirSync(pictures, { recursive: true });
  const extensions = join(folder, 'ui-extensions');
  await installExtension(host, { vsix, extensions });
  const workspace = copyWorkspace(join(root, 'test', 'fixtures', 'workspace'), join(folder, 'ui-workspace'));
  const server = await startServer(host, { env, extensions, settings: demoSettings });
  try {
    const browser = await startBrowser(chromium);
    try {
      const context = await browser.newContext({
        viewport: { width: 1400, height: 900 },
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      await page.goto(workbenchUrl(server.origin, { folder: workspace }));
      const session = { page, endpoint, workspace, pictures };
      return await runTests(
        chosen.map(({ name, run }) => ({ name, run: () => run(session) })),
        {
          seconds: 180,
          onFailure: async (name) => {
            const path = join(pictures, `failed-${name.replaceAll(/\W+/g, '-').slice(0, 60)}.png`);
            await page.screenshot({ path });
            return `picture: ${path}`;
          },
        },
      );
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}
