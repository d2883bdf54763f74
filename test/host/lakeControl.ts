import { setTimeout } from 'node:timers/promises';

/** One call that reached the local lake. */
export interface LakeCall {
  /** `athena:StopQueryExecution`. */
  readonly action: string;
  /** HTTP status. */
  readonly status: number;
  /** What was sent, of calls that send JSON. */
  readonly input?: Readonly<Record<string, unknown>>;
}

/** Every call that reached the local lake so far, oldest first. */
export async function lakeCalls(endpoint: string): Promise<readonly LakeCall[]> {
  const answer = await fetch(`${endpoint}/_lake/calls`);
  const body = (await answer.json()) as { readonly calls: readonly LakeCall[] };
  return body.calls;
}

/** Waits for a call of this action after the first `skip` calls, and returns it. */
export async function waitForCall(endpoint: string, action: string, skip: number): Promise<LakeCall> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = (await lakeCalls(endpoint)).slice(skip).find((call) => call.action === action);
    if (found !== undefined) return found;
    await setTimeout(200);
  }
  throw new Error(`The lake saw no ${action} within 60 s.`);
}

/** Trouble that the lake makes: an action (`s3:*`), optionally narrowed, and what goes wrong. */
export interface Fault {
  readonly action: string;
  readonly kind: 'throttle' | 'denied' | 'expired' | 'latency' | 'reset' | '500';
  readonly bucket?: string;
  readonly table?: string;
  readonly times?: number;
  readonly milliseconds?: number;
}

/** Runs `work` while the lake makes this trouble; it is well again afterwards, whatever happens. */
export async function withFaults(
  endpoint: string,
  rules: readonly Fault[],
  work: () => Promise<void>,
): Promise<void> {
  await control(endpoint, 'PUT', { rules });
  try {
    await work();
  } finally {
    await control(endpoint, 'DELETE');
  }
}

async function control(endpoint: string, method: string, body?: object): Promise<void> {
  const answer = await fetch(`${endpoint}/_lake/faults`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`The lake refused the faults: ${await answer.text()}`);
}
