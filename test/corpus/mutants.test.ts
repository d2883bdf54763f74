import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caught, mutantRuns } from './mutantRun';

/** Least share of rejected mutants that SQL001 finds; that of utilities is what is reached today, the aim is 0.96 as well. */
const least = { queries: 0.96, utilities: 0.96 } as const;

test('of mutants of the frozen corpus that an oracle rejects, SQL001 finds at least the share it promises', async () => {
  for (const run of await mutantRuns(300, 7)) {
    const { oracle, part, rejected, missed } = run;
    assert.ok(rejected > 150, `${oracle} rejected only ${rejected} mutants of ${part}`);
    const list = missed.map(({ id, mutation, text }) => `${id} ${mutation}: ${text}`).join('\n');
    assert.ok(
      caught(run) >= least[part],
      `${oracle}, ${part}: ${(caught(run) * 100).toFixed(1)} % of ${rejected}; missed:\n${list}`,
    );
  }
});
