import type { Query } from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';

/** An order that is lost on the way into files. */
export const athenaCtasOrderByIgnored = defineRule({
  code: 'ATH304',
  id: 'athena-ctas-order-by-ignored',
  dialects: ['athena'],
  severity: 'information',
  title: 'ORDER BY does not order what is stored',
  why: 'CREATE TABLE AS ignores it, and UNLOAD orders the rows of each file only. It costs a sort all the same; the order belongs in the query that reads.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/ctas-considerations-limitations.html',
    'https://docs.aws.amazon.com/athena/latest/ug/unload.html',
  ],
  catalog:
    "CREATE EXTERNAL TABLE shops (shop string, city string) STORED AS PARQUET LOCATION 's3://lake/shops/'",
  bad: "CREATE TABLE shop_list WITH (format = 'PARQUET', external_location = 's3://lake/shop_list/') AS SELECT shop, city FROM shops ORDER BY city",
  good: "CREATE TABLE shop_list WITH (format = 'PARQUET', external_location = 's3://lake/shop_list/') AS SELECT shop, city FROM shops",
  on: {
    CreateTableAs: ({ query }, context) => checkOrder(query, 'CREATE TABLE AS ignores ORDER BY', context),
    UnloadStatement({ query }, context) {
      if (query !== undefined) checkOrder(query, 'UNLOAD orders the rows of each file only', context);
    },
  },
});

function checkOrder(query: Query, what: string, { report, statement }: RuleContext): void {
  const [first] = query.orderBy;
  const last = query.orderBy.at(-1);
  if (first === undefined || last === undefined) return;
  if (query.limit !== undefined || query.offset !== undefined) return;
  const { text } = statement;
  const words = /\s*\border\s+by\s*$/i.exec(text.slice(0, first.start));
  const start = words === null ? first.start : first.start - words[0].trimStart().length;
  const edits = words === null ? [] : [{ start: first.start - words[0].length, end: last.end, text: '' }];
  report({ start, end: last.end }, `${what}, and the sort is paid for nothing.`, {
    fixes: edits.length === 0 ? [] : [{ title: 'Remove ORDER BY', edits }],
  });
}
