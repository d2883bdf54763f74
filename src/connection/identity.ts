import type { Connection } from './connection';

/** Whom AWS takes a connection for. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
  /** The short name people use: `role/analyst`, `user/jane`. */
  readonly principal: string;
}

/** Asks AWS who is calling; needs no permission. Errors are Problems. */
export interface IdentityReader {
  caller(connection: Connection, signal: AbortSignal): Promise<Caller>;
}

/** `role/analyst` out of `arn:aws:sts::111122223333:assumed-role/analyst/session`; `undefined` for what is no principal's ARN. */
export function principalOf(arn: string): string | undefined {
  const found = /^arn:[\w-]+:(?:sts|iam)::\d*:(assumed-role|role|user|federated-user|root)\/?(.*)$/.exec(arn);
  if (found === null) return undefined;
  const [, kind = '', path = ''] = found;
  if (kind === 'root') return 'root';
  if (kind === 'assumed-role') return `role/${path.split('/')[0] ?? ''}`;
  return `${kind}/${path.split('/').at(-1) ?? ''}`;
}
