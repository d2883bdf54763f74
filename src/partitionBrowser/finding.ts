import { formatCount } from '../base/format';

/** What a link behind a finding does. */
export type FindingAction =
  | 'repair'
  | 'setFreshness'
  | 'checkProjection'
  | 'authorProjection'
  | 'listIndexes'
  | 'createIndex'
  | 'loadAll';

/** Something worth knowing of a table's partitions, in a sentence. */
export interface Finding {
  /** `problem`: something that queries or bills will show. */
  readonly severity: 'problem' | 'note';
  readonly sentence: string;
  /** What the sentence counts, one by one, the first of many. */
  readonly items?: readonly string[];
  readonly action?: { readonly kind: FindingAction; readonly label: string };
}

/** Items that are told one by one. */
export const mostItems = 100;

/** The items that are told and, where there are more, how many. */
export function listed(items: readonly string[], count: number): readonly string[] {
  return count > items.length ? [...items, `and ${formatCount(count - items.length)} more`] : items;
}
