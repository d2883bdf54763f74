import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

/** Everything that both products are made of. */
const core: readonly string[] = [
  'base',
  'connection',
  'sql',
  'grid',
  'zones',
  'transfer',
  'documents',
  'catalog',
  'scan',
  'query',
  'partitions',
  'pipelines',
  'preview',
  'iceberg',
  'inference',
  'crawlers',
  'storage',
  'ports',
  'lint',
  'language',
  'partitionBrowser',
  'trees',
];
// Who may import whom. A folder may name only folders above it, so there can be no cycle.
const layers: Readonly<Record<string, readonly string[]>> = {
  base: [],
  connection: ['base'],
  sql: ['base'],
  grid: ['base'],
  zones: ['base', 'connection'],
  transfer: ['base', 'connection', 'zones'],
  documents: ['base', 'sql'],
  catalog: ['base', 'connection', 'sql'],
  scan: ['base', 'sql', 'catalog', 'zones'],
  query: ['base', 'connection', 'sql', 'catalog', 'scan', 'zones'],
  lint: ['base', 'sql', 'documents', 'catalog', 'scan'],
  language: ['base', 'sql', 'documents', 'catalog', 'scan', 'lint', 'query'],
  partitions: ['base', 'connection', 'catalog', 'zones'],
  pipelines: ['base', 'connection'],
  preview: ['base', 'zones'],
  iceberg: ['base', 'zones', 'catalog'],
  inference: ['base', 'connection', 'catalog', 'zones', 'preview'],
  crawlers: ['base', 'connection', 'documents', 'catalog', 'zones'],
  storage: ['base', 'connection', 'zones', 'documents', 'catalog'],
  ports: [
    'base',
    'connection',
    'catalog',
    'zones',
    'transfer',
    'query',
    'partitions',
    'pipelines',
    'storage',
    'crawlers',
  ],
  partitionBrowser: [
    'base',
    'connection',
    'grid',
    'catalog',
    'scan',
    'zones',
    'partitions',
    'lint',
    'language',
  ],
  trees: [
    'base',
    'connection',
    'catalog',
    'zones',
    'query',
    'partitions',
    'pipelines',
    'iceberg',
    'crawlers',
  ],
  aws: [
    'base',
    'connection',
    'catalog',
    'zones',
    'transfer',
    'query',
    'partitions',
    'pipelines',
    'ports',
    'storage',
    'crawlers',
  ],
  locallake: ['base'],
  webview: ['base', 'grid'],
  ui: core,
  cli: core,
};
/** Reached by `await import` only, so that nothing of them is read before it is needed. */
const lazyOnly: Readonly<Record<string, readonly string[]>> = {
  cli: ['aws', 'locallake'],
  'extension.ts': ['aws'],
};
const owners: readonly (readonly [vendor: RegExp, folders: readonly string[]])[] = [
  [/^vscode$/, ['ui', 'extension.ts']],
  [/^@aws-sdk\/|^@smithy\//, ['aws']],
  [/^@duckdb\/|^@polyglot-sql\//, ['locallake']],
];
const entryPoints: Readonly<Record<string, readonly string[]>> = {
  'extension.ts': Object.keys(layers).filter(
    (name) => !['webview', 'cli', 'locallake', 'aws'].includes(name),
  ),
};

test('layers are listed bottom up', () => {
  const order = Object.keys(layers);
  for (const [folder, below] of Object.entries(layers)) {
    for (const other of below) {
      assert.ok(
        order.indexOf(other) < order.indexOf(folder),
        `${folder} lists ${other}, which is not above it`,
      );
    }
  }
});

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

test('every source file imports only what its layer may', () => {
  for (const file of files) {
    const folder = file.split(/[\\/]/)[0] ?? file;
    const text = readFileSync(join('src', file), 'utf8');
    for (const match of text.matchAll(/\b(from|import)\s*(\(?)\s*'([^']+)'/g)) {
      const from = match[3] ?? '';
      const lazy = match[1] === 'import' && match[2] === '(';
      for (const [vendor, folders] of owners) {
        assert.ok(
          !vendor.test(from) || folders.includes(folder),
          `src/${file}: ${from} is not for ${folder}`,
        );
      }
      if (!from.startsWith('.')) continue;
      const target = relative('src', join('src', dirname(file), from)).split(/[\\/]/)[0] ?? '';
      if (target === folder) continue;
      const typeOnly = /import type [^;]*$/.test(text.slice(0, match.index + 4));
      const allowed =
        (layers[folder] ?? entryPoints[folder] ?? []).includes(target) ||
        ((lazy || typeOnly) && (lazyOnly[folder] ?? []).includes(target));
      assert.ok(allowed, `src/${file}: ${folder} may not import ${target}`);
    }
  }
});

test('every folder of src stands in the table', () => {
  for (const folder of new Set(
    files.filter((file) => /[\\/]/.test(file)).map((file) => file.split(/[\\/]/)[0]),
  )) {
    assert.ok(folder !== undefined && folder in layers, `src/${folder} has no row in the layer table`);
  }
});

test('no source file is longer than 400 lines', () => {
  for (const file of files) {
    const lines = readFileSync(join('src', file), 'utf8').split('\n').length;
    assert.ok(lines <= 401, `src/${file} has ${lines} lines`);
  }
});
