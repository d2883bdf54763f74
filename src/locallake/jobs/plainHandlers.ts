import { setTimeout as wait } from 'node:timers/promises';
import { isFields, number, text } from '../wire/input';
import type { Handler, HandlerCall } from './handler';

/** Gives back its event. */
export const echo: Handler = async ({ event, log }) => {
  log(`Received ${JSON.stringify(event)}`);
  return event;
};

/** Fails with the message of its event. */
export const fail: Handler = async ({ event, error }) => {
  const fields = isFields(event) ? event : {};
  const message = text(fields, 'message') ?? text(fields, '--message') ?? 'Asked to fail';
  error(`ERROR ${message}`);
  const thrown = new Error(message);
  thrown.name = text(fields, 'name') ?? 'Error';
  throw thrown;
};

/** Writes one line a time and one object, until its seconds are over: for stops and time-outs. */
export const sleep: Handler = async (call) => {
  const seconds = argument(call, 'seconds') ?? 60;
  const bucket = textArgument(call, 'bucket');
  for (let tick = 1; tick <= seconds * 20; tick++) {
    call.log(`tick ${tick}`);
    if (bucket !== undefined) await call.lake.write(bucket, `ticks/${tick}.txt`, String(tick));
    await wait(50);
  }
  return { slept: seconds };
};

function textArgument({ event }: HandlerCall, name: string): string | undefined {
  const given = isFields(event) ? event : {};
  return text(given, name) ?? text(given, `--${name}`);
}

function argument(call: HandlerCall, name: string): number | undefined {
  const given = isFields(call.event) ? number(call.event, name) : undefined;
  const written = textArgument(call, name);
  return given ?? (written === undefined ? undefined : Number(written));
}
