// The tests that need no editor, counted from the test runner's own closing lines.
import { join } from 'node:path';
import { root } from '../setup/cache.mjs';
import { run } from '../setup/process.mjs';

/** @returns {Promise<import('./tally.mjs').Tally>} */
export async function unitTests() {
  const { code, output } = await run(process.execPath, [join(root, 'scripts', 'unit.mjs')], {
    cwd: root,
    env: { ...process.env, LAKE_TEST_REPORTER: 'spec' },
  });
  const count = (word) => Number(new RegExp(`^ℹ ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const passed = count('pass');
  const failed = count('fail') + count('cancelled');
  if (code === 0 && failed === 0 && passed > 0) return { passed, failed };
  const detail = output.slice(Math.max(0, output.indexOf('✖ failing tests:')));
  return { passed, failed: Math.max(failed, 1), detail };
}
