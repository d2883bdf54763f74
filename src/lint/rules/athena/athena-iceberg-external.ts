import type { TextEdit } from '../../../base/text';
import type { ColumnDefinition, CreateTable } from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';
import { makesIceberg } from './ctasProperties';

/** The DDL of a table over files for an Iceberg table. */
export const athenaIcebergExternal = defineRule({
  code: 'ATH307',
  id: 'athena-iceberg-external',
  dialects: ['athena'],
  severity: 'error',
  title: 'Iceberg tables without EXTERNAL, partitioned by columns of theirs',
  why: 'An Iceberg table is partitioned by what its columns hold, so PARTITIONED BY names columns of the list and gives them no type; and Athena rejects the word EXTERNAL for it.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables.html'],
  bad: "CREATE EXTERNAL TABLE orders (order_id bigint) PARTITIONED BY (ordered_on date) LOCATION 's3://lake/orders/' TBLPROPERTIES ('table_type' = 'ICEBERG')",
  good: "CREATE TABLE orders (order_id bigint, ordered_on date) PARTITIONED BY (day(ordered_on)) LOCATION 's3://lake/orders/' TBLPROPERTIES ('table_type' = 'ICEBERG')",
  on: {
    CreateTable(statement, context) {
      if (context.statement.templated || !makesIceberg(statement)) return;
      checkExternal(statement, context);
      for (const field of statement.partitionedBy) checkField(field, statement, context);
    },
  },
});

function checkExternal({ external }: CreateTable, { report, statement: { text } }: RuleContext): void {
  const words = external ? /^create\s+(external\s+)/i.exec(text) : null;
  if (words === null) return;
  const start = words[0].length - (words[1] ?? '').length;
  report({ start, end: start + 'external'.length }, 'EXTERNAL is not for Iceberg tables.', {
    fixes: [{ title: 'Remove EXTERNAL', edits: [{ start, end: words[0].length, text: '' }] }],
  });
}

function checkField(field: ColumnDefinition, statement: CreateTable, { report }: RuleContext): void {
  const { type, transform } = field;
  const argument = transform?.args.find((arg) => arg.kind === 'ColumnRef');
  const name =
    transform === undefined
      ? field.name.name
      : argument?.kind === 'ColumnRef' && argument.name.parts.length === 1
        ? (argument.name.parts[0]?.name ?? '')
        : undefined;
  if (name === undefined || statement.columnsSpan === undefined) return;
  const declared = statement.columns.some((column) => column.name.name === name);
  const last = statement.columns.at(-1);
  const edits: TextEdit[] = [];
  if (type !== undefined) edits.push({ start: field.name.end, end: type.end, text: '' });
  if (!declared && type !== undefined && last !== undefined)
    edits.push({ start: last.end, end: last.end, text: `, ${name} ${type.text}` });
  if (type === undefined && declared) return;
  const message = declared
    ? `${name} is a column already, and PARTITIONED BY gives it no type.`
    : `${name} is not in the list of columns, and an Iceberg table is partitioned by its columns.`;
  report(field, message, {
    fixes: edits.length === 0 ? [] : [{ title: 'Declare it among the columns, without a type here', edits }],
  });
}
