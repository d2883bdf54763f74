import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { gluePartitions } from '../../src/aws/gluePartitions';
import { Problem } from '../../src/base/problem';
import type { Table } from '../../src/catalog/catalog';
import { doneLetter } from '../../src/partitions/doneLetter';
import { applyWithJournal, unfinishedJournal } from '../../src/partitions/journalFolder';
import { actionPolicy, repairPolicy } from '../../src/partitions/permissions';
import { isEmpty, type RepairPlan } from '../../src/partitions/plan';
import { planRepair } from '../../src/partitions/planRepair';
import { readUndo } from '../../src/partitions/undoRepair';
import { memoryConnection, type MemoryLake, memoryLake } from '../support/memoryLake';

const signal = new AbortController().signal;
const everything = { create: true, remove: true, update: true };

describe('a repair that meets trouble while it is applied', () => {
  const folder = mkdtempSync(join(tmpdir(), 'journals-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function payments(name: string, more: Partial<Table> = {}): Table {
    const partitionKeys = [{ name: 'n', type: 'int' }];
    return { database: 'bank', name, columns: [], partitionKeys, location: `s3://lake/${name}/`, ...more };
  }

  /** 250 to add, 30 to remove and 5 to move. */
  function brokenLake(table: Table): MemoryLake {
    const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
    const at = (n: number, place = `s3://lake/${table.name}/n=${n}/`) => ({
      values: [String(n)],
      location: place,
    });
    return memoryLake({
      table,
      keys: range(0, 255).map((n) => `${table.name}/n=${n}/part`),
      partitions: [
        ...range(0, 5).map((n) => at(n, `s3://lake/old/${n}/`)),
        ...range(900, 930).map((n) => at(n)),
      ],
    });
  }

  const plan = (lake: MemoryLake, table: Table): Promise<RepairPlan> =>
    planRepair(lake, { connection: memoryConnection, table, lookInto: 'none' }, signal);
  const apply = (ports: Parameters<typeof applyWithJournal>[0], found: RepairPlan, choice = everything) =>
    applyWithJournal(
      ports,
      {
        plan: found,
        choice,
        folder,
        now: new Date(0),
        options: { connection: memoryConnection, random: () => 0 },
      },
      signal,
    );

  test('an action that is denied is named with the policy that allows it, and the rest goes on', async () => {
    const table = payments('denied');
    const lake = brokenLake(table);
    const denied = new Problem('Glue denied glue:BatchDeletePartition on bank.denied.', 'denied', {
      details: { action: 'glue:BatchDeletePartition', target: 'bank.denied' },
    });
    lake.beforeWrite = (action) => {
      if (action === 'remove') throw denied;
    };
    const result = await apply(lake, await plan(lake, table));
    assert.deepEqual([result.created, result.updated, result.removed, result.failed.length], [250, 5, 0, 30]);
    assert.deepEqual(result.denied, [denied]);
    const about = {
      table,
      keys: table.partitionKeys,
      kind: 'repaired',
      connection: memoryConnection,
    } as const;
    const letter = doneLetter(result, about);
    assert.match(
      letter,
      /Glue denied glue:BatchDeletePartition on bank\.denied\. Everything else was done\./,
    );
    assert.match(letter, /"Action": \[\n +"glue:BatchDeletePartition"\n +\]/);
    assert.doesNotMatch(letter, /## Failed/);
    // Allowed later, the next repair does only what is left.
    lake.beforeWrite = () => undefined;
    const rest = await apply(lake, await plan(lake, table));
    assert.deepEqual([rest.created, rest.updated, rest.removed], [0, 0, 30]);
    assert.ok(isEmpty(await plan(lake, table)));
  });

  test('one partition that Glue does not take is found in its batch, and the 249 others are added', async () => {
    const table = payments('invalid');
    const lake = brokenLake(table);
    const { create } = lake.partitions;
    const partitions = {
      ...lake.partitions,
      create: async (...given: Parameters<typeof create>) => {
        const items = given[1].items;
        if (items.some((item) => item.kind === 'new' && item.values[0] === '77'))
          throw new Problem(
            'Glue did not accept glue:BatchCreatePartition: the value is too long.',
            'invalid',
          );
        return await create(...given);
      },
    };
    const result = await apply({ ...lake, partitions }, await plan(lake, table));
    assert.equal(result.created, 249);
    assert.deepEqual(
      result.failed.map(({ values }) => values),
      [['77']],
    );
    const undo = await readUndo(result.journal ?? '', memoryConnection);
    assert.deepEqual([undo.remove.length, undo.create.length, undo.update.length], [249, 30, 5]);
  });

  test('a partition whose files came back after the plan is kept, and so is one that cannot be looked at', async () => {
    const table = payments('kept');
    const lake = brokenLake(table);
    const found = await plan(lake, table);
    lake.objects.push('kept/n=900/part');
    lake.objects.sort();
    lake.beforeList = (prefix) => {
      if (prefix === 'kept/n=901/') throw new Problem('S3 denied it.', 'denied');
    };
    const result = await apply(lake, found);
    assert.deepEqual([result.removed, result.kept, result.failed.length], [28, 1, 1]);
    assert.ok(lake.registered.has('["900"]') && lake.registered.has('["901"]'));
    const about = { table, keys: table.partitionKeys, kind: 'repaired' } as const;
    assert.match(doneLetter(result, about), /- 1 kept: files have come to its place since the plan was made/);
  });

  for (const [what, change] of [
    ['its keys are n string now', { partitionKeys: [{ name: 'n', type: 'string' }] }],
    [
      'its keys are n int, m int now',
      {
        partitionKeys: [
          { name: 'n', type: 'int' },
          { name: 'm', type: 'int' },
        ],
      },
    ],
    ['its location is s3://lake/moved/ now', { location: 's3://lake/moved/' }],
    ['it is projected now', { parameters: { 'projection.enabled': 'true' } }],
  ] as const) {
    test(`a table that was changed after its plan (${what}) is refused, and nothing is written`, async () => {
      const name = `changed_${what.replaceAll(/\W+/g, '_')}`;
      const table = payments(name);
      const lake = brokenLake(table);
      const found = await plan(lake, table);
      const catalog = { table: () => Promise.resolve(payments(name, change)) };
      await assert.rejects(apply({ ...lake, catalog }, found), {
        kind: 'changed',
        message: `bank.${name} was changed since this plan was made (${what}), so nothing was done: plan again.`,
      });
      assert.equal(lake.calls.write, 0);
      assert.ok(!readdirSync(folder).some((file) => file.startsWith(`bank.${name}-`)));
    });
  }

  test('partitions that others add between plan and apply are counted as there, and undo leaves them', async () => {
    const table = payments('meanwhile');
    const lake = brokenLake(table);
    const found = await plan(lake, table);
    const other = { values: ['100'], location: 's3://lake/meanwhile/n=100/', record: {} };
    lake.registered.set('["100"]', other);
    lake.registered.delete('["900"]');
    const result = await apply(lake, found);
    assert.deepEqual([result.created, result.already, result.removed], [249, 2, 29]);
    const undo = await readUndo(result.journal ?? '', memoryConnection);
    assert.ok(!undo.remove.some(([value]) => value === '100'));
  });

  test('a kill in the middle of a line leaves a journal that goes on, and one undo takes back both parts', async () => {
    const table = payments('torn');
    const lake = brokenLake(table);
    let writes = 0;
    lake.afterWrite = () => {
      writes += 1;
      if (writes === 3) throw new DOMException('killed', 'AbortError');
    };
    await assert.rejects(apply(lake, await plan(lake, table)), { name: 'AbortError' });
    lake.afterWrite = () => undefined;
    const left = await unfinishedJournal(folder, memoryConnection, table);
    assert.ok(left);
    appendFileSync(left.path, `{"kind":"intent","change":"create","values":[["${'9'.repeat(70_000)}`);
    assert.ok(await unfinishedJournal(folder, memoryConnection, table));
    const result = await apply(lake, await plan(lake, table));
    assert.equal(result.journal, left.path);
    assert.equal(await unfinishedJournal(folder, memoryConnection, table), undefined);
    const undo = await readUndo(left.path, memoryConnection);
    assert.deepEqual([undo.remove.length, undo.create.length, undo.update.length], [250, 30, 5]);
  });

  test('a table that is dropped half way stops the repair, and what was done stands in the journal', async () => {
    const table = payments('dropped');
    const lake = brokenLake(table);
    let writes = 0;
    lake.beforeWrite = () => {
      writes += 1;
      if (writes > 1) throw new Problem('Glue has no bank.dropped.', 'missing');
    };
    await assert.rejects(
      apply(lake, await plan(lake, table)),
      /What was done before stands in .*\.jsonl; repair again/,
    );
    assert.ok(await unfinishedJournal(folder, memoryConnection, table));
  });

  test('a partition that Glue leaves out of its answers is asked for again, and never taken for one that is gone', async () => {
    const asked: number[] = [];
    const send = (command: {
      readonly input: { readonly PartitionsToGet: readonly { readonly Values: string[] }[] };
    }) => {
      const wanted = command.input.PartitionsToGet;
      asked.push(wanted.length);
      // One at a time, and the last one never.
      const [first] = wanted;
      const done =
        wanted.length === 1 ? [] : [{ Values: first?.Values, StorageDescriptor: { Location: 's3://lake/' } }];
      return Promise.resolve({ Partitions: done, UnprocessedKeys: wanted.slice(done.length), $metadata: {} });
    };
    const clients = { glue: () => Promise.resolve({ send }) } as unknown as Parameters<
      typeof gluePartitions
    >[0];
    const store = gluePartitions(clients, (_, run) => run({ abortSignal: signal }));
    const request = { table: { database: 'bank', name: 'payments' }, values: [['1'], ['2'], ['3']] };
    await assert.rejects(store.describe(memoryConnection, request, signal), {
      kind: 'throttled',
      message:
        'Glue left 1 partition of bank.payments out of its answer to glue:BatchGetPartition: try again in a minute.',
    });
    assert.deepEqual(asked, [3, 2, 1]);
  });
});

test('the policy of a plan has its actions, the table’s three resources and the listing of its prefix alone', () => {
  const plan: RepairPlan = {
    table: { database: 'bank', name: 'payments' },
    keys: [],
    location: 's3://lake/payments/',
    create: [{ values: ['1'], location: 's3://lake/payments/n=1/' }],
    remove: [],
    update: [],
    report: [],
    partitions: { catalog: 0, store: 1 },
    calls: { s3List: 1, s3Probe: 0, glueRead: 2, glueWrite: 1 },
  };
  const policy = JSON.parse(
    repairPolicy(plan, everything, { ...memoryConnection, region: 'cn-north-1' }),
  ) as unknown;
  assert.deepEqual(policy, {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'RepairPartitions',
        Effect: 'Allow',
        Action: ['glue:GetTable', 'glue:GetPartitions', 'glue:BatchCreatePartition'],
        Resource: [
          'arn:aws-cn:glue:cn-north-1:*:catalog',
          'arn:aws-cn:glue:cn-north-1:*:database/bank',
          'arn:aws-cn:glue:cn-north-1:*:table/bank/payments',
        ],
      },
      {
        Sid: 'ListPartitions',
        Effect: 'Allow',
        Action: ['s3:ListBucket'],
        Resource: ['arn:aws-cn:s3:::lake'],
        Condition: { StringLike: { 's3:prefix': ['payments/*'] } },
      },
    ],
  });
  const listing = { action: 's3:ListBucket', target: 's3://other/x/' };
  assert.match(actionPolicy(listing, plan.table, memoryConnection), /"arn:aws:s3:::other"/);
});
