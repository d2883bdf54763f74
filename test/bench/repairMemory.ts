import { execFile } from 'node:child_process';
import { openAws } from '../../src/aws/open';
import { applyPlan } from '../../src/partitions/applyPlan';
import { planRepair } from '../../src/partitions/planRepair';
import { isolateEnvironment } from '../support/awsServer';
import type { TestLake } from '../support/localLake';

const bucket = 'bench-lake';
const database = 'bench';
const mostBytes = 200_000_000;
/** The heap that the process may have: what is kept of a table has to fit beside the SDK. */
const heapMb = 64;
const days = 8334;
const levels = [
  { name: 'dt', from: '2001-01-01', count: days },
  { name: 'hour', from: 0, count: 24 },
];
const flat = 200_000;

/** What the lake pretends to have for `memoryLines`, beside what another bench wants of it. */
export const memoryWish = {
  keys: [
    { bucket, prefix: 'known/', count: 5, bytes: 4096, levels },
    {
      bucket,
      prefix: 'flat/',
      count: 5,
      bytes: 4096,
      levels: [{ name: 'dt', from: '1800-01-01', count: flat }],
    },
  ],
  partitions: [{ database, table: 'known', count: 0, levels }],
};

/** What a child process tells of its repair. */
interface Told {
  readonly listed: number;
  readonly created: number;
  readonly s3: number;
  readonly seconds: number;
  /** The most that was resident of it, the runtime and the SDK included. */
  readonly bytes: number;
}

/**
 * 200,000 partitions in a process of its own whose heap is held small: once a catalog that has all of them, once as
 * many directories in one flat level, all of them new and registered. The two tables have been made in the lake.
 */
export async function memoryLines(lake: TestLake): Promise<string[]> {
  const known = await repairApart(lake, 'known');
  const fresh = await repairApart(lake, 'flat');
  if (known.listed !== days * 24 || known.created !== 0) throw new Error(`known: ${JSON.stringify(known)}`);
  if (fresh.listed !== flat || fresh.created !== flat) throw new Error(`flat: ${JSON.stringify(fresh)}`);
  const lines = [
    `${count(known.listed)} partitions that the catalog has, compared in ${known.seconds.toFixed(0)} s in a process with a heap of ${heapMb} MB: ${megabytes(known)} MB resident at most, the runtime and the SDK included (to stay under 200)`,
    `${count(fresh.listed)} directories in one level, all registered in ${fresh.seconds.toFixed(0)} s: ${count(fresh.s3)} listings for ${count(flat / 1000)} pages, cut up and read side by side, ${megabytes(fresh)} MB resident at most (to stay under 200)`,
  ];
  if (Math.max(known.bytes, fresh.bytes) > mostBytes) throw new Error(lines.join('; '));
  return lines;
}

/** Run by the child: repairs one table and prints what it took. */
export async function repairInChild(
  lake: Pick<TestLake, 'endpoint' | 'region'>,
  table: string,
): Promise<void> {
  const connection = {
    name: 'bench',
    region: lake.region,
    endpoint: lake.endpoint,
    readOnly: false,
    production: false,
  };
  // The lake makes each of a thousand directories a page up as it is asked for, which takes it longer than S3.
  const ports = openAws({ log: { record: () => undefined }, transport: { proxy: '', idleMs: 120_000 } });
  const { signal } = new AbortController();
  const begun = performance.now();
  const plan = await planRepair(ports, { connection, table: { database, name: table } }, signal);
  const journal = { name: 'bench', append: async () => undefined };
  const choice = { create: true, remove: false, update: false };
  const result = await applyPlan(
    ports.partitions,
    { plan, choice, options: { connection, journal } },
    signal,
  );
  const told: Told = {
    listed: plan.partitions.store,
    created: result.created,
    s3: plan.calls.s3List,
    seconds: (performance.now() - begun) / 1000,
    bytes: process.resourceUsage().maxRSS * 1024,
  };
  process.stdout.write(JSON.stringify(told));
}

function repairApart({ endpoint, region, credentials }: TestLake, table: string): Promise<Told> {
  isolateEnvironment();
  const lake = JSON.stringify({ endpoint, region });
  const program = `import(${JSON.stringify(import.meta.url)}).then((bench) => bench.repairInChild(${lake}, ${JSON.stringify(table)}))`;
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  return new Promise((told, failed) => {
    execFile(
      process.execPath,
      [`--max-old-space-size=${heapMb}`, '--input-type=module', '-e', program],
      { env },
      (error, output, errors) => {
        if (error === null) told(JSON.parse(output) as Told);
        else failed(new Error(`The repair of ${table} ended with ${error.message}: ${errors}`));
      },
    );
  });
}

function megabytes({ bytes }: Told): string {
  return (bytes / 1_000_000).toFixed(0);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
