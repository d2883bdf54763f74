import { defineRule } from '../../rule';
import { makesIceberg, property } from './ctasProperties';

/** A partitioned table that stays empty. */
export const athenaPartitionsNotLoaded = defineRule({
  code: 'ATH310',
  id: 'athena-partitions-not-loaded',
  dialects: ['athena'],
  severity: 'information',
  title: 'Load the partitions of a new table',
  why: 'A partitioned table shows only partitions that the catalog knows: until they are added, or projected, every query gives no rows.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/create-table.html',
    'https://docs.aws.amazon.com/athena/latest/ug/partitions.html',
  ],
  figures: { logins: { partitionCount: 0 } },
  catalog:
    "CREATE EXTERNAL TABLE logins (login_id string) PARTITIONED BY (dt string) STORED AS PARQUET LOCATION 's3://lake/logins/'",
  bad: "CREATE EXTERNAL TABLE logins (login_id string) PARTITIONED BY (dt string) STORED AS PARQUET LOCATION 's3://lake/logins/'",
  good: "CREATE EXTERNAL TABLE logins (login_id string) PARTITIONED BY (dt string) STORED AS PARQUET LOCATION 's3://lake/logins/';\nALTER TABLE logins ADD IF NOT EXISTS PARTITION (dt = '2025-03-09') LOCATION 's3://lake/logins/dt=2025-03-09/'",
  on: {
    CreateTable(statement, { catalog, file, report }) {
      const { name, partitionedBy, properties } = statement;
      if (partitionedBy.length === 0 || makesIceberg(statement)) return;
      if (property(properties, 'projection.enabled')?.value?.toLowerCase() === 'true') return;
      // A crawler or a job may add them: only a catalog that has none of them tells.
      if (catalog.table(name.parts.map((part) => part.name))?.partitionCount !== 0) return;
      const table = name.parts.at(-1)?.name ?? '';
      if (file.use(table).partitionsLoaded > 0) return;
      report(
        name,
        `${table} has no partitions in the catalog, so it has no rows: add them, or repair the table.`,
      );
    },
  },
});
