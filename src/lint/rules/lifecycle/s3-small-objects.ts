import type { TextEdit } from '../../../base/text';
import { plainOf, propertyOf, valueOf } from '../../../documents/data/access';
import { insertProperty, replaceValue } from '../../../documents/data/edits';
import type { LifecycleDocument, LifecycleRule } from '../../../documents/lifecycle/model';
import { smallObjectBytes, storageClasses } from '../../../documents/lifecycle/storageClasses';
import { defineRule } from '../../rule';
import { versionActions } from './lifecycleActions';

/** Small files in a class that is made for large ones. */
export const s3SmallObjects = defineRule({
  code: 'S3L08',
  id: 's3-small-objects',
  dialects: ['s3-lifecycle'],
  severity: 'information',
  title: 'Say from which size on objects move',
  why: 'Objects below 128 KB do not move by default, so that a folder of small files stays in Standard whatever the rule says. With varies_by_storage_class, or a smaller size in the filter, they are archived: each bills 40 KB beside its own bytes and its move, up to $0.05 for 1,000, which for small files is more than is saved. Better to compact them first.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html',
  ],
  bad: `{
  "Rules": [
    {
      "ID": "terminal-events",
      "Status": "Enabled",
      "Filter": { "Prefix": "landing/terminals/" },
      "Transitions": [{ "Days": 45, "StorageClass": "GLACIER" }]
    }
  ]
}`,
  good: `{
  "Rules": [
    {
      "ID": "terminal-events",
      "Status": "Enabled",
      "Filter": { "And": { "Prefix": "landing/terminals/", "ObjectSizeGreaterThan": 131072 } },
      "Transitions": [{ "Days": 45, "StorageClass": "GLACIER" }]
    }
  ]
}`,
  check: {
    's3-lifecycle'(document, { report }) {
      for (const rule of document.rules) {
        const { filter, enabled } = rule;
        if (!enabled || !filter.known || filter.greaterThan !== undefined || filter.lessThan !== undefined)
          continue;
        if (!/(?:^|[/_-])(?:raw|landing|logs?|events?)(?:[/_-]|$)/i.test(filter.prefix)) continue;
        const move = versionActions(rule)[0]?.transitions.find(
          ({ storageClass }) => storageClass !== 'INTELLIGENT_TIERING',
        );
        if (move === undefined) continue;
        const { title, overhead } = storageClasses[move.storageClass];
        const isArchived = document.defaultMinimum === 'varies_by_storage_class' && overhead !== undefined;
        const edits = withSize(document, rule);
        report(
          move.classNode ?? move.node,
          isArchived
            ? `Each small object in ${title} bills 40 KB beside its own bytes; ${filter.prefix} sounds like many of them.`
            : `Objects below 128 KB do not move to ${title}; ${filter.prefix} sounds like many of them.`,
          edits.length === 0 ? {} : { fixes: [{ title: 'Move objects above 128 KB only', edits }] },
        );
      }
    },
  },
});

// A size in the filter holds for all that the rule does: where it also deletes, small objects would stay for good.
function withSize({ data }: LifecycleDocument, rule: LifecycleRule): readonly TextEdit[] {
  const { filter, expiration, noncurrentExpiration, abort } = rule;
  if (expiration !== undefined || noncurrentExpiration !== undefined || abort !== undefined) return [];
  const size = { key: 'ObjectSizeGreaterThan', value: smallObjectBytes };
  const and = valueOf(filter.node, 'And');
  if (and?.kind === 'object') return insertProperty(data, and, size);
  const prefix = propertyOf(filter.node, 'Prefix');
  if (filter.node === undefined || prefix === undefined || plainOf(prefix.value) !== filter.prefix) return [];
  return replaceValue(data, filter.node, {
    And: { Prefix: filter.prefix, ObjectSizeGreaterThan: smallObjectBytes },
  });
}
