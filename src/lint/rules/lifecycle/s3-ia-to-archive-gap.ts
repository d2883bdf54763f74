import { replaceValue } from '../../../documents/data/edits';
import { overlap } from '../../../documents/lifecycle/filters';
import type { LifecycleRule } from '../../../documents/lifecycle/model';
import { mayMove, storageClasses, type StorageClass } from '../../../documents/lifecycle/storageClasses';
import { defineRule } from '../../rule';
import { versionActions, type DatedMove } from './lifecycleActions';

/** A second move inside the 30 days for which the first class is billed anyway. */
export const s3IaToArchiveGap = defineRule({
  code: 'S3L02',
  id: 's3-ia-to-archive-gap',
  dialects: ['s3-lifecycle'],
  severity: 'error',
  title: 'Leave objects in an infrequent access class for 30 days before they move on',
  why: 'Standard-IA and One Zone-IA bill 30 days at least. One rule cannot move objects on before these are over: S3 rejects it. Two rules can, and then both classes are billed for the same days.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html',
  ],
  bad: `{
  "Rules": [
    {
      "ID": "ledger-entries",
      "Status": "Enabled",
      "Filter": { "Prefix": "ledger/" },
      "Transitions": [
        { "Days": 60, "StorageClass": "STANDARD_IA" },
        { "Days": 75, "StorageClass": "GLACIER" }
      ]
    }
  ]
}`,
  good: `{
  "Rules": [
    {
      "ID": "ledger-entries",
      "Status": "Enabled",
      "Filter": { "Prefix": "ledger/" },
      "Transitions": [
        { "Days": 60, "StorageClass": "STANDARD_IA" },
        { "Days": 90, "StorageClass": "GLACIER" }
      ]
    }
  ]
}`,
  check: {
    's3-lifecycle'({ data, rules }, { report }) {
      for (const { transitions } of rules.flatMap(versionActions)) {
        for (const [at, later] of transitions.entries()) {
          const first = transitions.slice(0, at).findLast((move) => isTooClose(move, later));
          if (first === undefined) continue;
          const { days, daysNode, node, storageClass } = later;
          report(
            daysNode ?? node,
            `${titleOf(storageClass)} follows ${titleOf(first.storageClass)} after ${days - first.days} days; one rule must leave at least 30 between them, so S3 rejects this.`,
            daysNode === undefined
              ? {}
              : {
                  fixes: [
                    {
                      title: `Move on day ${first.days + 30}`,
                      edits: replaceValue(data, daysNode, first.days + 30),
                    },
                  ],
                },
          );
        }
      }
      const moving = rules.filter(
        ({ enabled, filter, transitions }) => enabled && filter.known && transitions.length > 0,
      );
      for (const first of moving) {
        for (const second of moving) {
          const pair = first === second ? undefined : closePair(first, second);
          if (pair === undefined) continue;
          report(
            pair.later.daysNode ?? pair.later.node,
            `${first.name} moves the same objects to ${titleOf(pair.earlier.storageClass)} ${pair.later.days - pair.earlier.days} days before: its 30 days are billed in full, and ${titleOf(pair.later.storageClass)} beside them.`,
            { severity: 'warning' },
          );
        }
      }
    },
  },
});

function closePair(
  first: LifecycleRule,
  second: LifecycleRule,
): { readonly earlier: DatedMove; readonly later: DatedMove } | undefined {
  if (!overlap(first.filter, second.filter)) return undefined;
  const [ours, theirs] = [first, second].map((rule) => versionActions(rule)[0]?.transitions ?? []);
  for (const earlier of ours ?? []) {
    const later = theirs?.find((move) => move.days > earlier.days && isTooClose(earlier, move));
    if (later !== undefined) return { earlier, later };
  }
  return undefined;
}

function isTooClose(first: DatedMove, later: DatedMove): boolean {
  const isInfrequent = first.storageClass === 'STANDARD_IA' || first.storageClass === 'ONEZONE_IA';
  const isNamed =
    later.storageClass !== 'INTELLIGENT_TIERING' && mayMove(first.storageClass, later.storageClass);
  const gap = later.days - first.days;
  return isInfrequent && isNamed && gap >= 0 && gap < 30;
}

function titleOf(name: StorageClass): string {
  return storageClasses[name].title;
}
