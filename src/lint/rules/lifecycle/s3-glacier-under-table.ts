import { replaceValue } from '../../../documents/data/edits';
import { storageClasses } from '../../../documents/lifecycle/storageClasses';
import { defineRule } from '../../rule';
import { versionActions } from './lifecycleActions';
import { tablesBelow } from './tablesBelow';

/** Rows that go missing from a table when their files are archived. */
export const s3GlacierUnderTable = defineRule({
  code: 'S3L12',
  id: 's3-glacier-under-table',
  dialects: ['s3-lifecycle'],
  severity: 'warning',
  title: 'Keep the files of a table out of the archive classes',
  why: 'Athena passes over objects in Glacier Flexible Retrieval and Deep Archive without a word: after the move each query of the table gives fewer rows. Glacier Instant Retrieval is read like any class and costs about as little.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/other-notable-limitations.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html',
  ],
  catalog:
    "CREATE EXTERNAL TABLE card_payments (payment_id string, amount decimal(18,2)) STORED AS PARQUET LOCATION 's3://bank-lake/curated/card_payments/'",
  bad: `{
  "Rules": [
    {
      "ID": "card-payments",
      "Status": "Enabled",
      "Filter": { "Prefix": "curated/card_payments/" },
      "Transitions": [{ "Days": 180, "StorageClass": "GLACIER" }]
    }
  ]
}`,
  good: `{
  "Rules": [
    {
      "ID": "card-payments",
      "Status": "Enabled",
      "Filter": { "Prefix": "curated/card_payments/" },
      "Transitions": [{ "Days": 180, "StorageClass": "GLACIER_IR" }]
    }
  ]
}`,
  check: {
    's3-lifecycle'(document, { catalog, report }) {
      for (const rule of document.rules) {
        const moves = versionActions(rule)[0]?.transitions ?? [];
        const archived = moves.filter(({ storageClass }) => !storageClasses[storageClass].readable);
        const first = archived[0];
        if (!rule.enabled || first?.classNode === undefined) continue;
        const [table, ...more] = tablesBelow(catalog, document, rule);
        if (table === undefined) continue;
        const isReplaceable =
          archived.length === 1 &&
          moves.every(({ storageClass }) => storageClass !== 'ONEZONE_IA' && storageClass !== 'GLACIER_IR');
        report(
          first.classNode,
          `Athena does not read ${storageClasses[first.storageClass].title}: rows of ${table.name}${more.length === 0 ? '' : ` and ${more.length} more tables`} go missing from day ${first.days}.`,
          isReplaceable
            ? {
                fixes: [
                  {
                    title: 'Move to Glacier Instant Retrieval',
                    edits: replaceValue(document.data, first.classNode, 'GLACIER_IR'),
                  },
                ],
              }
            : {},
        );
      }
    },
  },
});
