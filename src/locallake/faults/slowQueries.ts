import { setTimeout as delay } from 'node:timers/promises';

/** Statements with this text in them take so much longer. */
interface SlowQuery {
  readonly containing: string;
  readonly milliseconds: number;
}

/** Queries that run long without work: what a machine computes for a minute costs it a minute, and this nothing. */
export class SlowQueries {
  #wishes: readonly SlowQuery[] = [];

  /** Replaces all wishes; queries that wait already go on waiting. */
  set(wishes: readonly SlowQuery[]): void {
    this.#wishes = wishes;
  }

  /** Waits as long as is wished for a statement, and rejects as soon as the signal aborts. */
  async wait(sql: string, signal: AbortSignal): Promise<void> {
    const wish = this.#wishes.find(({ containing }) => sql.includes(containing));
    if (wish !== undefined) await delay(wish.milliseconds, undefined, { signal });
  }
}
