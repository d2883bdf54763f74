import { openAws } from '../../src/aws/open';
import type { Connection } from '../../src/connection/connection';
import { applyPlan } from '../../src/partitions/applyPlan';
import type { RepairPlan } from '../../src/partitions/plan';
import { planRepair } from '../../src/partitions/planRepair';
import { isolateEnvironment } from '../support/awsServer';
import { startLake, type TestLake } from '../support/localLake';
import { memoryLines, memoryWish } from './repairMemory';

export { repairInChild } from './repairMemory';

const days = 1825;
const hours = 24 * days;
/** Objects in each hour: a million in all. */
const objects = 23;
const levels = [
  { name: 'dt', from: '2020-01-01', count: days },
  { name: 'hour', from: 0, count: 24 },
];
const bucket = 'bench-lake';
const table = { database: 'bench', name: 'hourly' };
const roundTripMs = 40;
const signal = new AbortController().signal;

/**
 * A repair of a table of 43,800 hourly partitions in a lake of a million objects, with 40 ms added to each call: calls
 * against the least possible, and against a sequential walk with one create a partition, done for a twentieth. Then
 * 200,000 partitions, and the memory they take.
 */
export async function repairBench(): Promise<string[]> {
  isolateEnvironment();
  const lake = await startLake({ empty: true });
  try {
    process.env['AWS_ACCESS_KEY_ID'] = lake.credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = lake.credentials.secretAccessKey;
    const { region, endpoint } = lake;
    const connection = { name: 'bench', region, endpoint, readOnly: false, production: false };
    await fill(lake);
    await lake.faults({ kind: 'latency', milliseconds: roundTripMs });
    const ports = openAws({ log: { record: () => undefined }, transport: { proxy: '' } });
    await ports.catalog.table(connection, table, signal); // reads the SDK's code, which is no part of a plan
    await ports.store.list(connection, { bucket, prefix: 'none/' }, signal);

    await lake.clearCalls();
    const begun = performance.now();
    const plan = await planRepair(ports, { connection, table }, signal);
    const planned = (performance.now() - begun) / 1000;
    if (plan.create.length !== hours || plan.partitions.store !== hours) {
      throw new Error(`The plan creates ${plan.create.length} of ${hours} partitions.`);
    }
    const journal = { name: 'bench', append: async () => undefined, close: async () => undefined };
    const choice = { create: true, remove: false, update: false };
    const result = await applyPlan(
      ports.partitions,
      { plan, choice, options: { connection, journal } },
      signal,
    );
    const seconds = (performance.now() - begun) / 1000;
    if (result.created !== plan.create.length) throw new Error(`${result.created} partitions were created.`);
    const calls = (await lake.calls()).length;
    const least = leastCalls();
    const ratio = calls / least;
    const walked = 20 * (await secondsOfWalk(ports, { connection, creations: plan.create }));
    const times = walked / seconds;
    const lines = [
      `repair of ${hours.toLocaleString('en-US')} partitions in a lake of ${(hours * objects).toLocaleString('en-US')} objects, ${roundTripMs} ms added to each call: planned in ${planned.toFixed(2)} s, mended after ${seconds.toFixed(2)} s`,
      `AWS calls: ${calls}, least possible ${least}: ratio ${ratio.toFixed(3)} (to stay within 1.05)`,
      `a sequential walk over all objects with one create a partition: ${walked.toFixed(0)} s, scaled from a twentieth: ${times.toFixed(1)} times as long (to stay above 50)`,
    ];
    if (times < 50 || ratio > 1.05) throw new Error(lines.join('; '));
    return [...lines, ...(await memoryLines(lake))];
  } finally {
    await lake.stop();
  }
}

/**
 * The root's days by thousands, one listing a day, one page of the empty catalog, the table for the plan and for what is
 * copied from it, and a hundred creations a call.
 */
function leastCalls(): number {
  const lists = Math.ceil(days / 1000) + days;
  const writes = Math.ceil(hours / 100);
  return lists + 1 + 2 + writes;
}

/** Lists a twentieth of the objects page after page, and asks for a twentieth of the creations one after the other. */
async function secondsOfWalk(
  ports: ReturnType<typeof openAws>,
  work: { readonly connection: Connection; readonly creations: RepairPlan['create'] },
): Promise<number> {
  const begun = performance.now();
  let next: string | undefined;
  for (let page = 0; page < (hours * objects) / 1000 / 20; page += 1) {
    const request = { bucket, prefix: 'hourly/', ...(next === undefined ? {} : { next }) };
    next = (await ports.store.list(work.connection, request, signal)).next;
  }
  for (const { values, location } of work.creations.slice(0, work.creations.length / 20)) {
    await ports.partitions.create(
      work.connection,
      { table, items: [{ kind: 'new', values, location }] },
      signal,
    );
  }
  return (performance.now() - begun) / 1000;
}

async function fill(lake: TestLake): Promise<void> {
  const ask = async (target: string, input: unknown): Promise<void> => {
    const response = await fetch(lake.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': `AWSGlue.${target}`, 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`${target}: ${await response.text()}`);
    await response.arrayBuffer();
  };
  await fetch(`${lake.endpoint}/${bucket}`, { method: 'PUT' });
  await ask('CreateDatabase', { DatabaseInput: { Name: table.database } });
  const tables = [
    { name: table.name, keys: ['dt date', 'hour int'] },
    { name: 'known', keys: ['dt date', 'hour int'] },
    { name: 'flat', keys: ['dt date'] },
  ];
  for (const { name, keys } of tables) {
    await ask('CreateTable', {
      DatabaseName: table.database,
      TableInput: {
        Name: name,
        PartitionKeys: keys.map((key) => ({ Name: key.split(' ')[0], Type: key.split(' ')[1] })),
        StorageDescriptor: {
          Columns: [{ Name: 'id', Type: 'bigint' }],
          Location: `s3://${bucket}/${name}/`,
        },
      },
    });
  }
  await lake.synthetic({
    ...memoryWish,
    keys: [{ bucket, prefix: 'hourly/', count: objects, bytes: 4096, levels }, ...memoryWish.keys],
  });
}
