import { openAws } from '../../src/aws/open';
import type { Connection } from '../../src/connection/connection';
import { planRepair } from '../../src/partitions/planRepair';
import { isolateEnvironment } from '../support/awsServer';
import { startLake, type TestLake } from '../support/localLake';

const hours = 20_000;
/** Every twentieth hour is missing in the catalog. */
const registered = hours - hours / 20;
const bucket = 'bench-lake';
const table = { database: 'bench', name: 'hourly' };
const roundTripMs = 40;
const signal = new AbortController().signal;

/**
 * A plan for a table of 20,000 hourly partitions on the local lake, with 40 ms added to each call: seconds, calls
 * against the least possible, and against a walk that makes one call after the other.
 */
export async function repairBench(): Promise<string[]> {
  isolateEnvironment();
  const lake = await startLake({ empty: true });
  try {
    process.env['AWS_ACCESS_KEY_ID'] = lake.credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = lake.credentials.secretAccessKey;
    const { region, endpoint } = lake;
    const connection = { name: 'bench', region, endpoint, readOnly: true, production: false };
    await fill(lake);
    await lake.faults({ kind: 'latency', milliseconds: roundTripMs });
    const ports = openAws({ log: { record: () => undefined }, transport: { proxy: '' } });
    await ports.catalog.table(connection, table, signal); // reads the SDK's code, which is no part of a plan
    await ports.store.list(connection, { bucket, prefix: 'none/' }, signal);

    await lake.clearCalls();
    const begun = performance.now();
    const plan = await planRepair(ports, { connection, table }, signal);
    const seconds = (performance.now() - begun) / 1000;
    const calls = (await lake.calls()).length;
    if (plan.create.length !== hours - registered || plan.partitions.store !== hours) {
      throw new Error(`The plan creates ${plan.create.length} of ${hours - registered} partitions.`);
    }
    const least = leastCalls();
    const ratio = calls / least;
    const walked = await secondsPerWalkedCall(ports.store, connection);
    const lines = [
      `plan for ${hours.toLocaleString('en-US')} partitions, ${roundTripMs} ms added to each call: ${seconds.toFixed(2)} s (to stay under 10 s)`,
      `AWS calls: ${calls}, least possible ${least}: ratio ${ratio.toFixed(3)} (to stay within 1.05)`,
      `one call after the other: ${(walked * least).toFixed(0)} s, scaled from a month: ${((walked * least) / seconds).toFixed(1)} times as long`,
    ];
    if (seconds > 10 || ratio > 1.05) throw new Error(lines.join('; '));
    return lines;
  } finally {
    await lake.stop();
  }
}

/** Directories above the last level, one listing each since none has more than 1,000 children; the pages of the catalog; the table. */
function leastCalls(): number {
  const parents = new Set<string>();
  for (let hour = 0; hour < hours; hour++) {
    const parts = pathOf(hour).split('/');
    for (let depth = 0; depth < parts.length; depth++) parents.add(parts.slice(0, depth).join('/'));
  }
  return parents.size + Math.ceil(registered / 1000) + 1;
}

/** Lists one month, day after day, and says how long a call took. */
async function secondsPerWalkedCall(
  store: ReturnType<typeof openAws>['store'],
  connection: Connection,
): Promise<number> {
  const begun = performance.now();
  let calls = 0;
  const list = async (prefix: string): Promise<readonly string[]> => {
    calls += 1;
    return (await store.list(connection, { bucket, prefix, delimiter: '/' }, signal)).prefixes;
  };
  for (const day of await list('hourly/year=2024/month=01/')) await list(day);
  return (performance.now() - begun) / 1000 / calls;
}

function pathOf(hour: number): string {
  const at = new Date(Date.UTC(2023, 0, 1) + hour * 3_600_000).toISOString();
  return `year=${at.slice(0, 4)}/month=${at.slice(5, 7)}/day=${at.slice(8, 10)}/hour=${at.slice(11, 13)}`;
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
  const StorageDescriptor = {
    Columns: [{ Name: 'id', Type: 'bigint' }],
    Location: `s3://${bucket}/hourly/`,
  };
  await fetch(`${lake.endpoint}/${bucket}`, { method: 'PUT' });
  await ask('CreateDatabase', { DatabaseInput: { Name: table.database } });
  await ask('CreateTable', {
    DatabaseName: table.database,
    TableInput: {
      Name: table.name,
      PartitionKeys: ['year', 'month', 'day', 'hour'].map((Name) => ({ Name, Type: 'int' })),
      StorageDescriptor,
    },
  });
  const all = Array.from({ length: hours }, (_, hour) => pathOf(hour));
  await sideBySide(all, async (path) => {
    const response = await fetch(`${lake.endpoint}/${bucket}/hourly/${path}/part-0.parquet`, {
      method: 'PUT',
      body: 'x',
    });
    if (!response.ok) throw new Error(await response.text());
    await response.arrayBuffer();
  });
  const known = all.filter((_, hour) => hour % 20 !== 0);
  const batches = Array.from({ length: Math.ceil(known.length / 100) }, (_, at) =>
    known.slice(100 * at, 100 * at + 100),
  );
  await sideBySide(batches, (batch) =>
    ask('BatchCreatePartition', {
      DatabaseName: table.database,
      TableName: table.name,
      PartitionInputList: batch.map((path) => ({
        Values: path.split('/').map((part) => part.slice(part.indexOf('=') + 1)),
        StorageDescriptor: { ...StorageDescriptor, Location: `s3://${bucket}/hourly/${path}/` },
      })),
    }),
  );
}

async function sideBySide<T>(tasks: readonly T[], work: (task: T) => Promise<void>): Promise<void> {
  const waiting = tasks.values();
  const lane = async (): Promise<void> => {
    for (const task of waiting) await work(task);
  };
  await Promise.all(Array.from({ length: 16 }, lane));
}
