import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { once } from '../../src/base/once';

/** A rule of `PUT /_lake/faults`. */
export interface FaultWish {
  /** `glue:GetTables`, `s3:*`; all calls when absent. */
  readonly action?: string;
  readonly bucket?: string;
  /** What the key begins with; each object of a DeleteObjects counts as `s3:DeleteObject`. */
  readonly key?: string;
  readonly database?: string;
  readonly table?: string;
  readonly kind:
    | 'throttle'
    | 'conflict'
    | 'slowdown'
    | 'expired'
    | 'denied'
    | '500'
    | 'latency'
    | 'reset'
    | 'half'
    | 'malformed'
    | 'hang';
  /** How many calls it hits; all when absent. */
  readonly times?: number;
  /** How many fitting calls pass first. */
  readonly after?: number;
  readonly milliseconds?: number;
}

/** A call that the lake answered. */
export interface LakeCall {
  readonly action: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly database?: string;
  readonly table?: string;
  readonly status: number;
  readonly code?: string;
  readonly time: number;
  readonly requestId: string;
  readonly input?: unknown;
}

/** One partition key of made up keys: so many numbers or days from the first. */
export interface SyntheticLevel {
  readonly name: string;
  readonly from: number | string;
  readonly count: number;
}

/** A lake of one test, in a process and folder of its own. */
export interface TestLake {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly root: string;
  /** Puts these troubles in place of the ones before; none ends them. */
  faults(...rules: readonly FaultWish[]): Promise<void>;
  /** What was called since the start or since `clearCalls`, oldest first. */
  calls(): Promise<readonly LakeCall[]>;
  clearCalls(): Promise<void>;
  /** Listings and partitions that are made up. */
  synthetic(wish: {
    readonly keys?: readonly {
      readonly bucket: string;
      readonly prefix: string;
      readonly count: number;
      /** Of each object. */
      readonly bytes?: number;
      readonly levels?: readonly SyntheticLevel[];
    }[];
    readonly partitions?: readonly {
      readonly database: string;
      readonly table: string;
      readonly count: number;
      readonly levels?: readonly SyntheticLevel[];
    }[];
  }): Promise<void>;
  /** Statements with such a text in them take so much longer, without work. */
  slowQueries(
    ...wishes: readonly { readonly containing: string; readonly milliseconds: number }[]
  ): Promise<void>;
  /** Ends the process with this signal and keeps the folder: for a start after a kill. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  stop(): Promise<void>;
}

// Below the project, so that DuckDB is found from there. `scripts/unit.mjs` gives all its processes one and removes it.
const sharedFolder = once(async (): Promise<string> => {
  const given = process.env['LAKE_TEST_FOLDER'];
  if (given !== undefined) return resolve(given);
  const own = resolve('dist', 'test', `locallake-${process.pid}`);
  process.once('exit', () => rmSync(own, { recursive: true, force: true }));
  return own;
});

/** A folder that the first process to need it makes for all of them. */
async function madeOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(await sharedFolder(), name);
  if (existsSync(folder)) return folder;
  const making = `${folder}-${process.pid}`;
  await make(making);
  try {
    renameSync(making, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(making, { recursive: true, force: true }); // another process was first
  }
  return folder;
}

const built = once(async (): Promise<string> => {
  const folder = await madeOnce('locallake', async (outdir) => {
    // A name that the bundler cannot see: esbuild does not work from inside a bundle.
    const bundler: string = 'esbuild';
    const { build } = (await import(bundler)) as typeof import('esbuild');
    await build({
      entryPoints: { locallake: 'src/locallake/main.ts' },
      outdir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      external: ['@duckdb/node-api', '@polyglot-sql/sdk', 'aws-local-stepfunctions'],
      sourcemap: true,
      logLevel: 'warning',
    });
  });
  return join(folder, 'locallake.mjs');
});

// Filling a lake takes four times as long as starting one: it is done once, and each test gets a copy.
const filled = once(() =>
  madeOnce('small-lake', async (root) => {
    const lake = await launch(root, ['--small']);
    await lake.stop();
  }),
);

/** Starts a lake from the source: the little demo lake unless asked for the whole one or an empty one. */
export async function startLake(
  options: { readonly small?: boolean; readonly empty?: boolean; readonly root?: string } = {},
): Promise<TestLake> {
  const elsewhere = process.env['LAKE_CONTRACT_ENDPOINT'];
  if (elsewhere !== undefined) return anotherServer(elsewhere);
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'lake-'));
  const small = options.empty !== true && options.small !== false;
  if (small && options.root === undefined)
    cpSync(await filled(), root, { recursive: true, preserveTimestamps: true });
  const seed = options.empty === true ? ['--empty'] : small ? ['--small'] : [];
  const { ready, ...program } = await launch(root, seed);
  const { endpoint, region, accessKeyId, secretAccessKey } = ready;
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${endpoint}/_lake/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const content: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(content)}`);
    return content;
  };
  return {
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    root,
    faults: async (...rules) => void (await control('PUT', 'faults', { rules })),
    calls: async () => ((await control('GET', 'calls')) as { readonly calls: readonly LakeCall[] }).calls,
    clearCalls: async () => void (await control('DELETE', 'calls')),
    synthetic: async (wish) => void (await control('PUT', 'synthetic', wish)),
    slowQueries: async (...slow) => void (await control('PUT', 'queries', { slow })),
    kill: program.kill,
    stop: async () => {
      await program.stop();
      if (options.root === undefined) rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Starts the lake's program on a folder and waits until it serves. */
async function launch(
  root: string,
  seed: readonly string[],
): Promise<{
  readonly ready: Ready;
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  stop(): Promise<void>;
}> {
  const program = await built();
  const child = spawn(process.execPath, ['--enable-source-maps', program, '--root', root, ...seed], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ready = await firstLine(child);
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  return {
    ready,
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
    stop: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}

/** The contract suite against a server that is none of ours: it is started by others, and has no control paths. */
function anotherServer(endpoint: string): TestLake {
  const absent = (): Promise<never> => Promise.reject(new Error('This server has no control paths.'));
  return {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    root: '',
    faults: absent,
    calls: absent,
    clearCalls: absent,
    synthetic: absent,
    slowQueries: absent,
    kill: absent,
    stop: () => Promise.resolve(),
  };
}

interface Ready {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

async function firstLine(child: ChildProcess): Promise<Ready> {
  let errors = '';
  let output = '';
  child.stderr?.on('data', (part: Buffer) => (errors += part.toString()));
  return new Promise((ready, failed) => {
    child.once('exit', (code) => failed(new Error(`The local lake ended with ${String(code)}: ${errors}`)));
    child.stdout?.on('data', (part: Buffer) => {
      output += part.toString();
      if (output.includes('\n')) ready(JSON.parse(output.slice(0, output.indexOf('\n'))) as Ready);
    });
  });
}
