// `npm test`: installs what is missing and proves everything, a real VS Code included.
// `npm test -- unit host` runs only these stages (checks, unit, package, webview, host, ui); `desktop` runs the
// host suite in a desktop VS Code too, and only when it is asked for: not every machine can get one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './setup/cache.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureHost } from './setup/vscodeHost.mjs';
import { lakeProfile, startLake } from './lake.mjs';
import { sourceChecks } from './stages/checks.mjs';
import { desktopTests } from './stages/hostDesktop.mjs';
import { hostApiTests } from './stages/hostApi.mjs';
import { packageStage } from './stages/package.mjs';
import { uiTests } from './stages/ui.mjs';
import { unitTests } from './stages/unit.mjs';
import { webviewTests } from './stages/webview.mjs';

const byDefault = ['checks', 'unit', 'package', 'webview', 'host', 'ui'];
const names = [...byDefault, 'desktop'];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(', ')}: choose from ${names.join(', ')}.`);
  process.exit(2);
}
const chosen = new Set(wanted.length > 0 ? wanted : byDefault);
const inEditor = ['host', 'ui', 'desktop'].some((name) => chosen.has(name));
if (inEditor || chosen.has('webview')) chosen.add('package'); // they run what is built there

process.chdir(root); // tests read the project's files by relative paths
const folder = mkdtempSync(join(tmpdir(), 'lake-test-'));
const endings = [() => rmSync(folder, { recursive: true, force: true })];
const totals = { passed: 0, failed: 0 };
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
process.once('exit', endings[0]);

/** Runs a stage, prints its line, adds its tests; a stage that throws or ran no test has failed. */
async function stage(name, work) {
  const start = performance.now();
  const result = await work().catch((error) => ({
    passed: 0,
    failed: 1,
    detail: String(error.stack ?? error),
  }));
  if (result.passed + result.failed === 0) Object.assign(result, { failed: 1, detail: 'No test ran.' });
  totals.passed += result.passed;
  totals.failed += result.failed;
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
  console.log(`${seconds} s  ${name}: ${result.passed} passed, ${result.failed} failed`);
  if (result.detail) console.log(`${result.detail.replaceAll(/^/gm, '    ')}\n`);
  return result;
}

async function setUp() {
  const start = performance.now();
  await ensureDependencies();
  const inServer = chosen.has('host') || chosen.has('ui');
  const chromium = inServer || chosen.has('webview') ? await ensureChromium() : undefined;
  console.log(`${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  set-up`);
  return { chromium, host: inServer ? hostInBackground() : undefined };
}

/** Mostly a download: the checks of the source run meanwhile. */
function hostInBackground() {
  const host = ensureHost({ fresh: process.env.CI === 'true' });
  host.then(
    ({ remove }) => endings.push(remove),
    () => {}, // told where it is waited for
  );
  return host;
}

/** The stages inside VS Code share one local lake with the demo data. */
async function editorStages({ chromium, host: coming, vsix }) {
  const host = await coming;
  const lake = await startLake(join(folder, 'lake'));
  try {
    const env = lakeProfile(join(folder, 'aws'), lake);
    const context = { host, chromium, env, folder, endpoint: lake.endpoint, vsix };
    if (chosen.has('host')) await stage('VS Code host API', () => hostApiTests(context));
    if (chosen.has('desktop')) await stage('VS Code desktop API', () => desktopTests(context));
    if (chosen.has('ui')) await stage('VS Code UI', () => uiTests(context));
  } finally {
    await lake.stop();
  }
}

try {
  const { chromium, host } = await setUp();
  if (chosen.has('checks')) await stage('types, linter, formatting', sourceChecks);
  const packed = chosen.has('package') ? await stage('build and package', packageStage) : {};
  // The browser mostly waits for frames, and most of the other tests need no browser: side by side they fill two cores.
  await Promise.all([
    chosen.has('unit') ? stage('unit and contract tests', unitTests) : undefined,
    chosen.has('webview') ? stage('grid in a browser', () => webviewTests({ chromium })) : undefined,
  ]);
  if (inEditor) {
    // A package with a fault can still be tried; one that could not be made has no file.
    if (packed.vsix) await editorStages({ chromium, host, vsix: packed.vsix });
    else
      await stage('VS Code', async () => ({
        passed: 0,
        failed: 1,
        detail: 'There is no package to install.',
      }));
  }
} catch (error) {
  totals.failed += 1;
  console.error(error instanceof Error ? error.message : String(error));
}
for (const end of endings.toReversed()) end();
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
