// The folder of the demo lake: filled once, and copied where a run must find it as it was made.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLake } from '../lake.mjs';
import { root } from '../setup/cache.mjs';

/**
 * A lake that was filled by the sources as they are now: one of an older demo lacks what came since.
 * @param {string} folder of the demo
 * @param {string} lake where the lake is wanted; one that is there already is kept while it is of now
 * @returns {Promise<void>}
 */
export async function copyOfDemoLake(folder, lake) {
  const version = seedVersion();
  if (isOf(lake, version)) return;
  const filled = join(folder, 'lake-as-made');
  if (!isOf(filled, version)) {
    console.log('  making the demo lake (once)');
    rmSync(filled, { recursive: true, force: true });
    const { stop } = await startLake(filled);
    await stop();
    writeFileSync(join(filled, versionFile), version);
  }
  const half = `${lake}.half`;
  for (const path of [half, lake]) rmSync(path, { recursive: true, force: true });
  // The query engine's links name files by their whole paths: it makes new ones.
  const links = join(filled, '.lake', 'links');
  cpSync(filled, half, { recursive: true, filter: (path) => path !== links });
  renameSync(half, lake); // a copy that was cut short never looks like a whole one
}

const versionFile = join('.lake', 'made-by');

function isOf(lake, version) {
  const file = join(lake, versionFile);
  return existsSync(file) && readFileSync(file, 'utf8') === version;
}

/** A hash of the sources that fill a lake. */
function seedVersion() {
  const folder = join(root, 'src', 'locallake', 'seed');
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).toSorted()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}
