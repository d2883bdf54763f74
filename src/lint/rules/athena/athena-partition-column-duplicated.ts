import type { ColumnDefinition, CreateTable } from '../../../sql/ast';
import type { TextEdit } from '../../../base/text';
import { defineRule } from '../../rule';
import { makesIceberg } from './ctasProperties';

/** A partition key that is a column too. */
export const athenaPartitionColumnDuplicated = defineRule({
  code: 'ATH309',
  id: 'athena-partition-column-duplicated',
  dialects: ['athena'],
  severity: 'error',
  title: 'Declare a partition key in PARTITIONED BY only',
  why: 'PARTITIONED BY declares the column itself. A second one of the name in the list of columns fails the CREATE TABLE; only Iceberg wants it there.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/create-table.html'],
  bad: "CREATE EXTERNAL TABLE logins (login_id string, dt string) PARTITIONED BY (dt string) STORED AS PARQUET LOCATION 's3://lake/logins/'",
  good: "CREATE EXTERNAL TABLE logins (login_id string) PARTITIONED BY (dt string) STORED AS PARQUET LOCATION 's3://lake/logins/'",
  on: {
    CreateTable(statement, { report, statement: { templated } }) {
      if (templated || makesIceberg(statement)) return;
      const keys = statement.partitionedBy.flatMap(({ name, transform }) =>
        transform === undefined ? [name.name.toLowerCase()] : [],
      );
      for (const column of statement.columns) {
        const name = column.name.name.toLowerCase();
        if (!keys.includes(name)) continue;
        report(column, `${name} is declared by PARTITIONED BY already.`, {
          fixes:
            statement.columns.length === 1
              ? []
              : [{ title: `Remove ${name} from the columns`, edits: [removal(column, statement)] }],
        });
      }
    },
  },
});

function removal(column: ColumnDefinition, { columns }: CreateTable): TextEdit {
  const at = columns.indexOf(column);
  const before = columns[at - 1];
  return before === undefined
    ? { start: column.start, end: columns[at + 1]?.start ?? column.end, text: '' }
    : { start: before.end, end: column.end, text: '' };
}
