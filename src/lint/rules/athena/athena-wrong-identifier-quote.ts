import type { Identifier } from '../../../sql/ast';
import { walk } from '../../../sql/walk';
import { defineRule, type RuleContext } from '../../rule';
import { eachStatement, isHiveDdl } from './wholeStatement';

/** The quotes of the other parser around a name. */
export const athenaWrongIdentifierQuote = defineRule({
  code: 'ATH203',
  id: 'athena-wrong-identifier-quote',
  dialects: ['athena'],
  severity: 'error',
  title: 'Quote names with backticks in DDL and with double quotes in queries',
  why: "Athena has two parsers: Hive's for DDL, which wants `name`, and Trino's for queries, views and CREATE TABLE AS, which wants \"name\". Each rejects the other's quotes.",
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/reserved-words.html',
    'https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html',
  ],
  catalog:
    "CREATE EXTERNAL TABLE opening_hours (branch string, `end` string) STORED AS PARQUET LOCATION 's3://lake/opening_hours/'",
  bad: 'SELECT branch, `end` FROM opening_hours',
  good: 'SELECT branch, "end" FROM opening_hours',
  on: eachStatement(checkQuotes),
});

function checkQuotes(context: RuleContext): void {
  const { body, text, templated } = context.statement;
  if (templated) return;
  const ddl = isHiveDdl(body);
  if (!ddl && (body.kind === 'UtilityStatement' || body.kind === 'CopyStatement')) return;
  const [wrong, right] = ddl ? ['"', '`'] : ['`', '"'];
  if (!text.includes(wrong)) return;
  for (const { start, end } of ddl ? ddlNames(context) : allNames(context)) {
    if (text[start] !== wrong) continue;
    const name = text.slice(start + 1, end - 1);
    if (name.includes(right)) continue;
    const mended = `${right}${name.replaceAll(wrong + wrong, wrong)}${right}`;
    const where = ddl ? 'DDL takes backticks' : 'A query takes double quotes';
    context.report({ start, end }, `${where} around a name: write ${mended}.`, {
      fixes: [{ title: `Write ${mended}`, edits: [{ start, end, text: mended }] }],
    });
  }
}

function allNames({ statement }: RuleContext): readonly Identifier[] {
  const names: Identifier[] = [];
  walk(statement.body, (node) => {
    if (node.kind === 'Identifier' && node.quoted) names.push(node);
  });
  return names;
}

// In the values of DDL double quotes are strings.
function ddlNames({ statement: { body } }: RuleContext): readonly Identifier[] {
  if (body.kind === 'CreateTable')
    return [
      ...body.name.parts,
      ...body.columns.map(({ name }) => name),
      ...body.partitionedBy.map(({ name }) => name),
    ];
  if (body.kind === 'AlterTable')
    return [...body.name.parts, ...body.actions.flatMap(({ columns }) => columns.map(({ name }) => name))];
  return body.kind === 'UtilityStatement' ? (body.name?.parts ?? []) : [];
}
