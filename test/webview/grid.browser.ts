import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { browserTests } from './browserTests';

// Runs the browser tests by themselves: bundle this file, then `node <bundle> [folder for pictures [part of a name]]`.
const browser = await chromium.launch({
  executablePath: process.env.LAKE_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-dev-shm-usage',
  ],
});
const [, , pictures, only = ''] = process.argv;
if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
let failures = 0;
for (const { name, run } of browserTests.filter((one) => one.name.includes(only))) {
  const start = Date.now();
  try {
    await run(browser, pictures);
    console.log(`ok ${name} (${Date.now() - start} ms)`);
  } catch (error) {
    failures += 1;
    console.log(`FAILED ${name}`, error);
  }
}
await browser.close();
process.exitCode = failures === 0 ? 0 : 1;
