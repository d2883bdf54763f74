import { sleep } from '../base/pool';

/**
 * How many calls may run side by side, found out as AWS answers: halved when it says "too fast", one more for each
 * round that went well. Glue publishes no rate for its partition calls, so the rate is measured, not configured.
 */
export interface Pace {
  /** Waits for a turn; the function that comes back ends it. */
  turn(signal: AbortSignal): Promise<(answer: 'well' | 'throttled') => void>;
  /** Calls allowed side by side now. */
  readonly width: number;
}

/** `random` in [0, 1) spreads the waits of several clients; tests give their own. */
export function pace(options: {
  readonly start: number;
  readonly most: number;
  readonly random: () => number;
}): Pace {
  let width = options.start;
  let running = 0;
  let well = 0;
  let throttledInRow = 0;
  const waiting: (() => void)[] = [];
  const wake = (): void => {
    while (running < Math.floor(width) && waiting.length > 0) {
      running += 1;
      waiting.shift()?.();
    }
  };
  return {
    get width() {
      return Math.floor(width);
    },
    turn: async (signal) => {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        wake();
      });
      if (throttledInRow > 0) {
        // Full jitter: a random part of a wait that doubles, up to ten seconds.
        const most = Math.min(10_000, 100 * 2 ** Math.min(throttledInRow, 7));
        try {
          await sleep(options.random() * most, signal);
        } catch (error) {
          running -= 1;
          wake();
          throw error;
        }
      }
      return (answer) => {
        running -= 1;
        if (answer === 'throttled') {
          throttledInRow += 1;
          well = 0;
          width = Math.max(1, width / 2);
        } else {
          throttledInRow = 0;
          well += 1;
          if (well >= width) {
            well = 0;
            width = Math.min(options.most, width + 1);
          }
        }
        wake();
      };
    },
  };
}
