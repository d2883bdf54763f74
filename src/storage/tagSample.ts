import { formatCount } from '../base/format';
import { pool } from '../base/pool';
import { isCancel, Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { meets } from '../documents/lifecycle/filters';
import type { LifecycleRule } from '../documents/lifecycle/model';
import type { ObjectFacts } from '../zones/objectDetails';
import type { StoredObject } from '../zones/objectStore';
import { countWords } from './figureWords';

/** Objects whose tags are read: each is a request. */
export const mostTagged = 200;

/** Some of the objects that a rule's prefix and sizes meet, each as likely as any other. */
export interface TagSample {
  add(objects: readonly StoredObject[]): void;
  readonly candidates: number;
  readonly chosen: readonly StoredObject[];
}

/** What the tags of some objects tell of a rule. */
export interface TagLook {
  /** Objects that its prefix and sizes meet. */
  readonly candidates: number;
  /** Whose tags were read. */
  readonly looked: number;
  /** Those of them that carry what the rule asks for. */
  readonly carrying: number;
  /** Why the others were not read. */
  readonly problem?: string;
}

/** Chooses objects for a look at their tags while they are listed. `random` in [0, 1). */
export function tagSample({ filter }: LifecycleRule, random: () => number): TagSample {
  const untagged = { ...filter, tags: [] };
  const chosen: StoredObject[] = [];
  let candidates = 0;
  return {
    get candidates() {
      return candidates;
    },
    chosen,
    add(objects) {
      for (const object of objects) {
        if (!meets(untagged, object)) continue;
        candidates += 1;
        // Each of so many has the same chance to stay: reservoir sampling.
        const at = candidates <= mostTagged ? candidates - 1 : Math.floor(random() * candidates);
        if (at < mostTagged) chosen[at] = object;
      }
    },
  };
}

/** Reads the tags of a sample and tells how many of its objects carry what the rule asks for; a denial ends it. */
export async function lookAtTags(
  facts: Pick<ObjectFacts, 'tags'>,
  request: {
    readonly connection: Connection;
    readonly bucket: string;
    readonly rule: LifecycleRule;
    readonly sample: TagSample;
    readonly onProgress?: (looked: number) => void;
  },
  signal: AbortSignal,
): Promise<TagLook> {
  const { connection, bucket, rule, sample, onProgress } = request;
  let looked = 0;
  let carrying = 0;
  let problem: string | undefined;
  const work = pool<StoredObject>(
    16,
    async ({ key, bytes }) => {
      if (problem !== undefined) return;
      try {
        const tags = await facts.tags(connection, { bucket, key }, signal);
        looked += 1;
        if (meets(rule.filter, { key, bytes, tags })) carrying += 1;
        onProgress?.(looked);
      } catch (error) {
        if (isCancel(error) || !(error instanceof Problem)) throw error;
        // Deleted since it was listed; anything else would be the same for each of them.
        if (error.kind !== 'missing') problem ??= error.message;
      }
    },
    signal,
  );
  for (const object of sample.chosen) work.add(object);
  await work.done();
  const { candidates } = sample;
  return { candidates, looked, carrying, ...(problem === undefined ? {} : { problem }) };
}

/** What a look at tags came to, in a sentence. */
export function tagWords({ candidates, looked, carrying, problem }: TagLook): string {
  const stopped = problem === undefined ? '' : ` ${problem}`;
  if (looked === 0) return `No tags could be read.${stopped}`;
  const share = Math.round((100 * carrying) / looked);
  const all = looked === candidates;
  const carry = carrying === 1 ? 'carries' : 'carry';
  return all
    ? `Tags of all ${countWords(looked, 'object')} were read: ${countWords(carrying, 'object')} ${carry} what it asks for.${stopped}`
    : `Tags of ${countWords(looked, 'object')} were read, drawn by lot: ${formatCount(carrying)} of them ${carry} what it asks for, so about ${share} % of ${countWords(candidates, 'object')}.${stopped}`;
}
