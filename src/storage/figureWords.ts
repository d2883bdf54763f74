import { formatBytes, formatCount, formatUsd } from '../base/format';
import { storageClasses } from '../documents/lifecycle/storageClasses';
import type { Amount } from '../zones/tally';
import type { Caught, RuleFigures } from './ruleFigures';

/** `1,234 objects, 1.2 TB`. */
export function amountWords({ objects, bytes }: Amount): string {
  return `${countWords(objects, 'object')}, ${formatBytes(bytes)}`;
}

/** `1 day`, `2,000 days`. */
export function countWords(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Both what moves and what is deleted. */
export function caughtAmount({ moved, deleted }: Caught): Amount {
  return { objects: moved.objects + deleted.objects, bytes: moved.bytes + deleted.bytes };
}

/** USD, once: moves and days that are billed on. */
export function onceUsd({ moves, early }: Caught): number {
  return moves + early;
}

/** `moves 12 objects, 3 GB, deletes 4 objects, 1 KB`. */
export function deedWords({ moved, deleted }: Caught): string {
  const parts = [
    ...(moved.objects === 0 ? [] : [`moves ${amountWords(moved)}`]),
    ...(deleted.objects === 0 ? [] : [`deletes ${amountWords(deleted)}`]),
  ];
  return parts.length === 0 ? 'catches nothing' : parts.join(', ');
}

/** `$23.55 → $4.10 a month, $12 once`. */
export function moneyWords(caught: Caught): string {
  const once = onceUsd(caught);
  return `${formatUsd(caught.before)} → ${formatUsd(caught.after)} a month${once === 0 ? '' : `, ${formatUsd(once)} once`}`;
}

/** What is to be known before a rule is let loose, a sentence each; none where there is nothing. */
export function trapWords(figures: RuleFigures): readonly string[] {
  const { early, tooSmall, dearer, unreadable, inTime } = figures;
  const saved = inTime.before - inTime.after;
  const months = saved > 0 ? onceUsd(inTime) / saved : 0;
  return [
    ...early.map(({ from, to, days, usd, ...caught }) => {
      const { title, minimumDays } = storageClasses[from];
      const end = to === undefined ? 'deleted' : `moved to ${storageClasses[to].title}`;
      return `${amountWords(caught)}: ${end} after at most ${countWords(days, 'day')} in ${title}, which bills ${minimumDays}: ${formatUsd(usd)} for the rest.`;
    }),
    ...(dearer.objects === 0
      ? []
      : [
          `${amountWords(dearer)}: ${formatUsd(dearer.usd)} more a month after the move, since each is smaller than what the class bills at least.`,
        ]),
    ...(tooSmall.objects === 0
      ? []
      : [`${amountWords(tooSmall)}: not moved, since each is below 128 KB and the rule names no size.`]),
    ...(unreadable.objects === 0
      ? []
      : [
          `${amountWords(unreadable)}: moved to where Athena passes over them without a word, so that queries give fewer rows.`,
        ]),
    ...(months > 12
      ? [
          months > 120
            ? 'The moves are paid back after more than ten years.'
            : `The moves are paid back after ${countWords(Math.round(months), 'month')}.`,
        ]
      : []),
  ];
}
