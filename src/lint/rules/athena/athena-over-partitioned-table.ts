import { formatBytes, formatCount } from '../../../base/format';
import { defineRule } from '../../rule';
import { makesIceberg, property } from './ctasProperties';

const many = 100_000;
const manySmall = 10_000;
const small = 32 * 1024 * 1024;

/** A table whose partitions take longer to list than to read. */
export const athenaOverPartitionedTable = defineRule({
  code: 'ATH114',
  id: 'athena-over-partitioned-table',
  dialects: ['athena'],
  severity: 'information',
  title: 'Fewer or projected partitions for a table of very many',
  why: 'Planning slows down from 100,000 partitions on, and a query reads at most a million. Partition projection asks the catalog for none; larger partitions and dropping old ones help as well.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html',
    'https://docs.aws.amazon.com/athena/latest/ug/service-limits.html',
  ],
  catalog:
    "CREATE EXTERNAL TABLE clicks (url string) PARTITIONED BY (dt string, hour string) STORED AS PARQUET LOCATION 's3://lake/clicks/'",
  figures: { clicks: { partitionCount: 240_000 } },
  bad: "CREATE EXTERNAL TABLE clicks (url string) PARTITIONED BY (dt string, hour string) STORED AS PARQUET LOCATION 's3://lake/clicks/'",
  good: "CREATE EXTERNAL TABLE clicks (url string) PARTITIONED BY (dt string, hour string) STORED AS PARQUET LOCATION 's3://lake/clicks/' TBLPROPERTIES ('projection.enabled' = 'true', 'projection.dt.type' = 'date', 'projection.dt.format' = 'yyyy-MM-dd', 'projection.dt.range' = '2023-01-01,NOW', 'projection.hour.type' = 'integer', 'projection.hour.range' = '0,23', 'projection.hour.digits' = '2')",
  on: {
    CreateTable(statement, { catalog, report }) {
      const { name, partitionedBy, properties } = statement;
      if (partitionedBy.length === 0 || makesIceberg(statement)) return;
      const isOn = (key: string): boolean => property(properties, key)?.value?.toLowerCase() === 'true';
      if (isOn('projection.enabled') || isOn('partition_filtering.enabled')) return;
      const table = catalog.table(name.parts.map((part) => part.name));
      const count = table?.partitionCount ?? 0;
      const median =
        table?.medianPartitionBytes ??
        (table?.bytes === undefined || count === 0 ? undefined : table.bytes / count);
      const tiny = count > manySmall && median !== undefined && median < small;
      if (count <= many && !tiny) return;
      const size = tiny ? ` of about ${formatBytes(median)}` : '';
      report(
        name,
        `${name.parts.at(-1)?.name ?? ''} has ${formatCount(count)} partitions${size}, which take long to plan: project them, or make them larger.`,
      );
    },
  },
});
