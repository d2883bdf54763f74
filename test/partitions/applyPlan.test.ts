import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { Table } from '../../src/catalog/catalog';
import { applyPlan, applyUndo } from '../../src/partitions/applyPlan';
import {
  isUnfinished,
  type Journal,
  type JournalEntry,
  readJournal,
  undoPlan,
} from '../../src/partitions/journal';
import { openJournal, readJournalFile } from '../../src/partitions/journalFile';
import { isEmpty } from '../../src/partitions/plan';
import { planRepair } from '../../src/partitions/planRepair';
import { settleIntents } from '../../src/partitions/resume';
import { memoryConnection, type MemoryLake, memoryLake } from '../support/memoryLake';

const never = new AbortController().signal;
const table = { database: 'bank', name: 'payments' };
const payments: Table = {
  ...table,
  columns: [],
  partitionKeys: [{ name: 'n', type: 'int' }],
  location: 's3://lake/payments/',
};
const everything = { create: true, remove: true, update: true };

/** 1,000 prefixes, of which the catalog knows every fifth; 60 stale partitions and 30 that point elsewhere. */
function brokenLake(): MemoryLake {
  const keys: string[] = [];
  const partitions = [];
  for (let n = 0; n < 1000; n += 1) {
    keys.push(`payments/n=${n}/part-0.parquet`);
    if (n % 5 !== 0) continue;
    const moved = n < 150;
    partitions.push({
      values: [String(n)],
      location: moved ? `s3://lake/elsewhere/${n}/` : `s3://lake/payments/n=${n}/`,
    });
  }
  for (let n = 2000; n < 2060; n += 1)
    partitions.push({ values: [String(n)], location: `s3://lake/payments/n=${n}/` });
  return memoryLake({ table: payments, keys, partitions });
}

/** The set the catalog must hold in the end, computed from the file names alone. */
const wanted = new Map(
  Array.from({ length: 1000 }, (_, n) => [JSON.stringify([String(n)]), `s3://lake/payments/n=${n}/`]),
);

function assertMended(lake: MemoryLake): void {
  const found = new Map([...lake.registered].map(([key, one]) => [key, one.location]));
  assert.deepEqual([...found].toSorted(), [...wanted].toSorted());
}

function memoryJournal(): Journal & { readonly entries: JournalEntry[] } {
  const entries: JournalEntry[] = [];
  return { name: 'memory', entries, append: async (entry) => void entries.push(entry) };
}

async function repair(lake: MemoryLake, journal: Journal, signal = never) {
  const plan = await planRepair(lake, { connection: memoryConnection, table }, signal);
  return applyPlan(
    lake.partitions,
    { plan, choice: everything, options: { connection: memoryConnection, journal, random: () => 0 } },
    signal,
  );
}

test('a repair makes the catalog equal to the files, and a second plan is empty', async () => {
  const lake = brokenLake();
  const result = await repair(lake, memoryJournal());
  assert.deepEqual([result.created, result.removed, result.updated, result.failed.length], [800, 60, 30, 0]);
  assertMended(lake);
  assert.ok(isEmpty(await planRepair(lake, { connection: memoryConnection, table }, never)));
  assert.equal(lake.calls.write, 8 + 3 + 1);
});

test('throttling on half of the calls loses nothing and doubles nothing', async () => {
  const lake = brokenLake();
  let call = 0;
  const throttle = () => {
    call += 1;
    if (call % 2 === 1) throw new Problem('Glue asked to slow down.', 'throttled');
  };
  lake.beforeWrite = throttle;
  const result = await repair(lake, memoryJournal());
  assert.deepEqual([result.created, result.removed, result.updated, result.failed.length], [800, 60, 30, 0]);
  assertMended(lake);
});

test('a single partition that is refused is named, and all others are done', async () => {
  const lake = brokenLake();
  const { create } = lake.partitions;
  const refused = new Problem('Glue refused n=7.', 'invalid');
  const store = {
    ...lake.partitions,
    create: async (...[connection, { items, ...rest }, signal]: Parameters<typeof create>) => {
      const good = items.filter((item) => item.kind !== 'new' || item.values[0] !== '7');
      const outcomes = await create(connection, { ...rest, items: good }, signal);
      return good.length === items.length
        ? outcomes
        : [...outcomes, { kind: 'failed' as const, values: ['7'], problem: refused }];
    },
  };
  const plan = await planRepair(lake, { connection: memoryConnection, table }, never);
  const options = { connection: memoryConnection, journal: memoryJournal(), random: () => 0 };
  const result = await applyPlan(store, { plan, choice: everything, options }, never);
  assert.equal(result.created, 799);
  assert.deepEqual(result.failed, [{ values: ['7'], problem: refused }]);
});

// A kill may come before a call, after it was carried out but before its answer was written, or between batches.
for (const moment of ['before', 'after'] as const) {
  for (const killAt of [1, 3, 6, 9]) {
    test(`a kill ${moment} write ${killAt} loses nothing: resumed, then undone, all is as it was`, async () => {
      const lake = brokenLake();
      const original = new Map([...lake.registered].map(([key, one]) => [key, one.location]));
      const folder = await mkdtemp(join(tmpdir(), 'journal-'));
      const path = join(folder, 'repair.jsonl');
      try {
        let writes = 0;
        let dead = false;
        const kill = () => {
          if (dead) throw new Error('killed');
          writes += 1;
          if (writes === killAt) {
            dead = true;
            throw new Error('killed');
          }
        };
        if (moment === 'before') lake.beforeWrite = kill;
        else {
          lake.beforeWrite = () => {
            if (dead) throw new Error('killed');
          };
          lake.afterWrite = kill;
        }
        const first = await openJournal(path);
        await assert.rejects(repair(lake, first), { message: 'killed' });
        await first.close();

        lake.beforeWrite = () => undefined;
        lake.afterWrite = () => undefined;
        const entries = await readJournalFile(path);
        assert.ok(isUnfinished(entries));
        const journal = await openJournal(path);
        await settleIntents(
          lake.partitions,
          { connection: memoryConnection, table, entries, journal },
          never,
        );
        const result = await repair(lake, journal);
        assert.equal(result.failed.length, 0);
        await journal.close();
        assertMended(lake);
        const whole = await readJournalFile(path);
        assert.ok(!isUnfinished(whole));

        const undo = undoPlan(whole, path);
        assert.deepEqual([undo.remove.length, undo.create.length, undo.update.length], [800, 60, 30]);
        const options = { connection: memoryConnection, journal: memoryJournal(), random: () => 0 };
        await applyUndo(lake.partitions, { undo, options }, never);
        const now = new Map([...lake.registered].map(([key, one]) => [key, one.location]));
        assert.deepEqual([...now].toSorted(), [...original].toSorted());
        assert.ok(
          [...lake.registered.values()].every((one) => JSON.stringify(one.record) === '{"original":true}'),
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  }
}

test('cancelling stops between batches, and what was done stands in the journal', async () => {
  const lake = brokenLake();
  const abort = new AbortController();
  lake.afterWrite = () => abort.abort();
  const journal = memoryJournal();
  await assert.rejects(repair(lake, journal, abort.signal), { name: 'AbortError' });
  const done = journal.entries.flatMap((entry) => (entry.kind === 'done' ? entry.values : []));
  assert.ok(done.length > 0 && done.length < 800);
  assert.ok(isUnfinished(journal.entries));
});

test('undo leaves alone what others registered before the repair came to it', async () => {
  const lake = brokenLake();
  const plan = await planRepair(lake, { connection: memoryConnection, table }, never);
  const other = { values: ['1'], location: 's3://lake/payments/n=1/', record: { other: true } };
  lake.registered.set(JSON.stringify(other.values), other);
  const journal = memoryJournal();
  const options = { connection: memoryConnection, journal, random: () => 0 };
  const result = await applyPlan(lake.partitions, { plan, choice: everything, options }, never);
  assert.deepEqual([result.created, result.already], [799, 1]);
  await applyUndo(lake.partitions, { undo: undoPlan(journal.entries, 'memory'), options }, never);
  assert.equal(lake.registered.get(JSON.stringify(['1'])), other);
});

test('a read-only connection is refused before anything is written', async () => {
  const lake = brokenLake();
  const plan = await planRepair(lake, { connection: memoryConnection, table }, never);
  const journal = memoryJournal();
  const options = { connection: { ...memoryConnection, readOnly: true }, journal };
  await assert.rejects(applyPlan(lake.partitions, { plan, choice: everything, options }, never), {
    message: 'The connection memory is read only: bank.payments was not changed.',
  });
  assert.equal(lake.calls.write, 0);
  assert.equal(journal.entries.length, 0);
});

test('a journal cut off in its last line is read up to there, and a newer one is refused', async () => {
  const start = JSON.stringify({ kind: 'start', version: 1, table, connection: 'c' });
  assert.equal(readJournal(`${start}\n{"kind":"do`, 'j').length, 1);
  assert.throws(
    () => readJournal(`${start}\n{"kind":"do\n${start}\n${start}\n`, 'j'),
    /line 2 cannot be read/,
  );
  assert.throws(() => readJournal(start.replace('"version":1', '"version":2'), 'j'), /newer Lake Workbench/);
  assert.throws(() => readJournal('hello', 'j'), /is no journal of a repair/);
  await assert.rejects(readJournalFile('/nowhere/j.jsonl'), /cannot be read/);
});
