// What VS Code itself says the extension's activation took: packed, installed, in fresh hosts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installExtension, startBrowser, startServer, workbenchUrl } from '../host.mjs';
import { root } from '../setup/cache.mjs';
import { buildProduct, packExtension } from '../package.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { ensureHost } from '../setup/vscodeHost.mjs';
import { importBundled } from '../stages/bundle.mjs';

const rounds = 5;

/** @returns {Promise<string[]>} one line a figure */
export async function activationBench() {
  const chromium = await ensureChromium();
  const host = await ensureHost();
  const { openLake, runCommand } = await importBundled('test/host/ui/workbench.ts');
  await buildProduct();
  const { vsix } = await packExtension();
  const folder = mkdtempSync(join(tmpdir(), 'lake-bench-'));
  try {
    const extensions = join(folder, 'extensions');
    await installExtension(host, { vsix, extensions });
    const times = [];
    for (let round = 0; round < rounds; round += 1) {
      const server = await startServer(host, { extensions });
      const browser = await startBrowser(chromium);
      try {
        const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
        const workspace = join(root, 'test', 'fixtures', 'workspace');
        await page.goto(workbenchUrl(server.origin, { folder: workspace }));
        await openLake(page);
        await runCommand(page, 'Developer: Show Running Extensions');
        const row = page.locator('.runtime-extensions-editor .monaco-list-row', {
          hasText: 'Lake Workbench',
        });
        const text = await row.locator('.activation-time').innerText();
        times.push(Number(/(\d+)\s*ms/.exec(text)?.[1]));
      } finally {
        await browser.close();
        await server.stop();
      }
    }
    const [low, middle, high] = [0, Math.floor(rounds / 2), rounds - 1].map(
      (at) => times.toSorted((a, b) => a - b)[at],
    );
    return [
      `activation as VS Code tells it, while its window starts: ${middle} ms (${low} to ${high} in ${rounds} fresh windows)`,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
