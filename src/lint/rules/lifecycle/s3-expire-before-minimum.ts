import { replaceValue } from '../../../documents/data/edits';
import { storageClasses } from '../../../documents/lifecycle/storageClasses';
import { defineRule } from '../../rule';
import { versionActions } from './lifecycleActions';

/** Objects that are deleted while their class still bills its minimum. */
export const s3ExpireBeforeMinimum = defineRule({
  code: 'S3L04',
  id: 's3-expire-before-minimum',
  dialects: ['s3-lifecycle'],
  severity: 'warning',
  title: 'Keep objects in a class for as long as it bills them',
  why: 'Standard-IA and One Zone-IA bill 30 days, Glacier Instant and Flexible Retrieval 90, Deep Archive 180. What is deleted before costs the rest of them all the same, and the move beside it: staying in Standard, or leaving out the last move, is often cheaper.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html',
    'https://aws.amazon.com/s3/pricing/',
  ],
  bad: `{
  "Rules": [
    {
      "ID": "branch-exports",
      "Status": "Enabled",
      "Filter": { "Prefix": "exports/" },
      "Transitions": [{ "Days": 30, "StorageClass": "GLACIER" }],
      "Expiration": { "Days": 45 }
    }
  ]
}`,
  good: `{
  "Rules": [
    {
      "ID": "branch-exports",
      "Status": "Enabled",
      "Filter": { "Prefix": "exports/" },
      "Transitions": [{ "Days": 30, "StorageClass": "GLACIER" }],
      "Expiration": { "Days": 120 }
    }
  ]
}`,
  check: {
    's3-lifecycle'({ data, rules }, { report }) {
      for (const { transitions, expiration } of rules.flatMap(versionActions)) {
        const last = transitions.at(-1);
        if (last === undefined || expiration === undefined) continue;
        const { minimumDays, title, usdPerGbMonth } = storageClasses[last.storageClass];
        const stay = expiration.days - last.days;
        if (stay <= 0 || stay >= minimumDays) continue;
        const usd = ((minimumDays - stay) / 30) * usdPerGbMonth * 1024;
        const { daysNode, node } = expiration;
        report(
          daysNode ?? node,
          `Deleted after ${stay} of the ${minimumDays} days that ${title} bills: each TB costs $${usd.toFixed(2)} for days on which it is gone.`,
          daysNode === undefined
            ? {}
            : {
                fixes: [
                  {
                    title: `Delete on day ${last.days + minimumDays}`,
                    edits: replaceValue(data, daysNode, last.days + minimumDays),
                  },
                ],
              },
        );
      }
    },
  },
});
