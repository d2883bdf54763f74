// The tests that need no editor, counted from the test runner's own closing lines.
import { join } from 'node:path';
import { root } from '../setup/cache.mjs';
import { run } from '../setup/process.mjs';

/**
 * The quick and the slow ones side by side: the slow ones mostly wait for a local lake.
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function unitTests() {
  const [quick, slow] = await Promise.all([part('--quick'), part('--slow')]);
  return {
    passed: quick.passed + slow.passed,
    failed: quick.failed + slow.failed,
    detail: [quick.detail, slow.detail].filter(Boolean).join('\n'),
  };
}

async function part(flag) {
  const { code, output } = await run(process.execPath, [join(root, 'scripts', 'unit.mjs'), flag], {
    cwd: root,
    env: { ...process.env, LAKE_TEST_REPORTER: 'spec' },
  });
  const count = (word) => Number(new RegExp(`^ℹ ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const passed = count('pass');
  const failed = count('fail') + count('cancelled');
  if (code === 0 && failed === 0 && passed > 0) return { passed, failed, detail: '' };
  const detail = output.slice(Math.max(0, output.indexOf('✖ failing tests:')));
  return { passed, failed: Math.max(failed, 1), detail };
}
