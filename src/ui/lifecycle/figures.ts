import * as vscode from 'vscode';
import { readJson } from '../../documents/data/json';
import { readLifecycle } from '../../documents/lifecycle/document';
import type { LifecycleDocument } from '../../documents/lifecycle/model';
import { lifecycleFigures, type LifecycleFigures } from '../../storage/ruleFigures';
import { actsOnObjects } from '../../storage/ruleLens';
import { isRuleListed } from '../../storage/ruleLenses';
import { storagePrices, type StoragePrices } from '../../storage/storagePrices';
import type { RuleListing } from '../../storage/listForRules';
import type { Unseen } from '../../storage/unseen';
import type { KnownEffects, LifecycleState } from './lifecycleFiles';

/** What a document does to the objects that were listed for it, as it stands now. */
export interface DocumentFigures {
  readonly document: LifecycleDocument;
  readonly figures: LifecycleFigures;
  readonly listing: RuleListing;
  readonly unseen: Unseen;
  readonly prices: StoragePrices;
}

/** Lenses are drawn again for every key: what was reckoned for a listing and a text stays with the listing. */
const kept = new WeakMap<RuleListing, { readonly key: string; readonly found: DocumentFigures }>();

/** The figures of a document by the listing of its bucket; `undefined` where nothing was listed. */
export function figuresFor(state: LifecycleState, text: string): DocumentFigures | undefined {
  const { effects, connection } = state;
  if (effects === undefined) return undefined;
  const prices = pricesFor(connection.region);
  const key = JSON.stringify([text, prices]);
  const known = kept.get(effects.listing);
  if (known?.key === key) return known.found;
  const found = reckoned(effects, { text, prices });
  kept.set(effects.listing, { key, found });
  return found;
}

/** Whether every rule that acts on objects was listed for. */
export function isWhole({ document, listing }: DocumentFigures): boolean {
  return document.rules.every((rule) => !rule.enabled || !actsOnObjects(rule) || isRuleListed(listing, rule));
}

function reckoned(
  effects: KnownEffects,
  { text, prices }: { readonly text: string; readonly prices: StoragePrices },
): DocumentFigures {
  const { listing, unseen, versioned = false } = effects;
  const document = readLifecycle(readJson(text));
  const figures = lifecycleFigures(document, listing, { prices, today: listing.at, versioned });
  return { document, figures, listing, unseen, prices };
}

/** By storage class; whatever else somebody wrote is passed over. */
type OwnPrices = Readonly<Record<string, unknown>>;

/** The prices to reckon with in a region, those of the settings before the list's. */
export function pricesFor(region: string): StoragePrices {
  const settings = vscode.workspace.getConfiguration('lakeWorkbench.storage');
  return storagePrices(region, settings.get<OwnPrices>('prices') ?? {});
}
