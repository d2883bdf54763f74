import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { openAws } from '../../src/aws/open';
import { isCancel, Problem } from '../../src/base/problem';
import type { Connection } from '../../src/connection/connection';
import { isolateEnvironment } from '../support/awsServer';
import { startLake, type TestLake } from '../support/localLake';

type AwsPorts = ReturnType<typeof openAws>;

/** A lake under test and the product's way to it. */
export interface World {
  readonly lake: TestLake;
  readonly connection: Connection;
  /** Two attempts a call; clients of their own, since adaptive retries remember throttling. Ten seconds of silence are borne unless told. */
  ports(options?: { readonly idleMs?: number; readonly attempts?: number }): AwsPorts;
  /** Asks the lake itself, past the product: what really happened there. */
  ask(target: string, input: unknown): Promise<Readonly<Record<string, unknown>>>;
}

export const database = 'centralbank_data';
export const never = new AbortController().signal;
setMaxListeners(0, never); // hundreds of calls share it

/** The lake of one test file; its owner stops it. */
export async function openWorld(): Promise<World> {
  isolateEnvironment();
  const lake = await startLake({ small: true });
  await lake.slowQueries({ containing: "'endless'", milliseconds: 600_000 });
  process.env['AWS_ACCESS_KEY_ID'] = lake.credentials.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = lake.credentials.secretAccessKey;
  const { region, endpoint } = lake;
  const connection = { name: 'demo', region, endpoint, readOnly: false, production: false };
  return {
    lake,
    connection,
    ports: ({ idleMs = 10_000, attempts = 2 } = {}) =>
      openAws({ log: { record: () => undefined }, attempts, transport: { idleMs, proxy: '' } }),
    ask: async (target, input) => {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify(input),
      });
      const answer = (await response.json()) as Record<string, unknown>;
      assert.ok(response.ok, `${target}: ${JSON.stringify(answer)}`);
      return answer;
    },
  };
}

/** What a call came to; anything but an answer, a Problem or a cancel is a bug and fails the test. */
export type Ending =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'problem'; readonly problem: Problem };

export async function endingOf(call: Promise<unknown>): Promise<Ending> {
  try {
    return { kind: 'answer', answer: await call };
  } catch (error) {
    if (isCancel(error))
      throw new Error('Nobody cancelled, and yet the call was cancelled', { cause: error });
    assert.ok(error instanceof Problem, `a bug instead of a Problem: ${String(error)}`);
    return { kind: 'problem', problem: error };
  }
}

/** One sentence, on one line, that ends and then tells nothing more. */
export function assertSentence(problem: Problem, naming: readonly string[]): void {
  const { message } = problem;
  assert.match(message, /^[A-Z][^\n]*\.$/, message);
  assert.doesNotMatch(message, /undefined|\[object|\.\.$|[.!?] [A-Z]/, message);
  for (const name of naming) assert.ok(message.includes(name), `${name} is not named in: ${message}`);
}
