import { readJson } from '../documents/data/json';
import { readLifecycle } from '../documents/lifecycle/document';
import type { LifecycleDocument, LifecycleRule } from '../documents/lifecycle/model';
import { conditionKey } from './objectCells';
import type { RuleListing } from './listForRules';
import type { LifecycleFigures } from './ruleFigures';
import { actsOnObjects, ruleLens } from './ruleLens';
import type { StoragePrices } from './storagePrices';
import { mostTagged } from './tagSample';
import { unseenWords, type Unseen } from './unseen';

/** One line above a rule. */
export interface PlacedLens {
  readonly offset: number;
  /** The rule's name, as figures and listings know it. */
  readonly rule: string;
  readonly title: string;
  readonly tooltip: string;
  /** `figures`: chosen for its page; `unlisted`: nothing was listed for it; `tags`: chosen for a look at tags; `still`: nothing to choose. */
  readonly kind: 'figures' | 'unlisted' | 'tags' | 'still';
}

/** The lines above the rules of a document: what each catches where that is known, and whether it touches a prefix. */
export function ruleLenses(
  text: string,
  known: {
    readonly figures?: {
      readonly figures: LifecycleFigures;
      readonly listing: RuleListing;
      readonly unseen: Unseen;
      readonly prices: StoragePrices;
    };
    /** Rules that touch it say so. */
    readonly prefix?: string;
  },
): readonly PlacedLens[] {
  const document = readLifecycle(readJson(text));
  return document.rules.flatMap((rule, at): readonly PlacedLens[] => {
    const offset = rule.node.start;
    const place = { offset, rule: rule.name };
    const { prefix, figures } = known;
    const touch: readonly PlacedLens[] =
      prefix !== undefined && touches(rule, prefix)
        ? [
            {
              ...place,
              kind: 'still',
              title: `$(arrow-small-right) Touches ${prefix}`,
              tooltip: 'Its prefix holds the chosen one, or lies within it',
            },
          ]
        : [];
    if (!actsOnObjects(rule)) {
      const said = figures === undefined ? [] : unseenWords(rule, figures.unseen, figures.prices);
      if (said.length === 0) return touch;
      return [...touch, { ...place, kind: 'figures', title: capital(said.join(', ')), tooltip: '' }];
    }
    const own = figures?.figures.rules[at];
    if (own === undefined || figures === undefined || !isRuleListed(figures.listing, rule))
      return [...touch, { ...place, kind: 'unlisted', title: '', tooltip: '' }];
    const { title, tooltip } = ruleLens(own, figures.prices.basis);
    const tags: readonly PlacedLens[] =
      own.state !== 'tagged'
        ? []
        : [
            {
              ...place,
              kind: 'tags',
              title: '$(tag) Look at tags',
              tooltip: `Reads the tags of ${mostTagged} objects at most, drawn by lot: a request each`,
            },
          ];
    return [...touch, { ...place, kind: 'figures', title, tooltip }, ...tags];
  });
}

/** Whether a rule acts on objects below a prefix, or on some of them; tags and sizes aside. */
export function touches({ filter }: LifecycleRule, prefix: string): boolean {
  return filter.prefix.startsWith(prefix) || prefix.startsWith(filter.prefix);
}

/** The rules of a document that touch a prefix. */
export function rulesTouching({ rules }: LifecycleDocument, prefix: string): readonly LifecycleRule[] {
  return rules.filter((rule) => touches(rule, prefix));
}

/** Whether a listing holds all objects that a rule's filter may meet, told apart as it asks. */
export function isRuleListed(listing: RuleListing, { filter }: LifecycleRule): boolean {
  const key = conditionKey(filter);
  return (
    listing.prefixes.some((prefix) => filter.prefix.startsWith(prefix)) &&
    listing.conditions.some((condition) => conditionKey(condition) === key)
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
