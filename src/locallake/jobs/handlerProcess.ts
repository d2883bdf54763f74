import type { FromHandler, HandlerLake, ToHandler } from './handler';
import { handlers } from './handlers';

/** The argument with which the lake's program becomes a process for handlers. */
export const handlerArgument = '--run-handler';

/** Carries out handlers, one after the other, for the lake that started this process; ends with it. Never returns. */
export async function serveHandler(): Promise<never> {
  const send = (message: FromHandler): void => void process.send?.(message);
  const asked = new Map<number, { answered(value: unknown): void; failed(error: Error): void }>();
  let last = 0;
  const ask = <T>(method: keyof HandlerLake, ...given: readonly string[]): Promise<T> =>
    new Promise<T>((answered, failed) => {
      asked.set(++last, { answered: (value) => answered(value as T), failed });
      send({ kind: 'ask', id: last, method, given });
    });
  const lake: HandlerLake = {
    list: (bucket, prefix) => ask('list', bucket, prefix),
    read: (bucket, key) => ask('read', bucket, key),
    file: (bucket, key) => ask('file', bucket, key),
    write: (bucket, key, content) => ask('write', bucket, key, content),
    scratch: () => ask('scratch'),
    adopt: (bucket, key, path) => ask('adopt', bucket, key, path),
  };
  const log = (level: 'output' | 'error', text: string): void =>
    send({ kind: 'log', level, text, at: Date.now() });

  const run = async (name: string, event: unknown): Promise<void> => {
    const handler = handlers[name];
    let end: FromHandler;
    try {
      if (handler === undefined) throw new Error(`No handler is registered for ${name}.`);
      const value = await handler({
        event,
        lake,
        log: (text) => log('output', text),
        error: (text) => log('error', text),
      });
      end = { kind: 'done', value: value ?? null, memory: memory() };
    } catch (error) {
      const { name: type, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
      // File names in the trace are those of the lake's own bundle: they say nothing to who reads the log.
      const trace = stack
        .split('\n')
        .slice(1, 6)
        .map((line) => line.trim().replace(/ \(.*\)$/, ''));
      end = { kind: 'failed', name: type, message, trace, memory: memory() };
    }
    send(end);
  };

  process.on('message', (message: ToHandler) => {
    if (message.kind === 'start') {
      void run(message.handler, message.event);
      return;
    }
    const waiting = asked.get(message.id);
    asked.delete(message.id);
    if (message.error === undefined) waiting?.answered(message.value);
    else waiting?.failed(new Error(message.error));
  });
  // When the lake is gone, nobody waits for the result.
  process.on('disconnect', () => process.exit(1));
  send({ kind: 'ready' });
  return new Promise<never>(() => undefined);
}

// Megabytes, as Lambda reports them.
function memory(): number {
  return Math.ceil(process.memoryUsage().rss / 1_048_576);
}
