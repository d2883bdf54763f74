/** A source of chances that gives the same ones for the same seed. */
export interface Random {
  /** A whole number from 0 up to and without `below`. */
  readonly below: (below: number) => number;
  /** True in one of `of` cases. */
  readonly oneIn: (of: number) => boolean;
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T;
}

/** Mulberry32: small, fast, and good enough to choose test inputs. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    below,
    oneIn: (of) => below(of) === 0,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
  };
}
