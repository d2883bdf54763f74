import { meets, type FilteredObject } from './filters';
import type { LifecycleDocument, LifecycleRule, LifecycleTransition } from './model';
import { isStorageClass, mayMove, smallObjectBytes, type StorageClass } from './storageClasses';

/** A current version of an object, as a listing gives it. */
export interface AgedObject extends FilteredObject {
  /** Whole days since it was written. */
  readonly ageDays: number;
  readonly storageClass: StorageClass;
}

/** Something that a rule does to an object; `day` is the object's age then, never less than its age now. */
export interface LifecycleEffect {
  readonly day: number;
  readonly rule: LifecycleRule;
}

export interface LifecycleEffects {
  /** In the order in which they happen. */
  readonly transitions: readonly (LifecycleEffect & { readonly to: StorageClass })[];
  /** Deleted for good; in a versioned bucket a delete marker is put on it instead. */
  readonly expiration: LifecycleEffect | undefined;
  /** Rules that would move it, were it not below 128 KB. */
  readonly tooSmallFor: readonly LifecycleRule[];
  /** A filter that meets it, or a date, could not be told: the rest is what is certain. */
  readonly incomplete: boolean;
}

/** What the bucket and the calendar add to a configuration. */
export interface EffectSettings {
  /** For rules with a date; without it they are left out. */
  readonly today?: Date;
  readonly versioned?: boolean;
}

/**
 * What a configuration does to an object from now on, and when. Of rules that overlap, the earlier expiration holds,
 * and of several moves on one day the one to the cheaper class; a deletion goes before a move, a move before a delete marker.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html
 */
export function effectsOn(
  document: LifecycleDocument,
  object: AgedObject,
  settings: EffectSettings = {},
): LifecycleEffects {
  const rules = document.rules.filter(
    ({ enabled, filter }) => enabled && filter.known && meets(filter, object),
  );
  return effectsOf(document, { object, rules }, settings);
}

/** The same for an object of which it is known already which enabled rules are for it. */
export function effectsOf(
  document: LifecycleDocument,
  {
    object,
    rules,
  }: {
    readonly object: Pick<AgedObject, 'bytes' | 'ageDays' | 'storageClass'>;
    readonly rules: readonly LifecycleRule[];
  },
  { today, versioned = false }: EffectSettings = {},
): LifecycleEffects {
  const enabled = document.rules.filter((rule) => rule.enabled);
  const undated = today === undefined && rules.some(hasDate);
  const ageOn = (date: string | undefined): number | undefined => ageOnDate(date, object.ageDays, today);
  const expiration = rules
    .flatMap((rule): readonly LifecycleEffect[] => {
      const { days = ageOn(rule.expiration?.date) } = rule.expiration ?? {};
      return rule.expiration === undefined || days === undefined
        ? []
        : [{ day: Math.max(days, object.ageDays), rule }];
    })
    .toSorted((a, b) => a.day - b.day)[0];
  const tooSmallFor: LifecycleRule[] = [];
  const moves: Move[] = [];
  for (const rule of rules) {
    for (const { storageClass, days, date } of rule.transitions) {
      const due = days ?? ageOn(date);
      if (due === undefined || !isStorageClass(storageClass)) continue;
      if (isTooSmall(document, { rule, bytes: object.bytes, to: storageClass })) {
        if (!tooSmallFor.includes(rule)) tooSmallFor.push(rule);
      } else moves.push({ day: Math.max(due, object.ageDays), to: storageClass, rule });
    }
  }
  const last = expiration === undefined ? Number.POSITIVE_INFINITY : expiration.day - (versioned ? 0 : 1);
  return {
    transitions: path(
      moves.filter(({ day }) => day <= last),
      object.storageClass,
    ),
    expiration,
    tooSmallFor,
    incomplete: undated || enabled.some(({ filter }) => !filter.known),
  };
}

type Move = LifecycleEffect & { readonly to: StorageClass };

/** Which move wins on one day: archives before all, then Intelligent-Tiering, then the cheaper class. */
const preferred: readonly StorageClass[] = [
  'DEEP_ARCHIVE',
  'GLACIER',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
  'ONEZONE_IA',
  'STANDARD_IA',
];

function path(moves: readonly Move[], from: StorageClass): readonly Move[] {
  const rank = ({ to }: Move): number => preferred.indexOf(to);
  const taken: Move[] = [];
  let at = from;
  for (const move of moves.toSorted((a, b) => a.day - b.day || rank(a) - rank(b))) {
    if (taken.at(-1)?.day === move.day || !mayMove(at, move.to)) continue;
    taken.push(move);
    at = move.to;
  }
  return taken;
}

// A size in the filter, in whichever direction, takes the place of the default.
function isTooSmall(
  { defaultMinimum }: LifecycleDocument,
  { rule, bytes, to }: { readonly rule: LifecycleRule; readonly bytes: number; readonly to: StorageClass },
): boolean {
  const { greaterThan, lessThan } = rule.filter;
  if (bytes >= smallObjectBytes || greaterThan !== undefined || lessThan !== undefined) return false;
  return defaultMinimum === 'all_storage_classes_128K' || (to !== 'GLACIER' && to !== 'DEEP_ARCHIVE');
}

function hasDate({ transitions, expiration }: LifecycleRule): boolean {
  const dated = ({ date, days }: Pick<LifecycleTransition, 'date' | 'days'>): boolean =>
    date !== undefined && days === undefined;
  return transitions.some(dated) || (expiration !== undefined && dated(expiration));
}

function ageOnDate(date: string | undefined, ageDays: number, today: Date | undefined): number | undefined {
  const at = date === undefined ? Number.NaN : Date.parse(date);
  if (today === undefined || Number.isNaN(at)) return undefined;
  return ageDays + Math.max(0, Math.ceil((at - today.getTime()) / 86_400_000));
}
