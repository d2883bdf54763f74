// The mocha suite for the extension host: bundled, and its results read back. Both kinds of VS Code run this one.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/cache.mjs';
import { tally } from './tally.mjs';

/**
 * Bundles the suite as CommonJS, which is what the extension host requires.
 * @param {string} folder scratch space for the results
 * @returns {Promise<{ entry: string, env: Record<string, string>, tally: (log: string) => import('./tally.mjs').Tally, remove: () => void }>}
 * `env` tells the suite where its results go; `tally` reads them and shows `log` when there are none
 */
export async function bundleSuite(folder) {
  const { build } = await import('esbuild');
  const source = join(root, 'test', 'host', 'api');
  const files = readdirSync(source).filter((name) => name.endsWith('.test.ts'));
  const imports = files.map((name) => `() => import(${JSON.stringify(`./${name}`)})`).join(', ');
  // Below the project, so that the suite finds mocha in its packages.
  const out = join(root, 'dist', 'test', `api-${process.pid}`);
  mkdirSync(out, { recursive: true });
  await build({
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    stdin: {
      contents: `import { runSuite } from './suite';\nexport const run = () => runSuite([${imports}]);`,
      resolveDir: source,
      loader: 'ts',
    },
    outfile: join(out, 'index.js'),
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  writeFileSync(join(out, 'package.json'), '{ "type": "commonjs" }\n');
  const results = join(folder, `api-results-${Date.now()}.json`);
  const name = process.env.LAKE_TEST_ONLY; // a part of the titles to run, while working on them
  const only = name ? { LAKE_TEST_ONLY: name } : {};
  return {
    entry: join(out, 'index.js'),
    env: { LAKE_TEST_RESULTS: results, ...only },
    tally: (log) => read(results, log),
    remove: () => rmSync(out, { recursive: true, force: true }),
  };
}

function read(results, log) {
  if (!existsSync(results)) return tally(0, [`✗ the suite ended without results\n${log}`]);
  const all = JSON.parse(readFileSync(results, 'utf8'));
  const failures = all.filter(({ error }) => error !== undefined);
  return tally(
    all.length - failures.length,
    failures.map(({ title, error }) => `✗ ${title}\n${error}`),
  );
}
