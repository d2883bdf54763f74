import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { formatS3Uri } from '../zones/s3Uri';
import type { FilePorts } from './objectFile';
import type { ObjectPlace } from './objectWriter';
import { type SaveBase, saveObject, type SaveOutcome } from './saveObject';

/** What somebody decides when a save meets another version, or none. */
export type ConflictChoice = 'compare' | 'overwrite' | 'save-as' | 'keep-both';

/** A save that meets somebody else's. */
export type Clash = Extract<SaveOutcome, { kind: 'conflict' | 'removed' }>;

/** Who is asked; each may show a dialog. */
export interface SaveDialogs {
  readonly onClash: (name: string, clash: Clash) => Promise<ConflictChoice>;
  /** Shows their version beside the one that was not saved. */
  readonly compare: (theirs: { readonly etag: string; readonly bytes: Uint8Array }) => Promise<void>;
  /** Whether to write without tags that may not be read. */
  readonly mayDropTags: (name: string, tags: number) => Promise<boolean>;
  /** Another key for this version; `undefined` for none. */
  readonly otherKey: (place: ObjectPlace) => Promise<string | undefined>;
  readonly onSavedAs: (place: ObjectPlace) => Promise<void>;
}

/**
 * Writes an edited object and returns its new ETag. When somebody else wrote or removed it meanwhile nothing is
 * overwritten unless that is decided, and then only what was shown. In every other case it ends with a Problem of kind
 * `changed`, so that the edit stays where it is.
 */
export async function saveAsking(
  { ports, dialogs }: { readonly ports: FilePorts; readonly dialogs: SaveDialogs },
  save: {
    readonly connection: Connection;
    readonly place: ObjectPlace;
    readonly body: Uint8Array;
    readonly base: SaveBase;
  },
  signal: AbortSignal,
): Promise<string> {
  const name = formatS3Uri(save.place);
  let { base } = save;
  let tags: 'kept' | 'dropped' = 'kept';
  for (;;) {
    const request = { ...save, base, ...(tags === 'dropped' ? { dropTags: true as const } : {}) };
    const outcome = await saveObject(ports, request, signal);
    switch (outcome.kind) {
      case 'saved':
        return outcome.etag;
      case 'tags-unread': {
        const { problem } = outcome;
        if (!(await dialogs.mayDropTags(name, outcome.tags))) {
          throw new Problem(
            `${name} was not saved, since its tags would be lost: ${problem.message}`,
            'denied',
            {
              cause: problem,
              details: problem.details,
            },
          );
        }
        tags = 'dropped';
        break;
      }
      case 'conflict':
      case 'removed': {
        const choice = await dialogs.onClash(name, outcome);
        if (choice === 'compare' && outcome.kind === 'conflict')
          await dialogs.compare({ etag: outcome.etag, bytes: outcome.theirs });
        const savedAs = choice === 'save-as' ? await saveBeside({ ports, dialogs }, save, signal) : undefined;
        if (choice !== 'overwrite') throw notSaved(name, outcome, savedAs);
        // Over what was just shown, and over nothing that comes after it.
        base = outcome.kind === 'conflict' ? { kind: 'version', etag: outcome.etag } : { kind: 'new' };
      }
    }
  }
}

async function saveBeside(
  { ports, dialogs }: { readonly ports: FilePorts; readonly dialogs: SaveDialogs },
  save: { readonly connection: Connection; readonly place: ObjectPlace; readonly body: Uint8Array },
  signal: AbortSignal,
): Promise<string | undefined> {
  const key = await dialogs.otherKey(save.place);
  if (key === undefined) return undefined;
  const place = { bucket: save.place.bucket, key };
  const outcome = await saveObject(ports, { ...save, place, base: { kind: 'new' } }, signal);
  if (outcome.kind !== 'saved') {
    throw new Problem(
      `${formatS3Uri(place)} exists already, so nothing was written: choose another key.`,
      'changed',
    );
  }
  await dialogs.onSavedAs(place);
  return formatS3Uri(place);
}

function notSaved(name: string, { kind }: Clash, savedAs: string | undefined): Problem {
  const happened =
    kind === 'removed'
      ? `${name} was removed by somebody else`
      : `${name} was written by somebody else since it was read`;
  if (savedAs !== undefined)
    return new Problem(
      `${happened}, so your version was saved as ${savedAs}: revert this one to see theirs.`,
      'changed',
    );
  const kept = kind === 'removed' ? 'your version is in the editor' : 'both versions are kept';
  return new Problem(`${happened}, so it was not saved: ${kept}.`, 'changed');
}

/** A key beside another: `a/b.mine.csv`. */
export function keyBeside(key: string): string {
  const end = key.lastIndexOf('.');
  const isEnding = end > key.lastIndexOf('/') + 1;
  return isEnding ? `${key.slice(0, end)}.mine${key.slice(end)}` : `${key}.mine`;
}
