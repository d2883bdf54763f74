import { isCancel } from '../base/problem';
import type { CallEntry, CallLog } from '../connection/callLog';
import { faultFrom, problemFrom, type AwsCall } from './faults';

/** What the SDK says of a call on its answer. */
interface Answer {
  readonly $metadata: {
    readonly httpStatusCode?: number | undefined;
    readonly attempts?: number | undefined;
    readonly requestId?: string | undefined;
  };
}

/** The one door of all AWS calls. */
export type CallAws = <T extends Answer>(
  call: AwsCall,
  run: (options: { readonly abortSignal: AbortSignal }) => Promise<T>,
  signal: AbortSignal,
) => Promise<T>;

/**
 * Runs calls, writes each to the log, and lets only three things out: the answer, a Problem, or the
 * AbortError of a cancel, which comes at once even where the SDK would still wait.
 */
export function awsCaller(log: CallLog): CallAws {
  return async (call, run, signal) => {
    const started = performance.now();
    const write = (rest: Omit<CallEntry, 'action' | 'target' | 'connection' | 'ms'>): void => {
      const ms = performance.now() - started;
      log.record({ action: call.action, target: call.target, connection: call.connection.name, ms, ...rest });
    };
    try {
      signal.throwIfAborted();
      const answer = await cancellable(run({ abortSignal: signal }), signal);
      const { httpStatusCode, attempts = 1, requestId } = answer.$metadata;
      write({ outcome: 'done', retries: attempts - 1, ...seen(httpStatusCode, requestId) });
      return answer;
    } catch (error) {
      if (signal.aborted || isCancel(error)) {
        write({ outcome: 'cancelled', retries: 0 });
        throw cancelled();
      }
      const problem = problemFrom(error, call);
      const fault = faultFrom(error);
      write({
        outcome: problem?.kind ?? 'bug',
        retries: (fault?.attempts ?? 1) - 1,
        ...seen(fault?.status, fault?.requestId),
      });
      throw problem ?? error;
    }
  };
}

/** Gives way to a cancel while the SDK sleeps between attempts or looks for credentials. */
async function cancellable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}

function cancelled(): Error {
  return new DOMException('The call was cancelled.', 'AbortError');
}

function seen(
  status: number | undefined,
  requestId: string | undefined,
): Pick<CallEntry, 'status' | 'requestId'> {
  return {
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}
