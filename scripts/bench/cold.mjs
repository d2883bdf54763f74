// 10,000 lines linted by a process that has done nothing before, in this Node and in the one that VS Code brings.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { shared } from '../../esbuild.mjs';
import { root } from '../setup/cache.mjs';
import { ensureHost } from '../setup/vscodeHost.mjs';

const rounds = 7;

/** @returns {Promise<string[]>} one line a runtime */
export async function coldBench() {
  const outfile = join(root, 'dist', `coldLint-${process.pid}.mjs`);
  await build({
    ...shared,
    entryPoints: [join(root, 'test', 'bench', 'coldLint.ts')],
    outfile,
    minify: true,
    sourcemap: false,
  });
  try {
    const { node } = await ensureHost();
    const lines = [];
    for (const [name, runtime] of [
      ['in the runtime of VS Code', node],
      ['on the command line', process.execPath],
    ]) {
      const version = execFileSync(runtime, ['--version'], { encoding: 'utf8' }).trim();
      const times = Array.from({ length: rounds }, () =>
        Number(execFileSync(runtime, [outfile], { encoding: 'utf8' })),
      ).toSorted((a, b) => a - b);
      const median = times[Math.floor(rounds / 2)];
      lines.push(
        `10,000 lines cold ${name} (Node ${version}): ${median?.toFixed(0)} ms, median of ${rounds} fresh processes, ${times[0]?.toFixed(0)} to ${times.at(-1)?.toFixed(0)} (to stay under 250 ms)`,
      );
    }
    return lines;
  } finally {
    rmSync(outfile, { force: true });
  }
}
