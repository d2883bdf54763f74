import type { CreateTable, UtilityStatement } from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';

/** What begins a statement that Athena does not have, and what to do instead. */
const unsupported: readonly (readonly [verb: RegExp, instead: string])[] = [
  [/^(COMMIT|ROLLBACK|START TRANSACTION)\b/, 'each statement is its own transaction'],
  [/^TRUNCATE\b/, 'delete the files of the table, or DELETE FROM an Iceberg table'],
  [/^LOCK\b/, 'Athena has no locks'],
  [/^(GRANT|REVOKE|CREATE ROLE|DROP ROLE|SHOW GRANTS)\b/, 'permissions are IAM or Lake Formation policies'],
  [/^(CREATE (OR REPLACE )?PROCEDURE|DROP PROCEDURE|CALL)\b/, 'Athena has no stored procedures'],
  [/^DESCRIBE (INPUT|OUTPUT)\b/, 'describe the tables of the statement'],
];

/** A statement that Athena does not have. */
export const athenaUnsupportedStatement = defineRule({
  code: 'ATH205',
  id: 'athena-unsupported-statement',
  dialects: ['athena'],
  severity: 'error',
  title: 'Use statements that Athena has',
  why: 'Athena has no transactions, locks, roles, stored procedures, TRUNCATE or CREATE TABLE LIKE: it rejects such a statement before anything runs.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/unsupported-ddl.html',
    'https://docs.aws.amazon.com/athena/latest/ug/other-notable-limitations.html',
  ],
  bad: 'CREATE TABLE card_payments_copy LIKE card_payments',
  good: "CREATE TABLE card_payments_copy WITH (format = 'PARQUET', external_location = 's3://lake/card_payments_copy/') AS SELECT payment_id, amount FROM card_payments WITH NO DATA",
  on: {
    UtilityStatement: checkVerb,
    CreateTable: checkLike,
    AlterTable(statement, { catalog, report }) {
      const action = statement.actions.find((each) => each.action === 'RENAME TO');
      const table = catalog.table(statement.name.parts.map(({ name }) => name));
      if (action === undefined || table?.kind !== 'hive') return;
      if (table.parameters?.['table_type']?.toLowerCase() === 'iceberg') return;
      report(
        action,
        `Athena renames Iceberg tables only, and ${table.name} is none: create a table of the new name.`,
      );
    },
  },
});

function checkVerb(statement: UtilityStatement, { report, statement: { templated } }: RuleContext): void {
  if (templated) return;
  const found = unsupported.find(([verb]) => verb.test(statement.verb));
  if (found === undefined) return;
  report(statement.verbSpan, `Athena has no ${statement.verb}: ${found[1]}.`);
}

function checkLike(statement: CreateTable, { catalog, report, statement: { templated } }: RuleContext): void {
  const { like } = statement;
  if (like === undefined || templated || statement.external) return;
  const source = catalog.table(like.parts.map(({ name }) => name));
  const columns = [...(source?.columns ?? []), ...(source?.partitionKeys ?? [])].map(({ name }) => name);
  const from = like.parts.map(({ name }) => name).join('.');
  const query = `AS SELECT ${columns.length === 0 ? '*' : columns.join(', ')} FROM ${from} WITH NO DATA`;
  report(like, 'Athena has no CREATE TABLE LIKE: create the table by a query WITH NO DATA.', {
    fixes:
      statement.columns.length > 0 || statement.options.length > 0
        ? []
        : [
            {
              title: 'Create it by a query WITH NO DATA',
              edits: [{ start: statement.name.end, end: statement.end, text: ` ${query}` }],
            },
          ],
  });
}
