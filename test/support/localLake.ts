import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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
  /** Ends the process with this signal and keeps the folder: for a start after a kill. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  stop(): Promise<void>;
}

// One build for all test files of a process; the file lies in the project, so that DuckDB is found from it.
const built = once(async (): Promise<string> => {
  // A name that the bundler cannot see: esbuild does not work from inside a bundle.
  const bundler: string = 'esbuild';
  const { build } = (await import(bundler)) as typeof import('esbuild');
  const outfile = resolve('dist', 'test', `locallake-${process.pid}`, 'locallake.mjs');
  await build({
    entryPoints: ['src/locallake/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['@duckdb/node-api', '@polyglot-sql/sdk', 'aws-local-stepfunctions'],
    sourcemap: true,
    logLevel: 'warning',
  });
  process.once('exit', () => rmSync(resolve(outfile, '..'), { recursive: true, force: true }));
  return outfile;
});

/** Starts a lake from the source: the little demo lake unless asked for the whole one or an empty one. */
export async function startLake(
  options: { readonly small?: boolean; readonly empty?: boolean; readonly root?: string } = {},
): Promise<TestLake> {
  const elsewhere = process.env['LAKE_CONTRACT_ENDPOINT'];
  if (elsewhere !== undefined) return anotherServer(elsewhere);
  const program = await built();
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'lake-'));
  const seed = options.empty === true ? ['--empty'] : options.small === false ? [] : ['--small'];
  const child = spawn(process.execPath, ['--enable-source-maps', program, '--root', root, ...seed], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const { endpoint, region, accessKeyId, secretAccessKey } = await firstLine(child);
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${endpoint}/_lake/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const content: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(content)}`);
    return content;
  };
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  return {
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    root,
    faults: async (...rules) => void (await control('PUT', 'faults', { rules })),
    calls: async () => ((await control('GET', 'calls')) as { readonly calls: readonly LakeCall[] }).calls,
    clearCalls: async () => void (await control('DELETE', 'calls')),
    synthetic: async (wish) => void (await control('PUT', 'synthetic', wish)),
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
    stop: async () => {
      child.stdin?.end();
      await ended;
      if (options.root === undefined) rmSync(root, { recursive: true, force: true });
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
