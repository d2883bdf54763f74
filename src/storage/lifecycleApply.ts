import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { readJson } from '../documents/data/json';
import { readLifecycle } from '../documents/lifecycle/document';
import { isForAll } from '../documents/lifecycle/filters';
import type { BucketLifecycle, BucketStorage } from './bucketStorage';
import { countWords, deedWords } from './figureWords';
import { isSameLifecycle, lifecycleChanges, type RuleChange } from './lifecycleChanges';
import { lifecycleText, readLifecycleText } from './lifecycleText';
import type { LifecycleFigures } from './ruleFigures';
import { saveVersion } from './savedLifecycles';

/** What applying a document would do. */
export type ApplyPlan =
  /** The bucket has it already. */
  | { readonly kind: 'same'; readonly current: BucketLifecycle | undefined }
  /** Somebody else has changed the bucket since the document was read from it: nothing is put over that. */
  | { readonly kind: 'changed'; readonly current: BucketLifecycle | undefined }
  | {
      readonly kind: 'ready';
      readonly current: BucketLifecycle | undefined;
      readonly wanted: BucketLifecycle;
      readonly changes: readonly RuleChange[];
    };

/** What is asked before a lifecycle is changed. */
export interface ApplyQuestion {
  readonly message: string;
  readonly detail: string;
  readonly button: string;
  /** The bucket's name must be typed: production, or all of a bucket would be deleted. */
  readonly typed: boolean;
}

/**
 * Compares a document with its bucket as it is now. `base` is what the bucket had when the document was made: where it
 * has something else by now, the plan says so. Throws Problems for a document that S3 would not take, and over a
 * read-only connection.
 */
export async function planApply(
  storage: Pick<BucketStorage, 'lifecycle'>,
  request: {
    readonly connection: Connection;
    readonly bucket: string;
    readonly text: string;
    readonly base: BucketLifecycle | undefined;
  },
  signal: AbortSignal,
): Promise<ApplyPlan> {
  const { connection, bucket, text, base } = request;
  if (connection.readOnly) {
    throw new Problem(
      `${connection.name} is read only by lakeWorkbench.connection.readOnly: the lifecycle of s3://${bucket} was not changed.`,
      'denied',
    );
  }
  const wanted = readLifecycleText(text, bucket);
  const current = await storage.lifecycle(connection, { bucket }, signal);
  if (isSameLifecycle(current, wanted)) return { kind: 'same', current };
  if (!isSameLifecycle(current, base)) return { kind: 'changed', current };
  return { kind: 'ready', current, wanted, changes: lifecycleChanges(current, wanted) };
}

/** What to ask before a plan is carried out: the bucket by name, each rule that changes, and what is deleted at once. */
export function applyQuestion(
  plan: Extract<ApplyPlan, { kind: 'ready' }>,
  target: { readonly connection: Connection; readonly bucket: string },
  figures?: LifecycleFigures,
): ApplyQuestion {
  const { changes, wanted, current } = plan;
  const { connection, bucket } = target;
  const all = wanted.rules.length === 0;
  const emptied = emptying(wanted);
  const detail = [
    ...changes.slice(0, mostNamed).map(changeLine),
    ...(changes.length > mostNamed ? [`… and ${changes.length - mostNamed} more`] : []),
    ...(current !== undefined && !all && current.minimumSize !== wanted.minimumSize
      ? [`TransitionDefaultMinimumObjectSize: ${current.minimumSize} → ${wanted.minimumSize}`]
      : []),
    ...emptied.map((name) => `${name} deletes every object of the bucket in time.`),
    ...(figures === undefined ? [] : [`At its next daily run S3 ${deedWords(figures.now)}, as last listed.`]),
    ...(connection.production ? [`${connection.name} is production.`] : []),
    'What the bucket has now is kept: Restore Previous Lifecycle brings it back.',
  ];
  return {
    message: all
      ? `Remove the whole lifecycle of s3://${bucket} (${countWords(current?.rules.length ?? 0, 'rule')})? Nothing there moves or expires any more.`
      : `Apply ${countWords(changes.length, 'change')} to the lifecycle of s3://${bucket}?`,
    detail: detail.join('\n'),
    button: all ? 'Remove Lifecycle' : 'Apply',
    typed: connection.production || emptied.length > 0,
  };
}

const mostNamed = 12;

function changeLine({ kind, name, before, after }: RuleChange): string {
  switch (kind) {
    case 'added':
      return `+ ${name}: ${after ?? ''}`;
    case 'removed':
      return `− ${name}: ${before ?? ''}`;
    case 'changed':
      return `~ ${name}: ${before ?? ''} → ${after ?? ''}`;
  }
}

/** Enabled rules that delete by age whatever the bucket holds. */
function emptying(lifecycle: BucketLifecycle): readonly string[] {
  return readLifecycle(readJson(lifecycleText('any', lifecycle)))
    .rules.filter(
      ({ enabled, filter, expiration }) =>
        enabled && isForAll(filter) && expiration !== undefined && !expiration.deleteMarkers,
    )
    .map(({ name }) => name);
}

/** How it turned out. */
export interface Applied {
  /** What the bucket has now, as S3 gives it back; the IDs that S3 makes are in it. */
  readonly now: BucketLifecycle | undefined;
  /** Where the lifecycle before is kept. */
  readonly saved: string;
  /** S3 still gives another than was put: it may take a moment. */
  readonly stale: boolean;
}

/**
 * Carries a plan out: keeps what the bucket has in a file, puts the rules (or deletes the lifecycle where there is none
 * left), and reads them back. What cannot be kept is not changed.
 */
export async function carryOut(
  storage: Pick<BucketStorage, 'lifecycle' | 'putLifecycle' | 'deleteLifecycle'>,
  request: {
    readonly connection: Connection;
    readonly bucket: string;
    readonly plan: Extract<ApplyPlan, { kind: 'ready' }>;
    /** Of the versions that are kept. */
    readonly folder: string;
    readonly now: Date;
  },
  signal: AbortSignal,
): Promise<Applied> {
  const { connection, bucket, plan, folder, now } = request;
  const { current, wanted } = plan;
  const saved = await saveVersion(folder, { connection, bucket, lifecycle: current, savedAt: now });
  if (wanted.rules.length === 0) await storage.deleteLifecycle(connection, { bucket }, signal);
  else {
    try {
      await storage.putLifecycle(connection, { bucket, lifecycle: wanted }, signal);
    } catch (error) {
      throw isMalformed(error)
        ? new Problem(
            `S3 does not take these rules for s3://${bucket} (MalformedXML), and nothing was changed: look at the findings in the document.`,
            'invalid',
            { cause: error },
          )
        : error;
    }
  }
  const put = wanted.rules.length === 0 ? undefined : wanted;
  const back = await readBack(storage, request, { put, signal });
  return { ...back, saved };
}

async function readBack(
  storage: Pick<BucketStorage, 'lifecycle'>,
  { connection, bucket }: { readonly connection: Connection; readonly bucket: string },
  { put, signal }: { readonly put: BucketLifecycle | undefined; readonly signal: AbortSignal },
): Promise<Omit<Applied, 'saved'>> {
  try {
    const now = await storage.lifecycle(connection, { bucket }, signal);
    const stale = !isSameLifecycle(now, put);
    return { now: stale ? put : now, stale };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { now: put, stale: false }; // it was put, and who may write need not be allowed to read
  }
}

function isMalformed(error: unknown): boolean {
  return error instanceof Problem && error.cause instanceof Error && error.cause.name === 'MalformedXML';
}
