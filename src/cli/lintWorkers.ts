import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { LintedFile } from './lintReport';
import { lintWork, type FileTask, type LintWork, type TaskFacts } from './lintWork';
import type { WorkerQuestion } from './lintWorker';

/** A thread costs about as much as linting these. */
const worthAThread = { files: 60, bytes: 1_000_000 } as const;
const mostThreads = 8;
/** In shorter runs compiling and collecting garbage, which the engine does beside them, fill a core; bytes. */
const longRun = 10_000_000;

/** Files and what they weigh, in bytes. */
export interface Load {
  readonly tasks: readonly FileTask[];
  readonly bytes: readonly number[];
}

/** How many threads a load is worth on a machine of so many cores; 1 means none but this one. */
export function threadsFor({ bytes }: Pick<Load, 'bytes'>, cores = availableParallelism()): number {
  const total = bytes.reduce((sum, size) => sum + size, 0);
  const parts = Math.max(bytes.length / worthAThread.files, total / worthAThread.bytes);
  const free = total < longRun ? cores - 1 : cores;
  return Math.max(1, Math.min(free, mostThreads, bytes.length, Math.ceil(parts)));
}

/** Shares of about the same weight: the heaviest file goes first, each to the lightest share. Indexes in ascending order. */
export function shares(bytes: readonly number[], count: number): readonly (readonly number[])[] {
  const result = Array.from({ length: count }, () => ({ weight: 0, indexes: [] as number[] }));
  const heaviest = bytes.map((size, index) => ({ size, index })).sort((a, b) => b.size - a.size);
  for (const { size, index } of heaviest) {
    const lightest = result.reduce((least, share) => (share.weight < least.weight ? share : least));
    // An empty file costs its opening.
    lightest.weight += size + 500;
    lightest.indexes.push(index);
  }
  return result.map(({ indexes }) => indexes.sort((a, b) => a - b));
}

/** The file that threads run: built beside the command line; undefined where there is none, as in tests. */
export function workerFile(from: string = import.meta.url): string | undefined {
  return ['./lintWorker.mjs', '../lintWorker.mjs']
    .map((path) => fileURLToPath(new URL(path, from)))
    .find((path) => existsSync(path));
}

/** The work of several threads as if it were one: answers come in the order of the tasks. To be closed. */
export interface ThreadedWork extends LintWork {
  readonly close: () => Promise<void>;
}

/** Starts threads that share the files with this one; aborting ends them and rejects what is asked of them. */
export function threadedWork(
  file: string,
  { bytes, threads }: { readonly bytes: readonly number[]; readonly threads: number },
  signal: AbortSignal,
): ThreadedWork {
  const own = lintWork(signal);
  const workers: Worker[] = [];
  // This thread takes a share too: a further one would have to be started, and warm up.
  const parts = shares(bytes, threads).map((indexes, at) => {
    if (at === 0) return { indexes, work: own };
    const worker = new Worker(file, { resourceLimits: { maxYoungGenerationSizeMb: 48 } });
    workers.push(worker);
    return { indexes, work: workIn(worker, signal) };
  });
  return {
    facts: (tasks) =>
      inOrder(parts, bytes.length, ({ indexes, work }) =>
        work.facts(indexes.flatMap((index) => tasks[index] ?? [])),
      ),
    lint: (world) => inOrder(parts, bytes.length, ({ work }) => work.lint(world)),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

interface Part {
  readonly indexes: readonly number[];
  readonly work: LintWork;
}

async function inOrder<T>(
  parts: readonly Part[],
  count: number,
  ask: (part: Part) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  // The others are asked first: this thread is busy from its own question on.
  const questions = parts.toReversed().map((part) => ({ part, answer: ask(part) }));
  const found = new Map<number, T>();
  const answers = await Promise.all(
    questions.map(async ({ part, answer }) => ({ part, values: await answer })),
  );
  for (const { part, values } of answers) {
    for (const [at, value] of values.entries()) found.set(part.indexes[at] ?? -1, value);
  }
  return Array.from({ length: count }, (_, index) => found.get(index) as T);
}

function workIn(worker: Worker, signal: AbortSignal): LintWork {
  // Between two questions an error would have nobody to go to; the next question finds the thread gone.
  worker.on('error', () => {});
  return {
    // Our own thread answers, in our own types.
    facts: async (tasks) => (await asked(worker, { kind: 'facts', tasks }, signal)) as readonly TaskFacts[],
    lint: async (world) =>
      (await asked(worker, { kind: 'lint', world }, signal)) as readonly (LintedFile | undefined)[],
  };
}

async function asked(worker: Worker, question: WorkerQuestion, signal: AbortSignal): Promise<unknown> {
  signal.throwIfAborted();
  let finish = (): void => {};
  try {
    return await new Promise((resolve, reject) => {
      const stop = (): void => reject(signal.reason as Error);
      const gone = (): void => reject(new Error('A thread that lints has ended too early.'));
      signal.addEventListener('abort', stop, { once: true });
      worker.on('message', resolve);
      worker.on('error', reject);
      worker.on('exit', gone);
      finish = () => {
        signal.removeEventListener('abort', stop);
        worker.off('message', resolve);
        worker.off('error', reject);
        worker.off('exit', gone);
      };
      worker.postMessage(question, []);
    });
  } finally {
    finish();
  }
}
