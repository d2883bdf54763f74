import { formatBytes } from '../base/format';
import type { LifecycleRule } from '../documents/lifecycle/model';
import { amountWords, caughtAmount, deedWords, moneyWords, trapWords } from './figureWords';
import type { RuleFigures } from './ruleFigures';

/** What a lens above a rule says of it, and what it says on hovering. */
export interface RuleLens {
  readonly title: string;
  readonly tooltip: string;
}

/** The one line that a rule's figures come to. */
export function ruleLens(figures: RuleFigures, basis: string): RuleLens {
  const traps = trapWords(figures);
  const title = lensTitle(figures);
  const sign = traps.length === 0 ? '' : ` · $(warning) ${traps.length}`;
  return { title: `${title}${sign}`, tooltip: [...traps, basis].join('\n') };
}

function lensTitle({ rule, state, meets, now, inTime }: RuleFigures): string {
  switch (state) {
    case 'off':
      return `Disabled; its filter meets ${amountWords(meets)}`;
    case 'unread':
      return 'What its filter meets cannot be told';
    case 'tagged':
      return `At most ${amountWords(meets)}: tags are not in a listing`;
    case 'known':
  }
  if (!actsOnObjects(rule)) return 'Acts on nothing that a listing of objects shows';
  if (caughtAmount(now).objects > 0) return `Now ${deedWords(now)}: ${moneyWords(now)}`;
  const later = caughtAmount(inTime);
  if (later.objects === 0) return `Catches nothing of ${amountWords(meets)}`;
  return `Nothing now; in time ${formatBytes(later.bytes)}: ${moneyWords(inTime)}`;
}

/** Whether a rule moves or deletes current versions; the others look at what a listing does not show. */
export function actsOnObjects({ transitions, expiration }: LifecycleRule): boolean {
  return transitions.length > 0 || (expiration !== undefined && !expiration.deleteMarkers);
}
