import { defineRule } from '../../rule';

/** Rows that are written one file at a time. */
export const athenaInsertValues = defineRule({
  code: 'ATH314',
  id: 'athena-insert-values',
  dialects: ['athena'],
  severity: 'information',
  title: 'Insert many rows at once',
  why: 'Each INSERT writes files of its own, so that a few rows each make a table of many tiny files, which is slow to read. Insert from a query, or put a file into S3.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/insert-into.html'],
  catalog:
    "CREATE EXTERNAL TABLE shops (shop string, city string) STORED AS PARQUET LOCATION 's3://lake/shops/'",
  bad: "INSERT INTO shops VALUES ('S-1', 'Lyon')",
  good: 'INSERT INTO shops SELECT shop, city FROM new_shops',
  on: {
    InsertStatement({ target, query }, { catalog, file, report }) {
      if (query?.body.kind !== 'Values' || query.body.rows.length > 100) return;
      const table = catalog.table(target.parts.map((part) => part.name));
      if (table?.kind === 'view' || (table?.rows !== undefined && table.rows < 100)) return;
      const name = target.parts.at(-1)?.name ?? '';
      const times = file.use(name).valuesInserted;
      const many = times >= 3;
      report(
        query.body,
        many
          ? `${times} statements each write a file of a few rows to ${name}: insert them by one.`
          : `This writes a file of ${query.body.rows.length === 1 ? 'one row' : `${query.body.rows.length} rows`} to ${name}.`,
        { severity: many ? 'warning' : 'information' },
      );
    },
  },
});
