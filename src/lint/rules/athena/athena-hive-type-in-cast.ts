import { defineRule } from '../../rule';
import { trinoType } from './trinoTypes';

/** A type that only DDL knows, in a CAST. */
export const athenaHiveTypeInCast = defineRule({
  code: 'ATH207',
  id: 'athena-hive-type-in-cast',
  dialects: ['athena'],
  severity: 'error',
  title: 'Use the types of queries in CAST',
  why: 'Queries have other names for types than DDL: varchar for string, real for float, varbinary for binary, row for struct. The name of the other side is unknown to them.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/data-types.html'],
  catalog:
    "CREATE EXTERNAL TABLE shops (shop_id bigint, city string) STORED AS PARQUET LOCATION 's3://lake/shops/'",
  bad: 'SELECT CAST(shop_id AS string) AS shop FROM shops',
  good: 'SELECT CAST(shop_id AS varchar) AS shop FROM shops',
  on: {
    Cast({ type, style }, { report, statement }) {
      if (style === '::' || statement.templated) return;
      const { start, end } = type;
      const meant = trinoType(type.text);
      if (meant === undefined) return;
      const fixes = meant === '' ? [] : [{ title: `Write ${meant}`, edits: [{ start, end, text: meant }] }];
      report(
        type,
        `${type.base} is a type of DDL, which queries do not know${meant === '' ? '' : `: write ${meant}`}.`,
        { fixes },
      );
    },
  },
});
