import { type ChildProcess, fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { ObjectStore } from '../store/objects';
import type { FromHandler, HandlerLake, ToHandler } from './handler';
import { handlerArgument } from './handlerProcess';

/** How the run of a handler ended; memory in megabytes. */
export type HandlerEnd =
  | { readonly kind: 'done'; readonly value: unknown; readonly memory: number }
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly message: string;
      readonly trace: readonly string[];
      readonly memory: number;
    }
  | { readonly kind: 'timed-out' | 'stopped' };

/** What a handler is run with. */
export interface HandlerRun {
  readonly handler: string;
  readonly event: unknown;
  readonly store: ObjectStore;
  /** Milliseconds after which it is ended, counted from when its process is ready. */
  readonly timeout: number;
  /** Called when the handler begins; `cold` when a process was started for it. */
  ready(cold: boolean): void;
  log(line: { readonly level: 'output' | 'error'; readonly text: string; readonly at: number }): void;
}

/** A process that waits for its next handler this long before it ends; milliseconds. */
const idle = 10_000;

/** The processes in which handlers run, one handler at a time each; one that has finished is used again. */
export class HandlerPool {
  readonly #free: ChildProcess[] = [];
  readonly #all = new Set<ChildProcess>();

  /**
   * Runs a handler and says how it ended. An abort kills its process, and from then on nothing it asked for is carried
   * out: no object is written and no line is logged.
   */
  async run(run: HandlerRun, signal: AbortSignal): Promise<HandlerEnd> {
    if (signal.aborted) return { kind: 'stopped' };
    const used = this.#free.pop();
    const child = used ?? this.#fork();
    const folders: string[] = [];
    try {
      const end = await carriedOut(child, { run, folders, fresh: used === undefined }, signal);
      if (end.kind === 'done' || end.kind === 'failed') this.#keep(child);
      else child.kill('SIGKILL');
      return end;
    } finally {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Ends all processes. */
  close(): void {
    for (const child of this.#all) child.kill('SIGKILL');
  }

  #fork(): ChildProcess {
    const child = fork(process.argv[1] ?? '', [handlerArgument], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
    });
    this.#all.add(child);
    // An error nobody listens to would end the lake.
    child.on('error', () => undefined);
    child.once('exit', () => {
      this.#all.delete(child);
      const at = this.#free.indexOf(child);
      if (at >= 0) this.#free.splice(at, 1);
    });
    return child;
  }

  #keep(child: ChildProcess): void {
    if (!child.connected || child.exitCode !== null) return;
    this.#free.push(child);
    setTimeout(() => {
      if (this.#free.includes(child)) child.kill('SIGKILL');
    }, idle).unref();
  }
}

async function carriedOut(
  child: ChildProcess,
  { run, folders, fresh }: { readonly run: HandlerRun; readonly folders: string[]; readonly fresh: boolean },
  signal: AbortSignal,
): Promise<HandlerEnd> {
  let timer: NodeJS.Timeout | undefined;
  let end: (end: HandlerEnd) => void = () => undefined;
  const ended = new Promise<HandlerEnd>((done) => (end = done));
  const begin = (cold: boolean): void => {
    run.ready(cold);
    timer = setTimeout(() => end({ kind: 'timed-out' }), Math.min(run.timeout, 2_147_483_647));
    tell(child, { kind: 'start', handler: run.handler, event: run.event });
  };
  const heard = (message: FromHandler): void => {
    switch (message.kind) {
      case 'ready':
        begin(true);
        return;
      case 'log':
        run.log(message);
        return;
      case 'ask':
        tell(child, { kind: 'answer', id: message.id, ...answer(run.store, message, folders) });
        return;
      case 'done':
      case 'failed':
        end(message);
    }
  };
  let errors = '';
  const complained = (part: Buffer): void => void (errors += part.toString());
  const died = (why: unknown): void => {
    const message = errors.trim() || `The process of the handler ended: ${String(why)}.`;
    end({ kind: 'failed', name: 'Runtime.ExitError', message, trace: [], memory: 0 });
  };
  const exited = (code: number | null, by: string | null): void => died(code ?? by);
  const stop = (): void => end({ kind: 'stopped' });
  signal.addEventListener('abort', stop);
  child.on('message', heard).on('error', died).on('exit', exited);
  child.stderr?.on('data', complained);
  try {
    if (!fresh) begin(false);
    return await ended;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    child.off('message', heard).off('error', died).off('exit', exited);
    child.stderr?.off('data', complained);
  }
}

function tell(child: ChildProcess, message: ToHandler): void {
  if (child.connected) child.send(message);
}

function answer(
  store: ObjectStore,
  { method, given }: { readonly method: keyof HandlerLake; readonly given: readonly string[] },
  folders: string[],
): { readonly value?: unknown; readonly error?: string } {
  const [bucket = '', key = '', third = ''] = given;
  if (method !== 'scratch' && !store.hasBucket(bucket))
    return { error: `NoSuchBucket: there is no bucket ${bucket}.` };
  const found = store.find({ bucket, key }) !== undefined;
  switch (method) {
    case 'list':
      return { value: [...store.under(bucket, key)].map(({ key: name, size }) => ({ key: name, size })) };
    case 'read':
      return found
        ? { value: store.read({ bucket, key }).toString() }
        : { error: `NoSuchKey: s3://${bucket}/${key}.` };
    case 'file':
      return found ? { value: store.file({ bucket, key }) } : { error: `NoSuchKey: s3://${bucket}/${key}.` };
    case 'write':
      store.put({ bucket, key }, Buffer.from(third));
      return {};
    case 'scratch': {
      const folder = store.scratch();
      folders.push(folder);
      return { value: folder };
    }
    case 'adopt':
      store.putFile({ bucket, key }, third);
      return {};
  }
}
