/**
 * Why something a user asked for did not happen.
 * `signed-out`: no, wrong or expired credentials. `denied`: signed in, but the action is not allowed.
 * `missing`: the named thing is not there. `throttled`: AWS asked to slow down, even after retries.
 * `offline`: the endpoint cannot be reached or broke off. `invalid`: what the user gave cannot be used.
 * `changed`: it is no longer as it was read, so it was left alone. `failed`: AWS carried it out and it failed (a query, a run). `other`: anything AWS said that has no name here.
 */
export type ProblemKind =
  'signed-out' | 'denied' | 'missing' | 'throttled' | 'offline' | 'invalid' | 'changed' | 'failed' | 'other';

/** What a Problem was about, for the button beside its message. */
export interface ProblemDetails {
  /** The AWS action, `glue:GetTables`. */
  readonly action?: string;
  /** What it was done to: `centralbank_data.customer_transactions`, `s3://bucket/key`. */
  readonly target?: string;
  /** AWS's request id, for support. */
  readonly requestId?: string;
}

/** A failure that a user can understand, in one sentence; anything else that is thrown is a bug of ours. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly details: ProblemDetails;

  constructor(message: string, kind: ProblemKind, options: ErrorOptions & { details?: ProblemDetails } = {}) {
    super(message, options);
    this.name = 'Problem';
    this.kind = kind;
    this.details = options.details ?? {};
  }
}

/** True for what an aborted signal makes functions throw: it is silent everywhere. */
export function isCancel(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
