// Reads and lints random SQL: `npm run fuzz`, or `node scripts/fuzz.mjs [count] [seed]` (a million, and a seed of today).
// A failure prints the seed that makes its input alone: `node scripts/fuzz.mjs 1 SEED`.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { shared } from '../esbuild.mjs';

const count = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Math.floor(Date.now() / 1000));
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed) || seed < 0) {
  console.error('Usage: node scripts/fuzz.mjs [count] [seed], both whole numbers.');
  process.exit(2);
}
const step = 20_000;
/** Milliseconds: other programs on the machine do not count. */
const computed = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const out = join('dist', 'fuzz', String(process.pid));
mkdirSync(out, { recursive: true });
try {
  const outfile = join(out, 'sql.mjs');
  await build({ ...shared, entryPoints: ['test/fuzz/sql.ts'], outfile, outExtension: {} });
  const { fuzzSql } = await import(pathToFileURL(outfile).href);
  let failed = 0;
  for (let done = 0; done < count && failed === 0; done += step) {
    const inputs = Math.min(step, count - done);
    const { failures } = fuzzSql({ inputs, seed: seed + done, now: computed });
    for (const failure of failures) {
      console.error(
        `seed ${failure.seed}, ${failure.dialect}: ${failure.problem}\n  ${JSON.stringify(failure.text)}`,
      );
    }
    failed += failures.length;
    console.log(
      `${(done + inputs).toLocaleString('en')} of ${count.toLocaleString('en')} inputs, ${failed} failed`,
    );
  }
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
