import { defineRule } from '../../rule';
import { makesIceberg, property } from './ctasProperties';

/** A table that a Glue job reads, without the word for its format. */
export const athenaMissingClassification = defineRule({
  code: 'ATH320',
  id: 'athena-missing-classification',
  dialects: ['athena'],
  severity: 'hint',
  title: 'Tell Glue jobs the format by classification',
  why: 'Athena needs no classification among the table properties, but a Glue job that reads the table by the catalog fails without it.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/create-table.html',
    'https://docs.aws.amazon.com/athena/latest/ug/glue-best-practices.html',
  ],
  catalog: "CREATE EXTERNAL TABLE shops (shop string) STORED AS PARQUET LOCATION 's3://lake/shops/'",
  figures: { shops: { readByGlueJobs: true } },
  bad: "CREATE EXTERNAL TABLE shops (shop string) STORED AS PARQUET LOCATION 's3://lake/shops/'",
  good: "CREATE EXTERNAL TABLE shops (shop string) STORED AS PARQUET LOCATION 's3://lake/shops/' TBLPROPERTIES ('classification' = 'parquet')",
  on: {
    CreateTable(statement, { catalog, report }) {
      const { name, properties, external, options, end } = statement;
      if (!external || makesIceberg(statement) || property(properties, 'classification') !== undefined)
        return;
      if (catalog.table(name.parts.map((part) => part.name))?.readByGlueJobs !== true) return;
      const stored = options.find(({ key }) => key === 'STORED AS')?.value?.toLowerCase() ?? '';
      const format = ['parquet', 'orc', 'avro'].find((each) => each === stored);
      const added = `'classification' = '${format ?? 'csv'}'`;
      const last = properties.at(-1);
      report(name, `A Glue job reads ${name.parts.at(-1)?.name ?? ''}, and needs its classification.`, {
        fixes: [
          {
            title: `Add ${added}`,
            edits: [
              last === undefined
                ? { start: end, end, text: ` TBLPROPERTIES (${added})` }
                : { start: last.end, end: last.end, text: `, ${added}` },
            ],
            ...(format === undefined ? { scaffold: true } : {}),
          },
        ],
      });
    },
  },
});
