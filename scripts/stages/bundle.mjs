// Bundles TypeScript that a script wants to import: browser tests, the UI suite, the bench.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../setup/cache.mjs';

/**
 * Bundles a module below the project's `dist` (so that it finds the packages) and imports it.
 * @param {string} entry path from the project's root
 * @returns {Promise<Record<string, unknown>>} what the module exports
 */
export async function importBundled(entry) {
  const { build } = await import('esbuild');
  const { shared } = await import('../../esbuild.mjs');
  const folder = join(root, 'dist', 'test', `${entry.replaceAll(/\W+/g, '-')}-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const outfile = join(folder, 'entry.mjs');
  await build({
    ...shared,
    entryPoints: [join(root, entry)],
    outfile,
    outExtension: {},
    sourcemap: 'inline',
  });
  return import(pathToFileURL(outfile).href);
}
