import { isInside, overlap } from '../../../documents/lifecycle/filters';
import type { LifecycleRule } from '../../../documents/lifecycle/model';
import { mayMove, storageClasses, type StorageClass } from '../../../documents/lifecycle/storageClasses';
import { defineRule } from '../../rule';
import { versionActions, type VersionActions } from './lifecycleActions';

/** Two rules that want different things of the same objects. */
export const s3OverlappingRules = defineRule({
  code: 'S3L10',
  id: 's3-overlapping-rules',
  dialects: ['s3-lifecycle'],
  severity: 'warning',
  title: 'Let no two rules disagree about the same objects',
  why: 'Where rules overlap the narrower one does not win: the earlier deletion does, and of two moves the one to the cheaper class. A folder that is to be kept for ten years goes with the rest of its parent folder. Where it is the narrower rule that wins, which is mostly meant, this is information.',
  sources: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html'],
  bad: `{
  "Rules": [
    {
      "ID": "all-payments",
      "Status": "Enabled",
      "Filter": { "Prefix": "payments/" },
      "Expiration": { "Days": 730 }
    },
    {
      "ID": "disputed-payments",
      "Status": "Enabled",
      "Filter": { "Prefix": "payments/disputed/" },
      "Expiration": { "Days": 3650 }
    }
  ]
}`,
  good: `{
  "Rules": [
    {
      "ID": "settled-payments",
      "Status": "Enabled",
      "Filter": { "Prefix": "payments/settled/" },
      "Expiration": { "Days": 730 }
    },
    {
      "ID": "disputed-payments",
      "Status": "Enabled",
      "Filter": { "Prefix": "payments/disputed/" },
      "Expiration": { "Days": 3650 }
    }
  ]
}`,
  check: {
    's3-lifecycle'({ rules }, { report }) {
      const enabled = rules.filter((rule) => rule.enabled && rule.filter.known);
      for (const [at, one] of enabled.entries()) {
        for (const other of enabled.slice(at + 1)) {
          if (!overlap(one.filter, other.filter)) continue;
          const conflict = conflictOf(one, other);
          if (conflict === undefined) continue;
          const { loser, winner, outcome } = conflict;
          const isNarrower = isInside(winner.filter, loser.filter) && !isInside(loser.filter, winner.filter);
          report(
            loser.span,
            `${outcome} (${loser.name} and ${winner.name} are for the same objects${placeOf(one, other)}).`,
            isNarrower ? { severity: 'information' } : {},
          );
        }
      }
    },
  },
});

interface Conflict {
  readonly loser: LifecycleRule;
  readonly winner: LifecycleRule;
  /** What happens, and what does not. */
  readonly outcome: string;
}

function conflictOf(one: LifecycleRule, other: LifecycleRule): Conflict | undefined {
  const [ours, theirs] = [versionActions(one), versionActions(other)];
  for (const [at, mine] of ours.entries()) {
    const its = theirs[at];
    if (its === undefined) continue;
    const conflict =
      expirations([one, mine], [other, its]) ??
      lateMove([one, mine], [other, its]) ??
      lateMove([other, its], [one, mine]) ??
      moves([one, mine], [other, its]) ??
      moves([other, its], [one, mine]);
    if (conflict !== undefined) return conflict;
  }
  return undefined;
}

type Side = readonly [rule: LifecycleRule, actions: VersionActions];

function expirations([one, a]: Side, [other, b]: Side): Conflict | undefined {
  if (a.expiration === undefined || b.expiration === undefined) return undefined;
  const [first, second] = [a.expiration.days, b.expiration.days];
  if (first === second) return undefined;
  const [winner, loser] = first < second ? [one, other] : [other, one];
  return {
    winner,
    loser,
    outcome: `Deleted on day ${Math.min(first, second)} by ${winner.name}, not on day ${Math.max(first, second)}`,
  };
}

/** A move on a day on which the other rule has deleted the object. */
function lateMove([winner, { expiration }]: Side, [loser, { transitions }]: Side): Conflict | undefined {
  const late = transitions.find(({ days }) => expiration !== undefined && days >= expiration.days);
  if (late === undefined || expiration === undefined) return undefined;
  return {
    winner,
    loser,
    outcome: `Deleted on day ${expiration.days} by ${winner.name}, so never moved to ${titleOf(late.storageClass)} on day ${late.days}`,
  };
}

/** A move that the other rule's earlier one has made impossible or needless. */
function moves([winner, a]: Side, [loser, b]: Side): Conflict | undefined {
  for (const earlier of a.transitions) {
    for (const later of b.transitions) {
      const isSame = earlier.storageClass === later.storageClass;
      const isFirst =
        earlier.days < later.days ||
        (earlier.days === later.days && mayMove(later.storageClass, earlier.storageClass));
      if (
        !isFirst ||
        (!isSame && earlier.days < later.days && mayMove(earlier.storageClass, later.storageClass))
      )
        continue;
      return {
        winner,
        loser,
        outcome: `Moved to ${titleOf(earlier.storageClass)} on day ${earlier.days} by ${winner.name}, so not to ${isSame ? 'it' : titleOf(later.storageClass)} on day ${later.days}`,
      };
    }
  }
  return undefined;
}

function placeOf({ filter: a }: LifecycleRule, { filter: b }: LifecycleRule): string {
  const prefix = a.prefix.length > b.prefix.length ? a.prefix : b.prefix;
  return prefix === '' ? '' : ` below ${prefix}`;
}

function titleOf(name: StorageClass): string {
  return storageClasses[name].title;
}
