import { appendItem } from '../../../documents/data/edits';
import { defineRule } from '../../rule';

/** Parts of uploads that were never finished, kept for good. */
export const s3MissingAbortMultipart = defineRule({
  code: 'S3L06',
  id: 's3-missing-abort-multipart',
  dialects: ['s3-lifecycle'],
  severity: 'information',
  title: 'End uploads that were never finished',
  why: 'The parts of an upload that was broken off are billed like any object, and no listing of objects shows them. Glue, Spark and EMR leave them behind when a job dies. One rule for the bucket clears them away.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html',
  ],
  bad: `{
  "Rules": [
    {
      "ID": "staging",
      "Status": "Enabled",
      "Filter": { "Prefix": "staging/" },
      "Expiration": { "Days": 7 }
    }
  ]
}`,
  good: `{
  "Rules": [
    {
      "ID": "staging",
      "Status": "Enabled",
      "Filter": { "Prefix": "staging/" },
      "Expiration": { "Days": 7 }
    },
    {
      "ID": "unfinished-uploads",
      "Status": "Enabled",
      "Filter": { "Prefix": "" },
      "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 7 }
    }
  ]
}`,
  check: {
    's3-lifecycle'({ data, rules, list }, { report }) {
      const first = rules[0];
      if (list === undefined || first === undefined) return;
      if (rules.some(({ enabled, abort }) => enabled && abort !== undefined)) return;
      const ids = new Set(rules.map(({ id }) => id));
      const free = ['unfinished-uploads', 'unfinished-uploads-2'].find((id) => !ids.has(id));
      report(
        { start: list.start, end: list.start + 1 },
        'No rule ends unfinished uploads: their parts are billed until somebody finds them.',
        free === undefined
          ? {}
          : {
              fixes: [
                {
                  title: 'Add a rule that ends unfinished uploads after 7 days',
                  edits: appendItem(data, list, {
                    ID: free,
                    Status: 'Enabled',
                    Filter: { Prefix: '' },
                    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
                  }),
                },
              ],
            },
      );
    },
  },
});
