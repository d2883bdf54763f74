import { Problem } from '../base/problem';
import { pace } from '../zones/pace';

/** Runs a call when its turn comes, and again when AWS asks to slow down. */
export type Patient = <T>(call: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** How patient to be. */
export interface Patience {
  /** Calls side by side, at most. */
  readonly width: number;
  /** Tries of a call that is throttled, each several of the SDK's with its own waits; 8 unless told. */
  readonly attempts?: number;
  /** For the waits, in [0, 1). */
  readonly random?: () => number;
}

/**
 * Calls side by side: fewer as soon as AWS throttles, each throttled one repeated after a wait that doubles. Throws
 * the Problem of a call that is throttled at every try.
 */
export function patient({ width, attempts = 8, random = Math.random }: Patience): Patient {
  const speed = pace({ start: width, most: width, random });
  return async (call, signal) => {
    for (let attempt = 1; ; attempt += 1) {
      const finish = await speed.turn(signal);
      try {
        const answer = await call();
        finish('well');
        return answer;
      } catch (error) {
        const throttled = error instanceof Problem && error.kind === 'throttled';
        finish(throttled ? 'throttled' : 'well');
        if (!throttled || attempt >= attempts) throw error;
      }
    }
  };
}
