import type { Connection } from '../connection/connection';
import type { ObjectFacts } from '../zones/objectDetails';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import { listSource, type TransferSource } from './listBelow';
import { Problem } from '../base/problem';

/** What a bucket does with what is removed: `on` keeps it behind a delete marker, all else is no way back. */
export type Versioning = 'on' | 'suspended' | 'never' | 'unknown';

/** What a deletion will remove. */
export interface RemovalPlan {
  readonly source: TransferSource;
  readonly objects: readonly StoredObject[];
  readonly versioning: Versioning;
  /** A deletion then asks for a device: S3 refuses to remove versions without it, delete markers are no such thing. */
  readonly mfaDelete: boolean;
}

/** Lists what a deletion will remove, and whether there is a way back. Removes nothing. */
export async function planRemoval(
  lake: { readonly store: ObjectStore; readonly facts: Pick<ObjectFacts, 'versioning'> },
  request: {
    readonly connection: Connection;
    readonly source: TransferSource;
    readonly onProgress?: (objects: number) => void;
  },
  signal: AbortSignal,
): Promise<RemovalPlan> {
  const { connection, source } = request;
  const [objects, bucket] = await Promise.all([
    listSource(lake.store, request, signal),
    versioningOf(lake.facts, { connection, bucket: source.bucket }, signal),
  ]);
  return { source, objects, ...bucket };
}

/** `unknown` where it may not be asked: then nobody may count on a way back. */
async function versioningOf(
  facts: Pick<ObjectFacts, 'versioning'>,
  { connection, bucket }: { readonly connection: Connection; readonly bucket: string },
  signal: AbortSignal,
): Promise<{ readonly versioning: Versioning; readonly mfaDelete: boolean }> {
  try {
    return await facts.versioning(connection, { bucket }, signal);
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === 'signed-out') throw error;
    return { versioning: 'unknown', mfaDelete: false };
  }
}
