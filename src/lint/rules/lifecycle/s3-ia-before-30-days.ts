import { replaceValue } from '../../../documents/data/edits';
import { storageClasses } from '../../../documents/lifecycle/storageClasses';
import { defineRule } from '../../rule';
import { versionActions } from './lifecycleActions';

/** A move to an infrequent access class before objects may go there. */
export const s3IaBefore30Days = defineRule({
  code: 'S3L01',
  id: 's3-ia-before-30-days',
  dialects: ['s3-lifecycle'],
  severity: 'error',
  title: 'Move objects to Standard-IA or One Zone-IA on day 30 at the earliest',
  why: 'Objects must lie in the bucket for 30 days before a rule may move them to Standard-IA or One Zone-IA, noncurrent versions for 30 days since they were replaced. S3 rejects a configuration with fewer days, and the old one stays in force. Intelligent-Tiering and the Glacier classes take objects from day 0.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_Transition.html',
  ],
  bad: `{
  "Rules": [
    {
      "ID": "card-statements",
      "Status": "Enabled",
      "Filter": { "Prefix": "statements/" },
      "Transitions": [{ "Days": 14, "StorageClass": "STANDARD_IA" }]
    }
  ]
}`,
  good: `{
  "Rules": [
    {
      "ID": "card-statements",
      "Status": "Enabled",
      "Filter": { "Prefix": "statements/" },
      "Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }]
    }
  ]
}`,
  check: {
    's3-lifecycle'({ data, rules }, { report }) {
      for (const { kind, transitions } of rules.flatMap(versionActions)) {
        for (const { days, daysNode, node, storageClass } of transitions) {
          if ((storageClass !== 'STANDARD_IA' && storageClass !== 'ONEZONE_IA') || days >= 30) continue;
          const { title } = storageClasses[storageClass];
          report(
            daysNode ?? node,
            `${kind === 'current' ? 'Objects' : 'Noncurrent versions'} may move to ${title} after 30 days at the earliest, not after ${days}: S3 rejects the configuration.`,
            daysNode === undefined
              ? {}
              : { fixes: [{ title: 'Move on day 30', edits: replaceValue(data, daysNode, 30) }] },
          );
        }
      }
    },
  },
});
