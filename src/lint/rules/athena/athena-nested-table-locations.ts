import { defineRule } from '../../rule';
import { isFilledIn } from './ctasProperties';

/** A table whose folder lies inside another table's. */
export const athenaNestedTableLocations = defineRule({
  code: 'ATH318',
  id: 'athena-nested-table-locations',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Keep the folders of tables apart',
  why: 'A table is all that lies below its LOCATION: it reads the rows of a table inside it as its own, and MSCK REPAIR TABLE adds the partitions of one to the other.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/tables-location-format.html',
    'https://docs.aws.amazon.com/athena/latest/ug/msck-repair-table.html',
  ],
  bad: "CREATE EXTERNAL TABLE orders (id string) STORED AS PARQUET LOCATION 's3://lake/orders/';\nCREATE EXTERNAL TABLE returns (id string) STORED AS PARQUET LOCATION 's3://lake/orders/returns/'",
  good: "CREATE EXTERNAL TABLE orders (id string) STORED AS PARQUET LOCATION 's3://lake/orders/';\nCREATE EXTERNAL TABLE returns (id string) STORED AS PARQUET LOCATION 's3://lake/returns/'",
  on: {
    CreateTable({ name, options, properties }, { file, report }) {
      const location = options.find(({ key }) => key === 'LOCATION');
      // Iceberg, Delta and Hudi read the files that their metadata name, not a folder.
      if (location?.value === undefined || properties.some(({ key }) => key.toLowerCase() === 'table_type'))
        return;
      if (isFilledIn(location.value)) return;
      const other = file.overlapping(location.value);
      if (other === undefined || other === name.parts.at(-1)?.name) return;
      report(
        location.valueSpan ?? location,
        `The folder overlaps that of ${other}: one of the two reads the other's files.`,
      );
    },
  },
});
