import type { LifecycleAction, LifecycleRule, LifecycleTransition } from '../../../documents/lifecycle/model';
import { isStorageClass, type StorageClass } from '../../../documents/lifecycle/storageClasses';

/** What a rule does to one kind of version. */
export interface VersionActions {
  readonly kind: 'current' | 'noncurrent';
  readonly transitions: readonly DatedMove[];
  readonly expiration: (LifecycleAction & { readonly days: number }) | undefined;
}

/** A transition whose day and class are known. */
export type DatedMove = Omit<LifecycleTransition, 'days' | 'storageClass'> & {
  readonly days: number;
  readonly storageClass: StorageClass;
};

/** What a rule does to current versions and, counted on its own, to noncurrent ones; what is not known is left out. */
export function versionActions(rule: LifecycleRule): readonly VersionActions[] {
  return [
    {
      kind: 'current',
      transitions: movesOf(rule.transitions),
      expiration: withDays(rule.expiration),
    },
    {
      kind: 'noncurrent',
      transitions: movesOf(rule.noncurrentTransitions),
      expiration: withDays(rule.noncurrentExpiration),
    },
  ];
}

/** In the order in which objects move on; on one day as the classes follow each other. */
export const downwards: readonly StorageClass[] = [
  'STANDARD',
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
];

function movesOf(transitions: readonly LifecycleTransition[]): readonly DatedMove[] {
  return transitions
    .flatMap(({ days, storageClass, ...rest }): readonly DatedMove[] =>
      days !== undefined && isStorageClass(storageClass) ? [{ ...rest, days, storageClass }] : [],
    )
    .toSorted(
      (a, b) => a.days - b.days || downwards.indexOf(a.storageClass) - downwards.indexOf(b.storageClass),
    );
}

function withDays(
  action: LifecycleAction | undefined,
): (LifecycleAction & { readonly days: number }) | undefined {
  return action?.days === undefined ? undefined : { ...action, days: action.days };
}
