import { formatBytes, formatCount } from '../../../base/format';
import { defineRule } from '../../rule';
import { qualifierOf, withCondition } from '../athena/filterEdits';
import { equalities } from '../athena/keyPredicates';
import { listed, partitionedScans, readsEveryPartition, severityOf } from '../athena/unfilteredScan';
import { nameParts } from './tableLayout';

/** An external table that is read through all of its partitions. */
export const redshiftSpectrumNoPartitionFilter = defineRule({
  code: 'RS410',
  id: 'redshift-spectrum-no-partition-filter',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'Filter an external table on its partition keys',
  why: 'Spectrum lists and reads every partition that no condition on a key excludes, and on a provisioned cluster what it reads is billed by the byte. SVL_S3QUERY_SUMMARY shows how much it was.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/c-spectrum-external-performance.html',
    'https://aws.amazon.com/redshift/pricing/',
  ],
  unconfirmed: 'The price of a terabyte read by Spectrum in each region; Serverless bills by RPU instead.',
  catalog:
    "CREATE EXTERNAL TABLE lake.card_payments (payment_id BIGINT, amount DECIMAL(18,2)) PARTITIONED BY (paid_on DATE) STORED AS PARQUET LOCATION 's3://bank-lake/curated/card_payments/'",
  bad: 'SELECT payment_id, amount FROM lake.card_payments',
  good: "SELECT payment_id, amount FROM lake.card_payments WHERE paid_on = '2026-03-09'",
  on: {
    TableRef(ref, context) {
      // Most tables of a warehouse are its own: of those, and of unknown ones, nothing has to be worked out.
      const known = context.catalog.table(nameParts(ref.name));
      if (known === undefined || (known.kind !== 'view' && known.partitionKeys.length === 0)) return;
      const scan = partitionedScans(ref, context).find((each) => readsEveryPartition(each));
      if (scan === undefined) return;
      const { table, select } = scan;
      const keys = table.partitionKeys.map(({ name }) => name);
      const { newestPartition: values, partitionCount, bytes } = table;
      const condition = values === undefined ? undefined : equalities(table, values, qualifierOf(scan));
      const size = bytes === undefined ? '' : `, ${formatBytes(bytes)},`;
      const count =
        partitionCount === undefined ? 'every partition' : `all ${formatCount(partitionCount)} partitions`;
      // In the quoted query of an UNLOAD the quotes of new strings would have to be doubled.
      const canWrite = context.statement.body.kind !== 'UnloadStatement';
      context.report(
        ref.name,
        `${table.name} is not filtered on ${listed(keys, 'or')}: Spectrum reads ${count}${size} of it.`,
        {
          severity: severityOf(scan, context),
          fixes:
            canWrite && select !== undefined && condition !== undefined && condition !== ''
              ? [
                  {
                    title: `Read only the newest partition: ${condition}`,
                    edits: withCondition(select, condition, context.statement.text),
                    scaffold: true,
                  },
                ]
              : [],
        },
      );
    },
  },
});
