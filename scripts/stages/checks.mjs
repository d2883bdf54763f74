// The checks that only read the source: types, linter, formatting, unused code. Each counts as one test.
import { join } from 'node:path';
import { root } from '../setup/cache.mjs';
import { run } from '../setup/process.mjs';
import { tally } from './tally.mjs';

const checks = [
  { name: 'types', bin: 'typescript/bin/tsc', args: [] },
  { name: 'types of the webview', bin: 'typescript/bin/tsc', args: ['-p', 'src/webview'] },
  { name: 'linter', bin: 'oxlint/bin/oxlint', args: ['--type-aware', 'src', 'test', 'scripts'] },
  { name: 'formatting', bin: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
  { name: 'unused code', bin: 'knip/bin/knip.js', args: [] },
];

/**
 * Runs the checks, two at a time: a type-check and the linter share no work.
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function sourceChecks() {
  const waiting = [...checks];
  const failures = [];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const program = join(root, 'node_modules', check.bin);
      const { code, output } = await run(process.execPath, [program, ...check.args], { cwd: root });
      if (code !== 0) failures.push(`✗ ${check.name}\n${output.trim()}`);
    }
  };
  await Promise.all([worker(), worker()]);
  return tally(checks.length - failures.length, failures);
}
