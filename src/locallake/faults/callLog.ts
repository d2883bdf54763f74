import type { CallTarget } from './faults';

/** One call the lake answered. */
export interface LoggedCall extends CallTarget {
  /** HTTP status; 0 when the connection was broken off on purpose. */
  readonly status: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The error code that was answered. */
  readonly code?: string;
  readonly requestId: string;
  /** The input of a JSON call: what tests look at. */
  readonly input?: unknown;
}

/** The newest calls, oldest first. */
export class CallLog {
  #calls: LoggedCall[] = [];

  add(call: LoggedCall): void {
    this.#calls.push(call);
    if (this.#calls.length > 20_000) this.#calls = this.#calls.slice(-10_000);
  }

  all(): readonly LoggedCall[] {
    return this.#calls;
  }

  clear(): void {
    this.#calls = [];
  }
}
