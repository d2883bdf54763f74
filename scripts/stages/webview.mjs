// The results grid in a browser, without an editor around it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/cache.mjs';
import { startBrowser } from '../host.mjs';
import { importBundled } from './bundle.mjs';
import { runTests } from './tally.mjs';

/**
 * @param {{ chromium: string }} context
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function webviewTests({ chromium }) {
  const { browserTests } = await importBundled('test/webview/browserTests.ts');
  const pictures = join(root, 'dist', 'pictures');
  mkdirSync(pictures, { recursive: true });
  const browser = await startBrowser(chromium);
  try {
    return await runTests(
      browserTests.map(({ name, run }) => ({ name, run: () => run(browser, pictures) })),
      { seconds: 60 },
    );
  } finally {
    await browser.close();
  }
}
