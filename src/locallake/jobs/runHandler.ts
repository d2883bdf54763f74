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
  ready(): void;
  log(line: { readonly level: 'output' | 'error'; readonly text: string; readonly at: number }): void;
}

/**
 * Runs a handler in a process of its own and says how it ended. An abort kills the process, and from then on nothing
 * it asked for is carried out: no object is written and no line is logged.
 */
export async function runHandler(run: HandlerRun, signal: AbortSignal): Promise<HandlerEnd> {
  if (signal.aborted) return { kind: 'stopped' };
  const child = fork(process.argv[1] ?? '', [handlerArgument], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  const folders: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let stop: () => void = () => undefined;
  try {
    return await new Promise<HandlerEnd>((ended) => {
      let open = true;
      const finish = (end: HandlerEnd): void => {
        if (!open) return;
        open = false;
        ended(end);
      };
      stop = () => finish({ kind: 'stopped' });
      signal.addEventListener('abort', stop);
      child.on('message', (message: FromHandler) => {
        if (!open) return;
        switch (message.kind) {
          case 'ready':
            run.ready();
            timer = setTimeout(() => finish({ kind: 'timed-out' }), Math.min(run.timeout, 2_147_483_647));
            tell(child, { kind: 'start', handler: run.handler, event: run.event });
            return;
          case 'log':
            run.log(message);
            return;
          case 'ask':
            tell(child, { kind: 'answer', id: message.id, ...answer(run.store, message, folders) });
            return;
          case 'done':
          case 'failed':
            finish(message);
        }
      });
      let errors = '';
      child.stderr?.on('data', (part: Buffer) => (errors += part.toString()));
      const died = (why: string): void =>
        finish({
          kind: 'failed',
          name: 'Runtime.ExitError',
          message: errors.trim() || why,
          trace: [],
          memory: 0,
        });
      child.on('error', (error) => died(error.message));
      child.on('exit', (code, by) => died(`The process of the handler exited with ${String(code ?? by)}.`));
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    child.kill('SIGKILL');
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
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
