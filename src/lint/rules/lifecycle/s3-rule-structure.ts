import { defineRule } from '../../rule';
import { idMisfits, ruleMisfits } from './ruleMisfits';

/** A configuration that S3 does not take as it is written. */
export const s3RuleStructure = defineRule({
  code: 'S3L11',
  id: 's3-rule-structure',
  dialects: ['s3-lifecycle'],
  severity: 'error',
  title: 'Write lifecycle rules in the form that S3 takes',
  why: 'S3 takes a configuration whole or not at all: one key that does not exist, one Filter with two conditions outside And, one rule with Days and Date, and the bucket keeps its old rules. A configuration has at most 1,000 rules, each with an ID of its own of at most 255 characters and a Status; the API and the command write ID where CloudFormation writes Id.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html',
  ],
  bad: `{
  "Rules": [
    {
      "Id": "terminal-logs",
      "Status": "enabled",
      "Filter": { "Prefix": "terminal-logs/" },
      "Transitions": [{ "Days": 30, "StorageClass": "Standard-IA" }]
    }
  ]
}`,
  good: `{
  "Rules": [
    {
      "ID": "terminal-logs",
      "Status": "Enabled",
      "Filter": { "Prefix": "terminal-logs/" },
      "Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }]
    }
  ]
}`,
  check: {
    's3-lifecycle'({ data, rules, list }, { report }) {
      const surplus = rules[1000];
      if (surplus !== undefined && list !== undefined)
        report(surplus.span, `This is rule 1,001 of ${rules.length}; S3 takes 1,000.`);
      for (const { span, message, fix } of [
        ...rules.flatMap((rule) => ruleMisfits(data, rule)),
        ...idMisfits(rules),
      ])
        report(span, message, fix === undefined ? {} : { fixes: [fix] });
    },
  },
});
