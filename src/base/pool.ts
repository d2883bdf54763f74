import { setMaxListeners } from 'node:events';

/** Tasks side by side, never more than `width` at once; a task may add further tasks while it runs. */
export interface Pool<T> {
  add(task: T): void;
  /** Resolves when nothing is left to do; rejects with the first failure, after which nothing new starts. */
  done(): Promise<void>;
}

/** A pool over one work function. An aborted signal ends it with the signal's reason. */
export function pool<T>(width: number, work: (task: T) => Promise<void>, signal: AbortSignal): Pool<T> {
  const waiting: T[] = [];
  let head = 0; // a queue by index: shift() on a long array is linear
  let running = 0;
  let failure: { readonly error: unknown } | undefined;
  let settle: (() => void) | undefined;
  manyListeners(signal);

  const next = (): void => {
    if (signal.aborted && failure === undefined) failure = { error: abortReason(signal) };
    while (failure === undefined && running < width && head < waiting.length) {
      const task = waiting[head] as T;
      head += 1;
      if (head > 1024 && head * 2 > waiting.length) {
        waiting.splice(0, head);
        head = 0;
      }
      running += 1;
      void work(task)
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => {
          running -= 1;
          next();
        });
    }
    if (running === 0 && (failure !== undefined || head >= waiting.length)) settle?.();
  };

  return {
    add: (task) => {
      waiting.push(task);
      next();
    },
    done: () =>
      new Promise<void>((resolve, reject) => {
        settle = () => (failure === undefined ? resolve() : reject(failure.error));
        next();
      }),
  };
}

/** Lets many calls listen to one signal: Node takes more than ten listeners for a leak, and warns. */
export function manyListeners(signal: AbortSignal): void {
  setMaxListeners(0, signal);
}

/** The error an aborted signal stands for; its name is `AbortError`. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error && signal.reason.name === 'AbortError'
    ? signal.reason
    : new DOMException('The operation was cancelled.', 'AbortError');
}

/** Waits, unless the signal is aborted first. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw abortReason(signal);
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(abortReason(signal));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
