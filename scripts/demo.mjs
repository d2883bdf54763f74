// `npm run demo`: VS Code with the extension on a lake of its own, nothing of the user's touched.
// `-- --check` does the main job without a window and reports; `-- --pictures DIR` saves the README's pictures.
import { join } from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { cacheFolder } from './setup/cache.mjs';
import { checkDemo } from './demo/check.mjs';
import { openDesktop, findDesktop } from './demo/desktop.mjs';
import { prepareDemo } from './demo/prepare.mjs';
import { savePictures } from './demo/pictures.mjs';
import { serveDemo } from './demo/serve.mjs';

const [flag, value] = process.argv.slice(2);
const usage = 'Use: npm run demo [-- --check | --pictures DIR | --browser]';

async function main() {
  const known = [undefined, '--check', '--pictures', '--browser'];
  if (!known.includes(flag) || (flag === '--pictures' && value === undefined)) {
    console.error(usage);
    return 2;
  }
  const start = performance.now();
  await ensureDependencies();
  const ready = () => console.log(`Ready after ${((performance.now() - start) / 1000).toFixed(1)} s.`);
  if (flag === '--pictures') return await savePictures(() => prepare({ anew: true }), value);
  const demo = await prepare({ anew: flag === '--check' });
  try {
    if (flag === '--check') return await checkDemo(demo, ready);
    const code = flag === '--browser' ? undefined : findDesktop();
    return code ? await openDesktop(demo, { code, ready }) : await serveDemo(demo, ready);
  } finally {
    await demo.stop();
  }
}

/** Makes a demo that also ends with this process. */
async function prepare(options) {
  const demo = await prepareDemo(join(cacheFolder(), 'demo'), options);
  stopLast = demo.stop;
  return demo;
}

let stopLast = async () => undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => void stopLast().finally(() => process.exit(signal === 'SIGINT' ? 0 : 143)));
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
