import type { ProblemKind } from '../../src/base/problem';
import type { FaultWish } from '../support/localLake';

/** Milliseconds of silence that the transport bears in these tests, and what a late answer takes. */
export const idleMs = 250;
export const lateMs = 700;

/** One way in which AWS misbehaves. */
export interface FaultCase {
  /** For the table. */
  readonly title: string;
  readonly wish: Pick<FaultWish, 'kind' | 'times' | 'milliseconds'>;
  /** What a call that meets it and is not repeated ends as. */
  readonly kind: ProblemKind;
  /** The lake carries the call out, and only its answer is lost. */
  readonly carriedOut: boolean;
  /** Attempts after which a repeated call gets its answer; `never`: it meets the same again, or is not repeated. */
  readonly passes: 'second attempt' | 'never';
  /** A call that may be repeated is sent again. */
  readonly repeated: boolean;
}

/** Everything that is done to every operation. Throttling and faults of the service come once, and without end. */
export const faultCases: readonly FaultCase[] = [
  once('throttled once', { kind: 'throttle' }, 'throttled'),
  always('throttled always', { kind: 'throttle' }, 'throttled'),
  once('HTTP 500 once', { kind: '500' }, 'offline'),
  always('HTTP 500 always', { kind: '500' }, 'offline'),
  once('reset once', { kind: 'reset' }, 'offline'),
  always('reset always', { kind: 'reset' }, 'offline'),
  { ...always('half an answer', { kind: 'half' }, 'offline'), carriedOut: true },
  { ...always('answer too late', { kind: 'latency', milliseconds: lateMs }, 'offline'), carriedOut: true },
  { ...always('malformed answer', { kind: 'malformed' }, 'offline'), carriedOut: true, repeated: false },
  { ...always('sign-in expired', { kind: 'expired' }, 'signed-out'), repeated: false },
  { ...always('denied', { kind: 'denied' }, 'denied'), repeated: false },
];

function once(title: string, wish: Pick<FaultWish, 'kind'>, kind: ProblemKind): FaultCase {
  const rest = { carriedOut: false, passes: 'second attempt', repeated: true } as const;
  return { title, wish: { ...wish, times: 1 }, kind, ...rest };
}

function always(title: string, wish: FaultCase['wish'], kind: ProblemKind): FaultCase {
  return { title, wish, kind, carriedOut: false, passes: 'never', repeated: true };
}
