// Runs the tests that need no editor: `node scripts/unit.mjs [--quick|--slow] [folder-or-file-part…]`.
// --quick leaves out those that start a local lake, fuzz or ask an oracle; --slow runs only those.
// A process per file costs more than the tests do, and one for all leaves cores idle while it waits for a lake: so
// files are bundled in groups, three of which run at a time. The bundles share their code, which is built once.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { shared } from '../esbuild.mjs';

// A file belongs to the first group that it fits. They start in this order: the longest first.
const groups = [
  { slow: true, files: /^faults\/[a-r]/ },
  { slow: true, files: /^faults\// },
  { slow: true, files: /^contract\/[a-k]/ },
  { slow: true, files: /^(sql\/(fuzz|oracle|hostile)|corpus\/(mutants|badInput))\./ },
  { slow: true, files: /^contract\// },
  { slow: true, files: /^(locallake|aws)\// },
  { slow: true, files: /^cli\/(local|process|query|repair|run|snapshot|zones)\./ },
  { slow: false, files: /^(corpus|lint|sql|layers)/ },
  { slow: false, files: /./ },
];
const atOnce = 3;

const flags = new Set(process.argv.slice(2).filter((argument) => argument.startsWith('--')));
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const files = readdirSync('test', { recursive: true })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.test.ts') && !name.startsWith('host/'))
  .toSorted();
const chosen = groups
  .map(({ slow, files: pattern }) => ({
    slow,
    files: files.filter((name) => groups.find((group) => group.files.test(name)).files === pattern),
  }))
  .filter(({ slow }) => !(slow ? flags.has('--quick') : flags.has('--slow')))
  .map((group) =>
    group.files.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part))),
  )
  .filter((group) => group.length > 0);
if (chosen.length === 0) {
  console.error(`No test file matches ${wanted.join(' ')}.`);
  process.exit(2);
}
// A folder of its own, so that two runs side by side do not overwrite each other's bundles.
const out = join('dist', 'test', String(process.pid));
mkdirSync(out, { recursive: true });
try {
  const bundles = chosen.map((group, at) => ({ group, name: `${at}.test` }));
  await build({
    ...shared,
    entryPoints: bundles.map(({ name }) => ({ in: `group:${name}`, out: name })),
    splitting: true,
    chunkNames: 'chunks/[hash]',
    outdir: out,
    plugins: [groupPlugin(new Map(bundles.map(({ name, group }) => [name, group])))],
  });
  const run = spawnSync(
    process.execPath,
    [
      '--enable-source-maps',
      '--test',
      `--test-concurrency=${atOnce}`,
      `--test-reporter=${process.env.LAKE_TEST_REPORTER ?? 'dot'}`,
      ...bundles.map(({ name }) => join(out, `${name}.mjs`)),
    ],
    { stdio: 'inherit', env: { ...process.env, LAKE_TEST_FOLDER: join(out, 'shared') } },
  );
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}

/** Makes `group:NAME` a module that imports the files of that group. */
function groupPlugin(filesOf) {
  return {
    name: 'group',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^group:/ }, ({ path }) => ({
        path: path.slice('group:'.length),
        namespace: 'group',
      }));
      onLoad({ filter: /./, namespace: 'group' }, ({ path }) => ({
        contents: filesOf
          .get(path)
          .map((name) => `import ${JSON.stringify(`./${name}`)};`)
          .join('\n'),
        resolveDir: 'test',
        loader: 'ts',
      }));
    },
  };
}
