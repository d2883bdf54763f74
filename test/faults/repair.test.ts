import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isCancel } from '../../src/base/problem';
import { applyUndo } from '../../src/partitions/applyPlan';
import { undoPlan } from '../../src/partitions/journal';
import { readJournalFile } from '../../src/partitions/journalFile';
import { applyWithJournal } from '../../src/partitions/journalFolder';
import { isEmpty, type RepairPlan } from '../../src/partitions/plan';
import { planRepair } from '../../src/partitions/planRepair';
import type { AwsPorts } from '../../src/ports/awsPorts';
import { type FaultCase, faultCases, idleMs, lateMs } from './faultList';
import { assertSentence, database, endingOf, never, openWorld, type World } from './world';

const bucket = 'repair-faults';
const everything = { create: true, remove: true, update: true };

/** 130 prefixes. The catalog has ten of them, five more at another place, and six partitions without files. */
const original = new Map([
  ...range(0, 10).map((n) => [String(n), `s3://${bucket}/payments/n=${n}/`] as const),
  ...range(10, 15).map((n) => [String(n), `s3://${bucket}/elsewhere/${n}/`] as const),
  ...range(200, 206).map((n) => [String(n), `s3://${bucket}/payments/n=${n}/`] as const),
]);
const wanted = new Map(range(0, 130).map((n) => [String(n), `s3://${bucket}/payments/n=${n}/`] as const));

const writes = ['BatchCreatePartition', 'BatchDeletePartition', 'BatchUpdatePartition', 'BatchGetPartition'];

describe('a repair, with everything that AWS may do to it', () => {
  let world: World;
  let folder: string;
  /** For what no fault meets. */
  let calmPorts: AwsPorts;
  const wrong = new Map<FaultCase, string[]>(faultCases.map((fault) => [fault, []]));

  // All cells at once, in phases: the rules of each hit its own table or bucket alone.
  before(async () => {
    world = await openWorld();
    calmPorts = world.ports();
    folder = mkdtempSync(join(tmpdir(), 'journals-'));
    await fill(bucket, [...wanted.keys()]);
    await planCells();
    await repairCells();
  });
  after(async () => {
    await world.lake.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const fault of faultCases) {
    test(`${fault.title}: a plan or one sentence; repairing again ends it, nothing doubled or lost; undo takes all back`, () => {
      assert.deepEqual(wrong.get(fault), []);
    });
  }

  /** A plan is whole or a Problem, and changes nothing. */
  async function planCells(): Promise<void> {
    const cells = await Promise.all(
      faultCases.flatMap((fault, row) =>
        (['glue:GetTable', 'glue:GetPartitions', 's3:ListObjectsV2'] as const).map(async (action) => {
          const own = `plan-faults-${row}`;
          const onStore = action === 's3:ListObjectsV2';
          if (onStore) await fill(own, ['0', '10', '99']);
          const table = await brokenTable(
            `plan_${row}_${action.slice(5).toLowerCase()}`,
            onStore ? own : bucket,
          );
          return { fault, action, table, where: onStore ? { bucket: own } : { table } };
        }),
      ),
    );
    await world.lake.faults(
      ...cells.map(({ fault, action, where }) => ({ action, ...where, ...fault.wish })),
    );
    const endings = await Promise.all(
      cells.map(({ fault, table }) => endingOf(plan(portsFor(fault), table))),
    );
    await calm();
    await Promise.all(
      cells.map(async ({ fault, action, table }, at) => {
        await noting(fault, `planning, ${action}`, async () => {
          const ending = endings[at];
          if (fault.passes === 'second attempt') assert.equal(ending?.kind, 'answer');
          else {
            assert.ok(ending?.kind === 'problem', 'half a plan');
            assert.equal(ending.problem.kind, fault.kind);
            assertSentence(ending.problem, [action.replace('ListObjectsV2', 'ListBucket')]);
          }
          const { create, remove, update } = await plan(calmPorts, table);
          const counts = [create.length, remove.length, update.length];
          // The bucket of its own has three prefixes: one is new, two are elsewhere, and 4 others have no files anywhere.
          assert.deepEqual(counts, action === 's3:ListObjectsV2' ? [1, 10, 2] : [115, 6, 5]);
        });
      }),
    );
  }

  /** Each write fails while applying, then while undoing; both are done again without the fault. */
  async function repairCells(): Promise<void> {
    const cells = await Promise.all(
      faultCases.flatMap((fault, row) =>
        writes.map(async (action) => {
          const table = await brokenTable(`repair_${row}_${action.slice(5, 8).toLowerCase()}`, bucket);
          return { fault, action, table };
        }),
      ),
    );
    const arm = async (): Promise<void> =>
      world.lake.faults(
        ...cells.map(({ fault, action, table }) => ({ action: `glue:${action}`, table, ...fault.wish })),
      );
    const phase = async (
      what: string,
      work: (cell: (typeof cells)[number]) => Promise<void>,
    ): Promise<void> => {
      await Promise.all(cells.map((cell) => noting(cell.fault, `${what}, ${cell.action}`, () => work(cell))));
    };
    await arm();
    await phase('applying', async ({ fault, table }) => {
      await repair(portsFor(fault), table, signalFor(fault));
    });
    await calm();
    await phase('repairing again', async ({ table }) => {
      const now = await registered(table);
      for (const [value, place] of now) {
        assert.ok(original.get(value) === place || wanted.get(value) === place, `${value} at ${place}`);
      }
      for (const value of original.keys())
        assert.ok(now.has(value) || !wanted.has(value), `${value} is lost`);
      assert.deepEqual(await repair(calmPorts, table, never), []);
      assert.deepEqual(await registered(table), wanted);
      assert.ok(isEmpty(await plan(calmPorts, table)));
    });
    await arm();
    await phase('undoing', async ({ fault, table }) => {
      await undo(portsFor(fault), table, signalFor(fault));
    });
    await calm();
    await phase('undoing again', async ({ table }) => {
      assert.deepEqual(await undo(calmPorts, table, never), []);
      assert.deepEqual(await registered(table), original);
    });
  }

  async function noting(fault: FaultCase, what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      wrong.get(fault)?.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  const portsFor = (fault: FaultCase): AwsPorts =>
    world.ports(fault.wish.kind === 'latency' ? { idleMs } : {});
  /** Throttling that never ends is waited out for minutes: here the user gives up before. */
  const signalFor = (fault: FaultCase): AbortSignal => {
    if (fault.title !== 'throttled always') return never;
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 1500);
    return cancel.signal;
  };
  const calm = async (): Promise<void> => {
    await world.lake.faults();
    await new Promise((next) => setTimeout(next, lateMs));
  };
  async function fill(name: string, values: readonly string[]): Promise<void> {
    await fetch(`${world.lake.endpoint}/${name}`, { method: 'PUT' });
    for (const n of values) {
      const path = `${name}/payments/n=${n}/part-0.parquet`;
      await fetch(`${world.lake.endpoint}/${path}`, { method: 'PUT', body: 'x' });
    }
  }

  const plan = (ports: AwsPorts, table: string): Promise<RepairPlan> =>
    planRepair(
      ports,
      { connection: world.connection, table: { database, name: table }, patience: { attempts: 1 } },
      never,
    );

  /** Plans untroubled, applies with these ports, and says what failed; the sentence of a Problem is looked at. */
  async function repair(ports: AwsPorts, table: string, signal: AbortSignal): Promise<readonly string[]> {
    const request = {
      plan: await plan(calmPorts, table),
      choice: everything,
      folder,
      now: new Date(0),
      options: { connection: world.connection, random: () => 0 },
    };
    return failures(applyWithJournal(ports, request, signal), table, signal);
  }

  async function undo(ports: AwsPorts, table: string, signal: AbortSignal): Promise<readonly string[]> {
    const [name] = readdirSync(folder).filter((one) => one.startsWith(`${database}.${table}-`));
    assert.ok(name, 'a journal is there');
    const path = join(folder, name);
    const request = {
      undo: undoPlan(await readJournalFile(path), path),
      options: {
        connection: world.connection,
        random: () => 0,
        journal: { name: 'undo', append: async () => undefined },
      },
    };
    return failures(applyUndo(ports.partitions, request, signal), table, signal);
  }

  async function failures(
    work: ReturnType<typeof applyUndo>,
    table: string,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const ending = await endingOf(
      work.catch((error: unknown) => {
        if (!isCancel(error) || !signal.aborted) throw error;
        return { failed: [{ problem: { message: 'cancelled' } }] };
      }),
    );
    if (ending.kind === 'problem') {
      assert.match(ending.problem.message, /^Glue .*glue:Batch\w+Partition on centralbank_data\.\w+.*\.$/);
      assert.ok(ending.problem.message.includes(table));
      return [ending.problem.message];
    }
    const { failed } = ending.answer as Awaited<typeof work>;
    return failed.map(({ problem }) => problem.message);
  }

  async function brokenTable(name: string, at: string): Promise<string> {
    const StorageDescriptor = {
      Columns: [{ Name: 'id', Type: 'bigint' }],
      Location: `s3://${at}/payments/`,
    };
    await world.ask('AWSGlue.CreateTable', {
      DatabaseName: database,
      TableInput: { Name: name, PartitionKeys: [{ Name: 'n', Type: 'int' }], StorageDescriptor },
    });
    await world.ask('AWSGlue.BatchCreatePartition', {
      DatabaseName: database,
      TableName: name,
      PartitionInputList: [...original].map(([value, Location]) => ({
        Values: [value],
        StorageDescriptor: { ...StorageDescriptor, Location },
        Parameters: { note: `of ${value}` },
      })),
    });
    return name;
  }

  /** The partitions as the lake has them, each once, with its place. */
  async function registered(table: string): Promise<ReadonlyMap<string, string>> {
    const { Partitions } = (await world.ask('AWSGlue.GetPartitions', {
      DatabaseName: database,
      TableName: table,
      MaxResults: 1000,
    })) as { Partitions: readonly { Values: [string]; StorageDescriptor: { Location: string } }[] };
    const places = Partitions.map((one) => [one.Values[0], one.StorageDescriptor.Location] as const);
    assert.equal(
      new Set(places.map(([value]) => value)).size,
      places.length,
      'a partition stands there twice',
    );
    return new Map(places.toSorted(([a], [b]) => Number(a) - Number(b)));
  }
});

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
