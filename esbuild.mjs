import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { build, context } from 'esbuild';

const flags = new Set(process.argv.slice(2));
const banner = {
  // Bundled CommonJS packages ask for require; an ES module has none of its own.
  js: "import { createRequire as lakeCreateRequire } from 'node:module'; const require = lakeCreateRequire(import.meta.url);",
};

/** What every bundle for Node shares; scripts/unit.mjs builds the tests with it. */
export const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  mainFields: ['module', 'main'],
  outExtension: { '.js': '.mjs' },
  external: [
    'vscode',
    '@duckdb/node-api',
    '@polyglot-sql/sdk',
    'libpg-query',
    'dt-sql-parser',
    'playwright-core',
    'aws-local-stepfunctions',
  ],
  sourcemap: true,
  logLevel: 'warning',
  banner,
};

const product = {
  ...shared,
  entryPoints: { extension: 'src/extension.ts', cli: 'src/cli/main.ts', lintWorker: 'src/cli/lintWorker.ts' },
  splitting: true, // each AWS client becomes a file of its own, read when first used
  chunkNames: 'chunks/[name]-[hash]',
  outdir: 'dist',
  minify: flags.has('--minify'),
  sourcemap: !flags.has('--minify'),
};

// The local lake is a program of its own: it is never in the packaged extension.
const lake = {
  ...shared,
  entryPoints: { locallake: 'src/locallake/main.ts' },
  outdir: 'dist/lake',
};

const webview = {
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  entryPoints: { results: 'src/webview/results.ts', partitions: 'src/webview/partitions.ts' },
  outdir: 'dist/webview',
  minify: flags.has('--minify'),
  logLevel: 'warning',
};

/** Builds everything the product and the demo run; what earlier builds left under other names is removed. */
export async function buildAll() {
  const wanted = [product, lake, webview].filter((options) =>
    Object.values(options.entryPoints).every((file) => existsSync(file)),
  );
  if (flags.has('--watch')) {
    for (const options of wanted) await (await context(options)).watch();
    return;
  }
  const built = await Promise.all(wanted.map((options) => build({ ...options, metafile: true })));
  removeOthers(new Set(built.flatMap(({ metafile }) => Object.keys(metafile.outputs).map(normalize))));
}

/** After the build, not before: a window that runs the same build goes on finding its chunks. */
function removeOthers(written) {
  for (const folder of ['dist', ...['chunks', 'webview', 'lake'].map((name) => join('dist', name))]) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isFile() && !written.has(path) && /\.(mjs|js|css|map)$/.test(path)) rmSync(path);
    }
  }
}

if (process.argv[1] === import.meta.filename) await buildAll();
