import type { Call, Query } from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';
import { outerSelects } from './outerSelects';

// Not functions to the engine, so that its limit of arguments is not theirs.
const special = new Set(['coalesce', 'if', 'nullif', 'try', 'row', 'array', 'json_object', 'json_array']);
const mostArguments = 127;

/** A call that engine version 3 rejects. */
export const athenaV3BreakingFunction = defineRule({
  code: 'ATH209',
  id: 'athena-v3-breaking-function',
  dialects: ['athena'],
  severity: 'error',
  title: 'Calls that engine version 3 rejects',
  why: 'Since engine version 3 concat() needs two arguments or more, a function takes at most 127, a time stuck to its date by a dash is no timestamp, and the type of uuid() cannot be stored in a table over files.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/engine-versions-reference-0003.html'],
  catalog: "CREATE EXTERNAL TABLE shops (shop string) STORED AS PARQUET LOCATION 's3://lake/shops/'",
  bad: "CREATE TABLE shop_keys WITH (format = 'PARQUET', external_location = 's3://lake/shop_keys/') AS SELECT uuid() AS key, shop FROM shops",
  good: "CREATE TABLE shop_keys WITH (format = 'PARQUET', external_location = 's3://lake/shop_keys/') AS SELECT CAST(uuid() AS varchar) AS key, shop FROM shops",
  on: {
    Call: checkArguments,
    Cast({ operand, type, style }, { report }) {
      if (style !== 'CAST' || type.base !== 'timestamp' || operand.kind !== 'Literal') return;
      const match = /^(\d{4}-\d\d-\d\d)-(\d\d:.*)$/.exec(operand.value);
      if (operand.type !== 'string' || match === null) return;
      const text = `'${match[1] ?? ''} ${match[2] ?? ''}'`;
      const { start, end } = operand;
      report(operand, `This is no timestamp to engine version 3: write ${text}.`, {
        fixes: [{ title: `Write ${text}`, edits: [{ start, end, text }] }],
      });
    },
    CreateTableAs(statement, context) {
      const iceberg = statement.properties.some(
        ({ key, value }) => key.toLowerCase() === 'table_type' && value?.toLowerCase() === 'iceberg',
      );
      if (!iceberg) checkStored(statement.query, context);
    },
    InsertStatement(statement, context) {
      const table = context.catalog.table(statement.target.parts.map(({ name }) => name));
      if (table?.kind === 'hive' && statement.query !== undefined) checkStored(statement.query, context);
    },
  },
});

function checkArguments(call: Call, { report, statement: { templated } }: RuleContext): void {
  const name = nameOf(call);
  const { length } = call.args;
  if (name === 'concat' && length === 1 && !templated) {
    report(call, 'concat() needs at least two arguments in engine version 3.', { fixes: [] });
  }
  if (length > mostArguments && !special.has(name))
    report(call.name, `${name} has ${length} arguments, and a function takes at most ${mostArguments}.`);
}

function checkStored(query: Query, { report }: RuleContext): void {
  for (const { items } of outerSelects(query)) {
    for (const { expression } of items) {
      if (expression.kind !== 'Call' || nameOf(expression) !== 'uuid' || expression.args.length > 0) continue;
      const { start, end } = expression;
      report(expression, 'A table over files has no type for uuid(): write CAST(uuid() AS varchar).', {
        fixes: [
          {
            title: 'Write CAST(uuid() AS varchar)',
            edits: [{ start, end, text: 'CAST(uuid() AS varchar)' }],
          },
        ],
      });
    }
  }
}

function nameOf({ name }: Call): string {
  return name.parts.length === 1 ? (name.parts[0]?.name.toLowerCase() ?? '') : '';
}
