import { formatBytes } from '../../../base/format';
import { valuesOf } from '../../../scan/domain';
import { defineRule } from '../../rule';
import { qualifierOf, withCondition } from './filterEdits';
import { icebergScans, type PartitionField } from './icebergScans';
import { identifier } from './keyPredicates';
import { listed, severityOf } from './unfilteredScan';

/** An Iceberg table read without a filter on what it is partitioned by. */
export const athenaIcebergNoPartitionSourceFilter = defineRule({
  code: 'ATH501',
  id: 'athena-iceberg-no-partition-source-filter',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Filter an Iceberg table on the columns it is partitioned by',
  why: 'Iceberg derives its partitions from columns: of a table partitioned by day(ordered_at) a filter on ordered_at itself skips days. Without one all files are looked at, save those that statistics of other columns rule out.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables.html',
    'https://iceberg.apache.org/docs/latest/partitioning/',
  ],
  catalog:
    "CREATE TABLE orders (order_id bigint, ordered_at timestamp) PARTITIONED BY (day(ordered_at)) LOCATION 's3://lake/orders/' TBLPROPERTIES ('table_type' = 'ICEBERG')",
  bad: 'SELECT order_id FROM orders',
  good: "SELECT order_id FROM orders WHERE ordered_at >= TIMESTAMP '2025-03-09 00:00:00'",
  on: {
    TableRef(ref, context) {
      for (const { scan, fields } of icebergScans(ref, context)) {
        if (!fields.every(isOpen)) continue;
        const { table, select } = scan;
        const [first] = fields;
        const name = first === undefined ? '' : `${qualifierOf(scan)}${identifier(first.source.name)}`;
        const condition = /^(date|timestamp)/.test(first?.source.type ?? '')
          ? `${name} >= current_date - INTERVAL '1' DAY`
          : undefined;
        const size = table.bytes === undefined ? '' : ` of ${formatBytes(table.bytes)}`;
        context.report(
          ref.name,
          `${table.name}${size} has no partition filter: it is partitioned by ${listed(
            fields.map(({ text }) => text),
            'and',
          )}.`,
          {
            subject: ref,
            severity: severityOf(scan, context),
            fixes:
              select === undefined || condition === undefined
                ? []
                : [
                    {
                      title: `Add ${condition}`,
                      edits: withCondition(select, condition, context.statement.text),
                      scaffold: true,
                    },
                  ],
          },
        );
        return;
      }
    },
  },
});

/** True when nothing limits the field's partitions, and nothing unknown might. */
function isOpen({ transform, verdict }: PartitionField): boolean {
  if (verdict.kind === 'none' || verdict.kind === 'blocked') return true;
  // A hash keeps no order: only single values say which buckets.
  return transform === 'bucket' && verdict.kind === 'prunes' && valuesOf(verdict.domain) === undefined;
}
