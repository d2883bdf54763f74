import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { ObjectStore, StoredObject } from '../zones/objectStore';
import { eachItem } from './eachItem';
import type { FoundFiles, LocalFile } from './localFiles';
import type { WriteCondition } from './objectWriter';
import { pacedCalls } from './pacedCalls';

/** One file on its way to S3. */
export interface UploadItem extends Omit<LocalFile, 'name'> {
  readonly key: string;
  /** What was at the key when it was planned: a file that came since is not overwritten. */
  readonly condition: WriteCondition;
}

/** What an upload will do. */
export interface UploadPlan {
  readonly bucket: string;
  readonly prefix: string;
  readonly items: readonly UploadItem[];
  /** Objects that would be overwritten. */
  readonly existing: readonly StoredObject[];
  /** Keys of which it could not be seen whether they exist: they are written only if they do not. */
  readonly unseen: number;
  readonly left: FoundFiles['left'];
}

/** Looks up, with a request a file, which objects an upload would overwrite. */
export async function planUpload(
  store: ObjectStore,
  request: {
    readonly connection: Connection;
    readonly bucket: string;
    readonly prefix: string;
    readonly found: FoundFiles;
    readonly onProgress?: (looked: number) => void;
  },
  signal: AbortSignal,
): Promise<UploadPlan> {
  const { connection, bucket, prefix, found } = request;
  const calls = pacedCalls({ width: 32 }, signal);
  const existing = new Map<string, StoredObject>();
  let unseen = 0;
  let looked = 0;
  await eachItem(
    {
      items: found.files,
      width: 32,
      run: async ({ name }) => {
        const key = `${prefix}${name}`;
        try {
          existing.set(key, await calls(() => store.head(connection, { bucket, key }, signal)));
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          // Without the right to list, S3 says "denied" of what is not there.
          if (error.kind === 'denied') unseen += 1;
          else if (error.kind !== 'missing') throw error;
        }
        looked += 1;
        request.onProgress?.(looked);
      },
      together: true,
    },
    signal,
  );
  return {
    bucket,
    prefix,
    items: found.files.map(({ name, ...file }): UploadItem => {
      const key = `${prefix}${name}`;
      const etag = existing.get(key)?.etag;
      const there: WriteCondition = existing.has(key)
        ? etag === undefined
          ? { kind: 'any' }
          : { kind: 'over', etag }
        : { kind: 'new' };
      return { ...file, key, condition: there };
    }),
    existing: [...existing.values()],
    unseen,
    left: found.left,
  };
}

/** The files of a plan that are sent: all, or only those that overwrite nothing. */
export function chosenUploads(plan: UploadPlan, choice: 'replace' | 'keep'): readonly UploadItem[] {
  return choice === 'replace' ? plan.items : plan.items.filter(({ condition }) => condition.kind === 'new');
}
