import { propertyOf } from '../../../documents/data/access';
import { isForAll } from '../../../documents/lifecycle/filters';
import { defineRule } from '../../rule';

/** A rule that empties the bucket. */
export const s3WholeBucketExpiration = defineRule({
  code: 'S3L09',
  id: 's3-whole-bucket-expiration',
  dialects: ['s3-lifecycle'],
  severity: 'error',
  title: 'Name the objects that expire',
  why: 'A rule whose filter is empty is for every object: whatever is older than its days is deleted, in every folder and under every table, and cannot be got back without versioning. In a bucket for logs or query results that may be meant: information.',
  sources: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html'],
  bad: `{
  "Rules": [
    {
      "ID": "keep-one-year",
      "Status": "Enabled",
      "Filter": {},
      "Expiration": { "Days": 365 }
    }
  ]
}`,
  good: `{
  "Rules": [
    {
      "ID": "keep-one-year",
      "Status": "Enabled",
      "Filter": { "Prefix": "terminal-reports/" },
      "Expiration": { "Days": 365 }
    }
  ]
}`,
  check: {
    's3-lifecycle'({ rules, bucket = '' }, { report }) {
      for (const { node, id = '', enabled, filter, expiration } of rules) {
        if (!enabled || !filter.known || !isForAll(filter) || expiration === undefined) continue;
        const when = expiration.days === undefined ? expiration.date : `${expiration.days} days`;
        if (when === undefined) continue;
        const isMeant = [bucket, id].some((name) =>
          /(?:^|[^a-z])(?:tmp|temp|logs?|scratch|athena-results|query-results)(?:[^a-z]|$)/i.test(name),
        );
        report(
          propertyOf(node, 'Expiration')?.keySpan ?? expiration.node,
          expiration.days === undefined
            ? `Deletes every object of the bucket on ${when}.`
            : `Deletes every object of the bucket that is older than ${when}.`,
          isMeant ? { severity: 'information' } : {},
        );
      }
    },
  },
});
