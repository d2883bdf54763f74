// Packs the extension (`npm run package`) and refuses a package that is too big or carries what is not the product.
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { root } from './setup/cache.mjs';
import { run } from './setup/process.mjs';
import { zipNames } from './setup/zip.mjs';

const limit = 3 * 1024 * 1024; // bytes: it is downloaded by everybody, and unpacked at every update
const allowed =
  /^(extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt|(dist\/(extension\.mjs|cli\.mjs|lintWorker\.mjs|chunks\/[^/]+\.mjs|webview\/.+)|media\/.+|syntaxes\/.+|snippets\/.+))|extension\.vsixmanifest|\[Content_Types\]\.xml)$/i;
const required = [
  'extension/package.json',
  'extension/dist/extension.mjs',
  'extension/dist/webview/results.js',
  'extension/dist/webview/partitions.js',
];

/** Builds everything the package, the local lake and the webview need into `dist`. */
export async function buildProduct() {
  const { code, output } = await run(process.execPath, [join(root, 'esbuild.mjs'), '--minify'], {
    cwd: root,
  });
  if (code !== 0) throw new Error(`The build failed.\n${output.trim()}`);
}

/**
 * Packs what was built.
 * @returns {Promise<{ vsix: string, bytes: number, faults: readonly string[] }>} `faults` tells what is wrong with the
 * package, one sentence each
 */
export async function packExtension() {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const vsix = join(root, 'dist', `${name}-${version}.vsix`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    vsix,
  ];
  const { code, output } = await run(process.execPath, [vsce, ...args], { cwd: root });
  if (code !== 0) throw new Error(`vsce could not pack the extension.\n${output.trim()}`);
  const bytes = statSync(vsix).size;
  return { vsix, bytes, faults: [...contentFaults(zipNames(readFileSync(vsix))), ...sizeFaults(bytes)] };
}

function sizeFaults(bytes) {
  return bytes < limit
    ? []
    : [`The package has ${megabytes(bytes)} MB; the limit is ${megabytes(limit)} MB.`];
}

function contentFaults(names) {
  return [
    ...names
      .filter((name) => !allowed.test(name) || name.endsWith('.map'))
      .map((name) => `${name} does not belong in the package.`),
    ...required.filter((name) => !names.includes(name)).map((name) => `The package lacks ${name}.`),
  ];
}

/** Bytes as megabytes with two digits. */
export function megabytes(bytes) {
  return (bytes / 1024 / 1024).toFixed(2);
}

async function main() {
  await ensureDependencies();
  await buildProduct();
  const { vsix, bytes, faults } = await packExtension();
  for (const fault of faults) console.error(fault);
  console.log(`${vsix} (${megabytes(bytes)} MB)`);
  return faults.length > 0 ? 1 : 0;
}

if (process.argv[1] === import.meta.filename) {
  process.exitCode = await main().catch((error) => {
    console.error(error.message);
    return 1;
  });
}
