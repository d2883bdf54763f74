// `npm run bench`: the figures that the README names, measured here and now; most as ratios, since machines differ.
// `npm run bench -- lint results` runs only these (lint, results, repair, runs, package, zones, trees, peers, activation, demo).
import { ensureDependencies } from './setup/dependencies.mjs';
import { activationBench } from './bench/activation.mjs';
import { coldBench } from './bench/cold.mjs';
import { ownActivationBench } from './bench/ownActivation.mjs';
import { demoBench } from './bench/demo.mjs';
import { buildProduct, megabytes, packExtension } from './package.mjs';
import { importBundled } from './stages/bundle.mjs';

const benches = {
  lint: async () => [...(await coldBench()), ...(await importBundled('test/bench/lint.ts')).lintBench()],
  results: async () => (await importBundled('test/bench/results.ts')).resultsBench(),
  repair: async () => (await importBundled('test/bench/repair.ts')).repairBench(),
  runs: async () => (await importBundled('test/bench/runs.ts')).runsBench(),
  package: async () => {
    await buildProduct();
    const { bytes } = await packExtension();
    return [`packed extension: ${megabytes(bytes)} MB (to stay under 3.00 MB)`];
  },
  zones: async () => (await importBundled('test/bench/zones.ts')).zonesBench(),
  trees: async () => (await importBundled('test/bench/trees.ts')).treesBench(),
  peers: async () => (await import('./peers.mjs')).peersBench(),
  activation: async () => {
    await buildProduct();
    return [...(await ownActivationBench()), ...(await activationBench())];
  },
  demo: demoBench,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}: choose from ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
await ensureDependencies();
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    for (const line of await bench()) console.log(`${name}: ${line}`);
  } catch (error) {
    process.exitCode = 1;
    console.error(`${name}: failed. ${error instanceof Error ? error.message : String(error)}`);
  }
}
