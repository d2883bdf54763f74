import { storageClasses } from '../../../documents/lifecycle/storageClasses';
import { defineRule } from '../../rule';
import { versionActions } from './lifecycleActions';

/** A move that the deletion of the same rule comes before. */
export const s3ExpirationNotAfterTransition = defineRule({
  code: 'S3L05',
  id: 's3-expiration-not-after-transition',
  dialects: ['s3-lifecycle'],
  severity: 'warning',
  title: 'Delete objects after their last move',
  why: 'Deletion goes before a move on the same day, so that a move on the day of the deletion or after it never happens: one of the two numbers is wrong. S3 was seen to reject such a rule.',
  unconfirmed: 'that S3 rejects the rule today; the message that says so was reported in 2013',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html',
    'https://github.com/aws/aws-sdk-ruby/issues/178',
  ],
  bad: `{
  "Rules": [
    {
      "ID": "rejected-payments",
      "Status": "Enabled",
      "Filter": { "Prefix": "rejected/" },
      "Transitions": [{ "Days": 60, "StorageClass": "GLACIER_IR" }],
      "Expiration": { "Days": 60 }
    }
  ]
}`,
  good: `{
  "Rules": [
    {
      "ID": "rejected-payments",
      "Status": "Enabled",
      "Filter": { "Prefix": "rejected/" },
      "Transitions": [{ "Days": 60, "StorageClass": "GLACIER_IR" }],
      "Expiration": { "Days": 365 }
    }
  ]
}`,
  check: {
    's3-lifecycle'({ rules }, { report }) {
      for (const { transitions, expiration } of rules.flatMap(versionActions)) {
        const last = transitions.at(-1);
        if (last === undefined || expiration === undefined || expiration.days > last.days) continue;
        report(
          expiration.daysNode ?? expiration.node,
          `Objects are deleted on day ${expiration.days} and would move to ${storageClasses[last.storageClass].title} on day ${last.days}: they never do.`,
        );
      }
    },
  },
});
