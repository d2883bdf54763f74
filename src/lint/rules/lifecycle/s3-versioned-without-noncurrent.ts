import { propertyOf } from '../../../documents/data/access';
import { insertProperty } from '../../../documents/data/edits';
import { defineRule } from '../../rule';

/** An expiration that, with versioning on, frees nothing. */
export const s3VersionedWithoutNoncurrent = defineRule({
  code: 'S3L07',
  id: 's3-versioned-without-noncurrent',
  dialects: ['s3-lifecycle'],
  severity: 'warning',
  title: 'Let old versions expire too where a bucket keeps versions',
  why: 'In a bucket with versioning an expiration puts a delete marker on the object: the version beneath becomes noncurrent and is billed on. Only NoncurrentVersionExpiration deletes it. A configuration that speaks of versions is for such a bucket: a warning; else nobody knows: a hint.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html',
  ],
  bad: `{
  "Rules": [
    {
      "ID": "staging",
      "Status": "Enabled",
      "Filter": { "Prefix": "staging/" },
      "Expiration": { "Days": 7 }
    },
    {
      "ID": "delete-markers",
      "Status": "Enabled",
      "Filter": { "Prefix": "" },
      "Expiration": { "ExpiredObjectDeleteMarker": true }
    }
  ]
}`,
  good: `{
  "Rules": [
    {
      "ID": "staging",
      "Status": "Enabled",
      "Filter": { "Prefix": "staging/" },
      "Expiration": { "Days": 7 },
      "NoncurrentVersionExpiration": { "NoncurrentDays": 3 }
    },
    {
      "ID": "delete-markers",
      "Status": "Enabled",
      "Filter": { "Prefix": "" },
      "Expiration": { "ExpiredObjectDeleteMarker": true }
    }
  ]
}`,
  check: {
    's3-lifecycle'({ data, rules }, { report }) {
      const enabled = rules.filter((rule) => rule.enabled);
      if (enabled.some(({ noncurrentExpiration }) => noncurrentExpiration !== undefined)) return;
      const isVersioned = enabled.some(
        ({ expiration, noncurrentTransitions }) =>
          expiration?.deleteMarkers === true || noncurrentTransitions.length > 0,
      );
      for (const { node, expiration } of enabled) {
        const property = propertyOf(node, 'Expiration');
        if (expiration?.days === undefined && expiration?.date === undefined) continue;
        if (property === undefined) continue;
        report(
          property.keySpan,
          isVersioned
            ? 'The bucket keeps versions: this only puts delete markers on objects, and their versions are billed on.'
            : 'If the bucket keeps versions, this only puts delete markers on objects, and their versions are billed on.',
          {
            severity: isVersioned ? 'warning' : 'hint',
            fixes: [
              {
                title: 'Delete noncurrent versions after 30 days',
                edits: insertProperty(data, node, {
                  key: 'NoncurrentVersionExpiration',
                  value: { NoncurrentDays: 30 },
                  after: property,
                }),
                scaffold: true,
              },
            ],
          },
        );
      }
    },
  },
});
