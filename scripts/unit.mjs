// Runs the tests that need no editor: `node scripts/unit.mjs [--quick|--slow] [folder-or-file-part…]`.
// --quick leaves out those that start a local lake, fuzz or ask an oracle; --slow runs only those.
// One bundle of all chosen tests: a process per file costs more than the tests do.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { shared } from '../esbuild.mjs';

const slow =
  /^(contract|faults|locallake|aws)\/|^sql\/(fuzz|oracle|hostile)\.|^corpus\/(mutants|badInput)\.|^cli\/(local|process|query|repair|run|snapshot|zones)\./;
const flags = new Set(process.argv.slice(2).filter((argument) => argument.startsWith('--')));
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const files = readdirSync('test', { recursive: true })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.test.ts') && !name.startsWith('host/'))
  .filter((name) => !flags.has('--quick') || !slow.test(name))
  .filter((name) => !flags.has('--slow') || slow.test(name))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .toSorted();
if (files.length === 0) {
  console.error(`No test file matches ${wanted.join(' ')}.`);
  process.exit(2);
}
// A folder of its own, so that two runs side by side do not overwrite each other's bundle.
const out = join('dist', 'test', String(process.pid));
mkdirSync(out, { recursive: true });
try {
  await build({
    ...shared,
    stdin: {
      contents: files.map((name) => `import ${JSON.stringify(`./${name}`)};`).join('\n'),
      resolveDir: 'test',
      loader: 'ts',
    },
    outfile: join(out, 'all.test.mjs'),
    outExtension: {},
  });
  const run = spawnSync(
    process.execPath,
    [
      '--enable-source-maps',
      '--test',
      `--test-reporter=${process.env.LAKE_TEST_REPORTER ?? 'dot'}`,
      join(out, 'all.test.mjs'),
    ],
    { stdio: 'inherit' },
  );
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
