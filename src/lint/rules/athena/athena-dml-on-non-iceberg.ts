import type { TableRef } from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';

/** Changing single rows of files that cannot be changed. */
export const athenaDmlOnNonIceberg = defineRule({
  code: 'ATH206',
  id: 'athena-dml-on-non-iceberg',
  dialects: ['athena'],
  severity: 'error',
  title: 'UPDATE, DELETE and MERGE need an Iceberg table',
  why: 'Athena changes rows of Iceberg tables only; on any other table the statement fails.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/delete-statement.html',
    'https://docs.aws.amazon.com/athena/latest/ug/other-notable-limitations.html',
  ],
  catalog:
    "CREATE EXTERNAL TABLE logins (login_id string, account string) PARTITIONED BY (dt string) STORED AS PARQUET LOCATION 's3://lake/logins/'",
  bad: "DELETE FROM logins WHERE dt < '2023-01-01'",
  good: "ALTER TABLE logins DROP IF EXISTS PARTITION (dt = '2022-12-31')",
  on: {
    DeleteStatement: ({ target }, context) => checkTarget('DELETE', target, context),
    UpdateStatement: ({ target }, context) => checkTarget('UPDATE', target, context),
    MergeStatement: ({ target }, context) => checkTarget('MERGE', target, context),
  },
});

function checkTarget(verb: string, { name }: TableRef, { catalog, report }: RuleContext): void {
  const table = catalog.table(name.parts.map((part) => part.name));
  const kind = table?.kind;
  if (table === undefined || (kind !== 'hive' && kind !== 'delta' && kind !== 'hudi')) return;
  if (table.parameters?.['table_type']?.toLowerCase() === 'iceberg') return;
  const what = { hive: 'a table over files', delta: 'a Delta table', hudi: 'a Hudi table' }[kind];
  report(name, `${table.name} is ${what}, and ${verb} works on Iceberg tables only.`);
}
