import type { Identifier, StatementBody } from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';
import { ddlWords } from './reservedWords';
import { eachStatement, isHiveDdl } from './wholeStatement';

/** A reserved word as a bare name in DDL. */
export const athenaDdlReservedWord = defineRule({
  code: 'ATH201',
  id: 'athena-ddl-reserved-word',
  dialects: ['athena'],
  severity: 'error',
  title: 'Put reserved words in backticks in DDL',
  why: "Hive's parser reads Athena's DDL, and stops at a reserved word that stands for a column or table without backticks.",
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/reserved-words.html'],
  bad: "CREATE EXTERNAL TABLE card_payments (payment_id string, date date, user string) STORED AS PARQUET LOCATION 's3://lake/card_payments/'",
  good: "CREATE EXTERNAL TABLE card_payments (payment_id string, `date` date, `user` string) STORED AS PARQUET LOCATION 's3://lake/card_payments/'",
  on: eachStatement(checkNames),
});

function checkNames({ statement, report }: RuleContext): void {
  const { body, text } = statement;
  if (!isHiveDdl(body)) return;
  for (const { start, end } of wordsOf(body, statement.problems)) {
    const word = text.slice(start, end);
    if (!ddlWords.has(word.toUpperCase())) continue;
    report({ start, end }, `${word} is a reserved word in DDL: write \`${word}\`.`, {
      fixes: [{ title: `Write \`${word}\``, edits: [{ start, end, text: `\`${word}\`` }] }],
    });
  }
}

/** Bare names, and the words where the parser missed one. */
function wordsOf(
  body: StatementBody,
  problems: RuleContext['statement']['problems'],
): readonly { readonly start: number; readonly end: number }[] {
  const missed = problems.filter(({ message }) => /^Expected (a|the) (column |table )?name\b/.test(message));
  return [...namesOf(body).filter(({ quoted, name }) => !quoted && name !== ''), ...missed];
}

function namesOf(body: StatementBody): readonly Identifier[] {
  if (body.kind === 'CreateTable') {
    const columns = [
      ...body.columns,
      ...body.partitionedBy.filter(({ transform }) => transform === undefined),
    ];
    return [...body.name.parts, ...columns.map(({ name }) => name)];
  }
  if (body.kind === 'AlterTable') {
    const columns = body.actions.flatMap((action) => (action.action === 'OTHER' ? [] : action.columns));
    return [...body.name.parts, ...columns.map(({ name }) => name)];
  }
  return body.kind === 'UtilityStatement' ? (body.name?.parts ?? []) : [];
}
