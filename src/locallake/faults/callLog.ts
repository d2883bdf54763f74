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

// A repair of 200,000 partitions sends 2,000 inputs of 100 KB, which nobody looks at again.
const mostInputBytes = 16 * 1024 ** 2;
const keptInputs = 100;

/** The newest calls, oldest first. */
export class CallLog {
  #calls: LoggedCall[] = [];
  // Where the inputs that are still kept begin, and about how many bytes they have.
  #oldestInput = 0;
  #inputBytes = 0;

  /** Adds a call whose request had so many bytes; the inputs of old calls are let go when they add up. */
  add(call: LoggedCall, bytes = 0): void {
    this.#calls.push(call);
    this.#inputBytes += bytes;
    if (this.#inputBytes > mostInputBytes) {
      for (; this.#oldestInput < this.#calls.length - keptInputs; this.#oldestInput++) {
        const { input: _, ...rest } = this.#calls[this.#oldestInput] ?? call;
        this.#calls[this.#oldestInput] = rest;
      }
      this.#inputBytes = 0;
    }
    if (this.#calls.length > 20_000) this.#forget(this.#calls.length - 10_000);
  }

  #forget(count: number): void {
    this.#calls = this.#calls.slice(count);
    this.#oldestInput = Math.max(0, this.#oldestInput - count);
  }

  all(): readonly LoggedCall[] {
    return this.#calls;
  }

  clear(): void {
    this.#calls = [];
    this.#oldestInput = 0;
    this.#inputBytes = 0;
  }
}
