import { Problem } from '../base/problem';
import { pace } from './pace';

/** Runs one listing in its turn, and again when it was throttled. */
export type InTurn = <T>(ask: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** A throttled page is asked for again, up to this many times in a row. */
const mostAttempts = 12;

/**
 * Listings of one bucket side by side, as many as S3 takes: fewer when it asks to slow down, and a throttled one is
 * asked for again. `onAnswer` counts those that were answered.
 */
export function listsInTurn(options: {
  /** Side by side at most. */
  readonly width: number;
  /** For the waits after throttling, in [0, 1). */
  readonly random?: () => number;
  readonly onAnswer?: () => void;
}): InTurn {
  const { width, random = Math.random } = options;
  const speed = pace({ start: width, most: width, random });
  return async (ask, signal) => {
    for (let attempt = 0; ; attempt += 1) {
      const finish = await speed.turn(signal);
      try {
        const page = await ask();
        options.onAnswer?.();
        finish('well');
        return page;
      } catch (error) {
        const throttled = error instanceof Problem && error.kind === 'throttled';
        finish(throttled ? 'throttled' : 'well');
        if (!throttled || attempt >= mostAttempts) throw error;
      }
    }
  };
}
