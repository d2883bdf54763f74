// Tries our parser on mutants of the frozen corpus: `node scripts/corpus.mjs [mutants per oracle] [seed]` (5,000 and 7).
// Lists what is missed and writes the figures that docs/trust.md names.
import { readFileSync, writeFileSync } from 'node:fs';
import { importBundled } from './stages/bundle.mjs';
import { root } from './setup/cache.mjs';

const count = Number(process.argv[2] ?? 5000);
const seed = Number(process.argv[3] ?? 7);
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  console.error('Usage: node scripts/corpus.mjs [count] [seed], both whole numbers.');
  process.exit(2);
}
process.chdir(root);
const { mutantRuns, caught } = await importBundled('test/corpus/mutantRun.ts');
const runs = await mutantRuns(count, seed);
for (const run of runs) {
  const { oracle, part, statements, rejected, missed } = run;
  for (const { id, mutation, text } of missed) {
    console.log(`missed: ${mutation}, ${id}: ${text.replaceAll(/\s+/g, ' ')}`);
  }
  console.log(
    `${oracle}, ${part}: ${statements} statements, ${rejected.toLocaleString('en')} of ${count.toLocaleString('en')} mutants rejected, ${(caught(run) * 100).toFixed(2)} % of them found by SQL001`,
  );
}
const file = 'test/corpus/figures.json';
const figures = {
  ...JSON.parse(readFileSync(file, 'utf8')),
  mutants: runs.map(({ oracle, part, statements, rejected, missed }) => ({
    oracle,
    part,
    statements,
    rejected,
    found: rejected - missed.length,
  })),
};
writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
