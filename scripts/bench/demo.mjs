// How long `npm run demo` takes until its window can be opened, the second time.
import { join } from 'node:path';
import { root } from '../setup/cache.mjs';
import { startGroup } from '../setup/process.mjs';

/** @returns {Promise<string[]>} one line a figure */
export async function demoBench() {
  await ready(); // the first time makes the lake and installs the host
  return [`demo ready after ${await ready()} s the second time (to stay under 20 s)`];
}

async function ready() {
  const { found, stop } = await startGroup(
    process.execPath,
    [join(root, 'scripts', 'demo.mjs'), '--browser'],
    {
      cwd: root,
      env: process.env,
      name: 'the demo',
      seconds: 180,
      ready: (output) => /Ready after ([\d.]+) s/.exec(output)?.[1],
    },
  );
  await stop();
  return found;
}
