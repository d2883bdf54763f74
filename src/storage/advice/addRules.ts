import type { BucketLifecycle, RuleValue } from '../bucketStorage';
import { isSameLifecycle } from '../lifecycleChanges';
import type { AdvisedPlace } from './advicePage';

/** The rules that findings come with, by bucket; each ID once. */
export function advisedRules(places: readonly AdvisedPlace[]): ReadonlyMap<string, readonly RuleValue[]> {
  const found = new Map<string, RuleValue[]>();
  for (const one of places) {
    if (one.kind === 'failed') continue;
    const { bucket } = one.facts.place;
    for (const { rule } of one.findings) {
      if (rule === undefined) continue;
      const own = found.get(bucket) ?? [];
      if (!own.some(({ ID }) => ID === rule['ID'])) own.push(rule);
      found.set(bucket, own);
    }
  }
  return found;
}

/** A lifecycle with further rules at its end; one whose ID is taken gets a number, and one that is there already is left out. */
export function withRules(lifecycle: BucketLifecycle, rules: readonly RuleValue[]): BucketLifecycle {
  const { minimumSize } = lifecycle;
  const all = [...lifecycle.rules];
  for (const rule of rules) {
    const { ID, ...rest } = rule;
    const wished = typeof ID === 'string' ? ID : 'rule';
    const isThere = all.some((other) =>
      isSameLifecycle({ rules: [other], minimumSize }, { rules: [rest], minimumSize }),
    );
    if (isThere) continue;
    let id = wished;
    for (let number = 2; all.some((other) => other['ID'] === id); number += 1) id = `${wished}-${number}`;
    all.push({ ...rest, ID: id });
  }
  return { rules: all, minimumSize };
}
