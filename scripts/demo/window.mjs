// A headless window on the demo, for the check and the pictures.
import { startBrowser } from '../host.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { startDemoServer } from './serve.mjs';

/**
 * Opens the demo in a headless browser and runs `work` in it.
 * @template T
 * @param {import('./prepare.mjs').Demo} demo
 * @param {{ pictures: string, settings?: object }} options
 * @param {(session: object) => Promise<T>} work gets what the UI tests get
 * @returns {Promise<T>}
 */
export async function withWindow(demo, { pictures, settings }, work) {
  const chromium = await ensureChromium();
  const { address, stop } = await startDemoServer(demo, { settings });
  const browser = await startBrowser(chromium);
  try {
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(address);
    return await work({ page, endpoint: demo.endpoint, workspace: demo.workspace, pictures });
  } finally {
    await browser.close();
    await stop();
  }
}
