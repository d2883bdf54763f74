import { defineRule } from '../../rule';
import { makesIceberg, property } from './ctasProperties';

const passing = /(^|_)(tmp|temp|temporary|stg|staging|scratch|test)(_|\d*$)/;

/** A table whose files land among the results of queries. */
export const athenaCtasNoLocation = defineRule({
  code: 'ATH303',
  id: 'athena-ctas-no-location',
  dialects: ['athena'],
  severity: 'information',
  title: 'Give a table made by a query an external_location',
  why: 'Without one its files go to tables/<query id>/ below the results of queries, a place that lifecycle rules are used to empty. Where the workgroup enforces its own location the property is an error instead.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/ctas-considerations-limitations.html',
    'https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html',
  ],
  catalog:
    "CREATE EXTERNAL TABLE shops (shop string, city string) STORED AS PARQUET LOCATION 's3://lake/shops/'",
  bad: "CREATE TABLE shops_by_city WITH (format = 'PARQUET') AS SELECT city, count(*) AS shops FROM shops GROUP BY city",
  good: "CREATE TABLE shops_by_city WITH (format = 'PARQUET', external_location = 's3://lake/shops_by_city/') AS SELECT city, count(*) AS shops FROM shops GROUP BY city",
  on: {
    CreateTableAs(statement, { report, statement: { templated } }) {
      const { name, properties, propertiesSpan } = statement;
      const table = name.parts.at(-1)?.name.toLowerCase() ?? '';
      if (templated || makesIceberg(statement) || passing.test(table)) return;
      if (property(properties, 'external_location') !== undefined) return;
      const added = `external_location = 's3://bucket/${table}/'`;
      const last = properties.at(-1);
      const edit =
        last !== undefined
          ? { start: last.end, end: last.end, text: `, ${added}` }
          : propertiesSpan === undefined
            ? { start: name.end, end: name.end, text: ` WITH (${added})` }
            : undefined;
      report(
        name,
        `The files of ${table} will lie among the results of queries: give it an external_location.`,
        {
          fixes: edit === undefined ? [] : [{ title: `Add ${added}`, edits: [edit], scaffold: true }],
        },
      );
    },
  },
});
