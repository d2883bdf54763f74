import type { ProblemKind } from '../base/problem';

/** One finished AWS call, as a log may show it: never a header, a body or a key. */
export interface CallEntry {
  /** `glue:GetTables`. */
  readonly action: string;
  readonly target: string;
  /** Name of the connection. */
  readonly connection: string;
  readonly ms: number;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  readonly retries: number;
  readonly requestId?: string;
  readonly outcome: 'done' | 'cancelled' | 'bug' | ProblemKind;
}

/** Where every AWS call is written down. */
export interface CallLog {
  record(entry: CallEntry): void;
}

/** One line of a log: `glue:GetTables lake · 200 · 34 ms · 1 retry · prod · 8f3c…`. */
export function callLine(entry: CallEntry): string {
  const parts = [
    `${entry.action} ${entry.target}`,
    entry.outcome === 'done' ? '' : entry.outcome,
    entry.status === undefined ? '' : String(entry.status),
    `${Math.round(entry.ms)} ms`,
    entry.retries === 0 ? '' : `${entry.retries} ${entry.retries === 1 ? 'retry' : 'retries'}`,
    entry.connection,
    entry.requestId ?? '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
