import { Problem } from '../base/problem';
import { pace } from '../zones/pace';

/** A throttled call is made again, up to this many times in a row. */
const mostAttempts = 12;

/** Runs a call as soon as the pace allows, and again when S3 asks to slow down. */
export type PacedCalls = <T>(call: () => Promise<T>) => Promise<T>;

/** Calls that share one pace: `width` side by side until S3 throttles. `random` in [0, 1) spreads the waits. */
export function pacedCalls(
  options: { readonly width: number; readonly random?: () => number },
  signal: AbortSignal,
): PacedCalls {
  const { width, random = Math.random } = options;
  const speed = pace({ start: width, most: width, random });
  return async (call) => {
    for (let attempt = 0; ; attempt += 1) {
      const finish = await speed.turn(signal);
      let answer: 'well' | 'throttled' = 'well';
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof Problem) || error.kind !== 'throttled') throw error;
        answer = 'throttled';
        if (attempt >= mostAttempts) throw error;
      } finally {
        finish(answer);
      }
    }
  };
}
