import type { TextEdit } from '../../../base/text';
import { allColumns, type Output } from '../../../scan/plan';
import { analyse } from '../../../scan/scansOf';
import type {
  CreateTableAs,
  Expression,
  InsertStatement,
  Option,
  Query,
  UnloadStatement,
} from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';
import { outerSelects } from './outerSelects';
import { listed } from './unfilteredScan';

/** Partition columns that do not stand last in what a statement stores. */
export const athenaCtasPartitionColumnsLast = defineRule({
  code: 'ATH301',
  id: 'athena-ctas-partition-columns-last',
  dialects: ['athena'],
  severity: 'error',
  title: 'Select the partition columns last, in the order of partitioned_by',
  why: 'Athena takes the last columns of the query for the partition keys. If they are not the ones that partitioned_by names, in its order, the statement fails with HIVE_COLUMN_ORDER_MISMATCH; an INSERT puts the values into the wrong columns.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html',
    'https://docs.aws.amazon.com/athena/latest/ug/insert-into.html',
    'https://github.com/prestodb/presto/pull/4469',
  ],
  catalog:
    'CREATE EXTERNAL TABLE card_payments (payment_id string, amount decimal(18,2)) PARTITIONED BY (year string, month string) STORED AS PARQUET',
  bad: "CREATE TABLE monthly_payments WITH (format = 'PARQUET', partitioned_by = ARRAY['year', 'month']) AS SELECT year, month, sum(amount) AS total FROM card_payments WHERE year = '2025' GROUP BY year, month",
  good: "CREATE TABLE monthly_payments WITH (format = 'PARQUET', partitioned_by = ARRAY['year', 'month']) AS SELECT sum(amount) AS total, year, month FROM card_payments WHERE year = '2025' GROUP BY year, month",
  on: {
    CreateTableAs: (statement, context) => checkStored(statement, statement.properties, context),
    UnloadStatement: (statement, context) => checkStored(statement, statement.options, context),
    InsertStatement: checkInsert,
  },
});

function checkStored(
  statement: CreateTableAs | UnloadStatement,
  options: readonly Option[],
  context: RuleContext,
): void {
  const { query } = statement;
  const partitionedBy = options.find((option) => option.key.toLowerCase() === 'partitioned_by');
  const iceberg = options.some(
    (option) => option.key.toLowerCase() === 'table_type' && option.value?.toLowerCase() === 'iceberg',
  );
  const keys = (partitionedBy?.items ?? []).map((item) => item.text.replaceAll(/^'|'$/g, '').toLowerCase());
  if (query === undefined || partitionedBy === undefined || iceberg || keys.length === 0) return;
  const outputs = knownOutputs(context);
  if (outputs === undefined) return;
  const last = outputs.slice(-keys.length).map((output) => output.name);
  if (last.includes(undefined) || last.join('\0') === keys.join('\0')) return;
  const missing = keys.filter((key) => !outputs.some((output) => output.name === key));
  const unnamed = outputs.some((output) => output.name === undefined);
  if (missing.length > 0 && unnamed) return;
  const misplaced = itemOf(keys.find((key, at) => last[at] !== key) ?? '', query);
  const message =
    missing.length > 0
      ? `partitioned_by names ${listed(missing, 'and')}, which the query does not select`
      : `${listed(keys, 'and')} must be the last ${keys.length === 1 ? 'column' : 'columns'} selected${keys.length === 1 ? '' : ', in this order'}`;
  const edits = missing.length > 0 ? undefined : moved(keys, query, context.statement.text);
  context.report(
    misplaced ?? partitionedBy.valueSpan ?? partitionedBy,
    `${message}: Athena fails with HIVE_COLUMN_ORDER_MISMATCH.`,
    {
      fixes: edits === undefined ? [] : [{ title: `Move ${listed(keys, 'and')} to the end`, edits }],
    },
  );
}

function checkInsert(statement: InsertStatement, context: RuleContext): void {
  const { query, target } = statement;
  const table = context.catalog.table(target.parts.map((part) => part.name));
  if (query === undefined || table === undefined || table.partitionKeys.length === 0) return;
  if (table.kind !== undefined && table.kind !== 'hive') return;
  const outputs = knownOutputs(context);
  if (outputs === undefined) return;
  const columns =
    statement.columns.length > 0
      ? statement.columns.map((column) => column.name.toLowerCase())
      : allColumns(table).map((column) => column.name);
  if (columns.length !== outputs.length) return;
  const keys = table.partitionKeys.map((key) => key.name);
  const wrong = outputs.findIndex(
    ({ name }, at) => name !== undefined && keys.includes(name) && columns[at] !== name,
  );
  const name = outputs[wrong]?.name;
  if (name === undefined) return;
  context.report(
    itemOf(name, query) ?? target,
    `INSERT goes by position: ${name} would be stored in ${columns[wrong] ?? 'another column'}, and the partition keys ${listed(keys, 'and')} come last in ${table.name}.`,
    { severity: 'warning' },
  );
}

/** The columns of the statement's query, when all of them are known. */
function knownOutputs({ statement, catalog }: RuleContext): readonly Output[] | undefined {
  if (statement.templated || statement.problems.length > 0) return undefined;
  const { outputs, complete } = analyse(statement, catalog);
  return complete ? outputs : undefined;
}

function itemOf(name: string, query: Query) {
  return outerSelects(query)[0]?.items.find((item) => nameOf(item) === name);
}

function nameOf({
  expression,
  alias,
}: {
  readonly expression: Expression;
  readonly alias?: { readonly name: string };
}): string | undefined {
  return (
    alias?.name ?? (expression.kind === 'ColumnRef' ? expression.name.parts.at(-1)?.name : undefined)
  )?.toLowerCase();
}

/** Edits that move the keys' items to the end, and renumber what GROUP BY and ORDER BY count. */
function moved(keys: readonly string[], query: Query, text: string): readonly TextEdit[] | undefined {
  const { body } = query;
  if (body.kind !== 'Select' || body.items.some((item) => item.expression.kind === 'Star')) return undefined;
  const places = keys.map((key) => body.items.findIndex((item) => nameOf(item) === key));
  if (places.includes(-1)) return undefined;
  const order = [...body.items.keys()].filter((at) => !places.includes(at)).concat(places);
  const edits: TextEdit[] = [];
  for (const [at, item] of body.items.entries()) {
    const source = body.items[order[at] ?? at];
    if (source !== undefined && source !== item) {
      edits.push({ start: item.start, end: item.end, text: text.slice(source.start, source.end) });
    }
  }
  for (const each of [...(body.groupBy?.items ?? []), ...query.orderBy.map((item) => item.expression)]) {
    if (each.kind !== 'Literal' || each.type !== 'number') continue;
    const now = order.indexOf(Number(each.value) - 1) + 1;
    if (now > 0 && String(now) !== each.value)
      edits.push({ start: each.start, end: each.end, text: String(now) });
  }
  return edits;
}
