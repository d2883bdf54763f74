import { formatCount } from '../../../base/format';
import { familyOf, readType } from '../../../scan/sqlType';
import { defineRule } from '../../rule';
import { listed } from './unfilteredScan';

const manyPartitions = 10_000;

/** Partition keys that Glue cannot filter. */
export const athenaNonStringPartitionKey = defineRule({
  code: 'ATH115',
  id: 'athena-non-string-partition-key',
  dialects: ['athena'],
  severity: 'hint',
  title: 'Partition keys of type string are filtered in the Glue catalog',
  why: 'Athena asks Glue only for partitions that match conditions on string keys. Keys of other types are compared after the whole list has arrived, which takes long or times out once there are many thousands.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/other-notable-limitations.html',
    'https://docs.aws.amazon.com/athena/latest/ug/data-types.html',
    'https://github.com/trinodb/trino/blob/master/plugin/trino-hive/src/main/java/io/trino/plugin/hive/metastore/glue/GlueExpressionUtil.java',
  ],
  bad: "CREATE EXTERNAL TABLE card_payments (payment_id string) PARTITIONED BY (year int, month int) STORED AS PARQUET LOCATION 's3://lake/card_payments/'",
  good: "CREATE EXTERNAL TABLE card_payments (payment_id string) PARTITIONED BY (year string, month string) STORED AS PARQUET LOCATION 's3://lake/card_payments/'",
  on: {
    CreateTable(statement, { catalog, report }) {
      const properties = new Map(
        statement.properties.map(({ key, value }) => [key.toLowerCase(), (value ?? '').toLowerCase()]),
      );
      if (properties.get('projection.enabled') === 'true' || properties.has('table_type')) return;
      const keys = statement.partitionedBy.filter(
        ({ type, transform }) =>
          transform === undefined && type !== undefined && familyOf(readType(type.text)) !== 'text',
      );
      const [first, last] = [keys[0], keys.at(-1)];
      if (first === undefined || last === undefined) return;
      const names = keys.map(({ name, type }) => `${name.name} ${type?.text ?? ''}`);
      const table = catalog.table(statement.name.parts.map((part) => part.name));
      const count = table?.partitionCount ?? 0;
      const known = count > manyPartitions ? `, and there are ${formatCount(count)} of them` : '';
      report(
        { start: first.start, end: last.end },
        `Glue does not filter partitions by ${listed(names, 'or')}, so Athena fetches the list of all partitions first${known}.`,
        { severity: count > manyPartitions ? 'information' : 'hint' },
      );
    },
  },
});
