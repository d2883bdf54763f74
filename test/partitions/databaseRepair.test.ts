import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { Table } from '../../src/catalog/catalog';
import { databaseLetter } from '../../src/partitions/databaseLetter';
import { outcomeOf, repairableTables } from '../../src/partitions/databaseRepair';
import { planRepair } from '../../src/partitions/planRepair';
import { memoryConnection, memoryLake } from '../support/memoryLake';

const signal = new AbortController().signal;

function tableOf(name: string, more: Partial<Table> = {}): Table {
  const partitionKeys = [{ name: 'n', type: 'int' }];
  return { database: 'bank', name, columns: [], partitionKeys, location: `s3://lake/${name}/`, ...more };
}

/** Plans a table with so many directories, of which the catalog knows so many. */
function planned(name: string, files: number, known: number) {
  const table = tableOf(name);
  const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
  const lake = memoryLake({
    table,
    keys: numbers(files).map((n) => `${name}/n=${n}/a`),
    partitions: numbers(known).map((n) => ({ values: [String(n)], location: `s3://lake/${name}/n=${n}/` })),
  });
  return outcomeOf(table, {
    plan: (one) => planRepair(lake, { connection: memoryConnection, table: one }, signal),
  });
}

test('the tables of a database that have registered partitions are taken, page after page, the others counted', async () => {
  const pages = [
    [tableOf('a'), tableOf('view', { kind: 'view', partitionKeys: [] }), tableOf('ice', { kind: 'iceberg' })],
    [tableOf('b', { kind: 'hive' }), tableOf('projected', { parameters: { 'projection.enabled': 'TRUE' } })],
  ];
  const catalog = {
    tables: (_: unknown, { next = '0' }: { readonly next?: string }) =>
      Promise.resolve({ items: pages[Number(next)] ?? [], ...(next === '0' ? { next: '1' } : {}) }),
  };
  const found = await repairableTables(catalog, { connection: memoryConnection, database: 'bank' }, signal);
  assert.deepEqual(found, {
    tables: [
      { database: 'bank', name: 'a' },
      { database: 'bank', name: 'b' },
    ],
    without: 3,
  });
});

test('a database’s letter names what differs first, then what could not be planned, and how many were not come to', async () => {
  const refused = await outcomeOf(tableOf('secret'), {
    plan: () => Promise.reject(new Problem('Glue denied glue:GetPartitions on bank.secret.', 'denied')),
  });
  const outcomes = [
    await planned('same', 3, 3),
    await planned('late', 5, 2),
    refused,
    await planned('stale', 1, 4),
  ];
  assert.equal(
    databaseLetter({ database: 'bank', outcomes, without: 1, left: 2 }),
    `# Repair bank

3 partitions to add in all; 2 of 3 tables with partitions differ from S3. What is removed or moved is chosen table by table.

It was stopped: 2 tables were not come to.

## late

3 to add, 0 to remove, 0 to move.

## stale

0 to add, 3 to remove, 0 to move.

## Not done: 1

- secret: Glue denied glue:GetPartitions on bank.secret.

1 table of bank has no partitions to repair.
`,
  );
});

test('after it was applied the letter says what was done in each table, what was denied, and its journal', async () => {
  const denied = new Problem('Glue denied glue:BatchCreatePartition on bank.late.', 'denied');
  const failed = [{ values: ['7'], problem: new Problem('Glue did not accept n=7.', 'invalid') }];
  const result = {
    created: 3,
    removed: 0,
    updated: 0,
    already: 1,
    failed,
    denied: [denied],
    journal: '/j/late.jsonl',
  };
  const { table, plan } = await planned('late', 5, 2);
  assert.ok(plan);
  const letter = databaseLetter({
    database: 'bank',
    outcomes: [{ table, plan, result }],
    without: 0,
    left: 0,
  });
  assert.equal(
    letter,
    `# Repair bank

3 partitions were added in 1 table.

## late

3 added, 0 removed, 0 moved, 1 so already, 1 failed.

Glue denied glue:BatchCreatePartition on bank.late.

- 7: Glue did not accept n=7.

    /j/late.jsonl
`,
  );
});

test('a bug is no outcome: it is thrown', async () => {
  await assert.rejects(
    outcomeOf(tableOf('a'), { plan: () => Promise.reject(new TypeError('bug')) }),
    TypeError,
  );
});
