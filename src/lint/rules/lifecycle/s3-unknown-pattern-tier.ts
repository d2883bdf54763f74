import { replaceValue } from '../../../documents/data/edits';
import { mayMove } from '../../../documents/lifecycle/storageClasses';
import { defineRule } from '../../rule';
import { versionActions } from './lifecycleActions';
import { tablesBelow } from './tablesBelow';

/** A class that bills each read, for data that is read. */
export const s3UnknownPatternTier = defineRule({
  code: 'S3L13',
  id: 's3-unknown-pattern-tier',
  dialects: ['s3-lifecycle'],
  severity: 'hint',
  title: 'Let Intelligent-Tiering follow how a table is read',
  why: 'Standard-IA bills $0.01 for each GB read: a table that is scanned once a month costs more there than in Standard. Intelligent-Tiering moves an object when it was not read for 30 days and back when it is, without a fee for reading; it bills $0.0025 a month for 1,000 objects, and leaves those below 128 KB alone.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html',
    'https://aws.amazon.com/s3/pricing/',
  ],
  catalog:
    "CREATE EXTERNAL TABLE ledger_entries (entry_id string) STORED AS PARQUET LOCATION 's3://bank-lake/curated/ledger_entries/'",
  bad: `{
  "Rules": [
    {
      "ID": "ledger-entries",
      "Status": "Enabled",
      "Filter": { "Prefix": "curated/ledger_entries/" },
      "Transitions": [{ "Days": 45, "StorageClass": "STANDARD_IA" }]
    }
  ]
}`,
  good: `{
  "Rules": [
    {
      "ID": "ledger-entries",
      "Status": "Enabled",
      "Filter": { "Prefix": "curated/ledger_entries/" },
      "Transitions": [{ "Days": 45, "StorageClass": "INTELLIGENT_TIERING" }]
    }
  ]
}`,
  check: {
    's3-lifecycle'(document, { catalog, report }) {
      for (const rule of document.rules) {
        if (!rule.enabled || !/(?:^|\/)(?:analytics|curated|processed)(?:\/|$)/i.test(rule.filter.prefix))
          continue;
        const moves = versionActions(rule)[0]?.transitions ?? [];
        const at = moves.findIndex(({ storageClass }) => storageClass === 'STANDARD_IA');
        const [move, next] = [moves[at], moves[at + 1]];
        if (move?.classNode === undefined) continue;
        const table = tablesBelow(catalog, document, rule)[0];
        if (table === undefined) continue;
        const isReplaceable =
          at === 0 && (next === undefined || mayMove('INTELLIGENT_TIERING', next.storageClass));
        report(
          move.classNode,
          `${table.name} lies here, and Standard-IA bills $0.01 for each GB that a query reads of it.`,
          isReplaceable
            ? {
                fixes: [
                  {
                    title: 'Move to Intelligent-Tiering',
                    edits: replaceValue(document.data, move.classNode, 'INTELLIGENT_TIERING'),
                  },
                ],
              }
            : {},
        );
      }
    },
  },
});
