import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { QueryEngine } from './queryEngine';

/** What the user chose for a connection; remembered by whoever asked. */
export interface TargetChoice {
  readonly workGroup?: string;
  readonly database?: string;
  readonly catalog?: string;
  /** `s3://bucket/prefix/`. */
  readonly outputLocation?: string;
}

/** Where a statement runs and where its result goes. */
export interface QueryTarget {
  readonly workGroup: string;
  readonly database?: string;
  readonly catalog?: string;
  /** Absent: the work group's own. */
  readonly outputLocation?: string;
  /** Bytes after which Athena cancels a query of this work group. */
  readonly bytesCutoff?: number;
}

/** The work group that every account has. */
export const defaultWorkGroup = 'primary';

/**
 * The target of a run, or what must be asked for first: an output location where neither the work group nor
 * the choice has one. A work group that may not be read is used as chosen, and Athena decides.
 */
export async function resolveTarget(
  from: { readonly engine: QueryEngine; readonly connection: Connection },
  choice: TargetChoice,
  signal: AbortSignal,
): Promise<
  | { readonly kind: 'ready'; readonly target: QueryTarget }
  | { readonly kind: 'needs-output'; readonly workGroup: string }
> {
  const name = choice.workGroup || defaultWorkGroup;
  const place = {
    workGroup: name,
    ...(choice.database ? { database: choice.database } : {}),
    ...(choice.catalog ? { catalog: choice.catalog } : {}),
  };
  const output = choice.outputLocation ? { outputLocation: outputUri(choice.outputLocation) } : {};
  let group;
  try {
    group = await from.engine.workGroup(from.connection, { name }, signal);
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'denied') throw error;
    return { kind: 'ready', target: { ...place, ...output } };
  }
  if (group.state === 'disabled') {
    throw new Problem(`Work group ${name} is disabled: enable it or choose another.`, 'invalid');
  }
  const cutoff = group.bytesCutoff === undefined ? {} : { bytesCutoff: group.bytesCutoff };
  if (group.outputLocation !== undefined && (group.enforced === true || !choice.outputLocation)) {
    return { kind: 'ready', target: { ...place, ...cutoff } };
  }
  if (!choice.outputLocation) return { kind: 'needs-output', workGroup: name };
  return { kind: 'ready', target: { ...place, ...output, ...cutoff } };
}

/** An output location as Athena takes it, with its closing slash; a Problem for anything that is no S3 URI. */
export function outputUri(text: string): string {
  const uri = text.trim();
  if (!/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?$/.test(uri)) {
    throw new Problem(
      `The output location ${text} is not an S3 URI: write it as s3://bucket/prefix/.`,
      'invalid',
    );
  }
  return uri.endsWith('/') ? uri : `${uri}/`;
}
