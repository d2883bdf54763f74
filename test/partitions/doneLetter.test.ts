import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { ApplyResult } from '../../src/partitions/applyPlan';
import { doneLetter } from '../../src/partitions/doneLetter';

const table = { database: 'bank', name: 'payments' };
const keys = [
  { name: 'year', type: 'int' },
  { name: 'month', type: 'int' },
];
const nothing: ApplyResult = { created: 0, removed: 0, updated: 0, already: 0, failed: [] };

test('what was done is told with counts, failures by name and the journal', () => {
  const result: ApplyResult = {
    created: 1200,
    removed: 1,
    updated: 0,
    already: 2,
    failed: [{ values: ['2024', '01'], problem: new Problem('Glue denied it.', 'denied') }],
    journal: '/state/bank.payments.jsonl',
  };
  assert.equal(
    doneLetter(result, { table, keys, kind: 'repaired' }),
    `# Repaired bank.payments

- 1,200 partitions added
- 1 partition removed
- 2 were so already

## Failed: 1

Everything else was done. Plan again to try these once more.

- year=2024/month=01: Glue denied it.

Written down, for undo and for the records, in

    /state/bank.payments.jsonl
`,
  );
});

test('a repair with nothing to do and an undo say so', () => {
  assert.equal(
    doneLetter(nothing, { table, keys, kind: 'repaired' }),
    '# Repaired bank.payments\n\nNothing had to be changed.\n',
  );
  assert.equal(
    doneLetter({ ...nothing, removed: 2 }, { table, keys, kind: 'undone' }),
    '# Took back the repair of bank.payments\n\n- 2 partitions removed\n',
  );
});

test('of many failures the first fifty are named and the rest is counted', () => {
  const problem = new Problem('No.', 'other');
  const failed = Array.from({ length: 53 }, (_, index) => ({ values: ['2024', String(index)], problem }));
  const letter = doneLetter({ ...nothing, failed }, { table, keys, kind: 'repaired' });
  assert.equal(letter.match(/^- year=/gm)?.length, 50);
  assert.match(letter, /^- … and 3 more$/m);
});
