import type { Span } from '../../../base/text';
import type { StatementBody } from '../../../sql/ast';
import { defineRule } from '../../rule';
import type { RuleContext } from '../../rule';
import { nameParts } from './tableLayout';

/** A statement that has to be its own transaction, inside another one. */
export const redshiftNotInTransaction = defineRule({
  code: 'RS303',
  id: 'redshift-not-in-transaction',
  dialects: ['redshift'],
  severity: 'error',
  title: 'Not between BEGIN and COMMIT',
  why: 'VACUUM, ALTER TABLE APPEND, CREATE DATABASE and whatever creates, changes or drops an external table cannot be rolled back: inside a transaction block they fail, and with them the transaction.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/r_VACUUM_command.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE_APPEND.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_EXTERNAL_TABLE.html',
  ],
  bad: "BEGIN;\nDELETE FROM card_payments WHERE paid_on < '2019-01-01';\nVACUUM DELETE ONLY card_payments TO 90 PERCENT;\nCOMMIT",
  good: "BEGIN;\nDELETE FROM card_payments WHERE paid_on < '2019-01-01';\nCOMMIT;\nVACUUM SORT ONLY card_payments TO 90 PERCENT",
  on: {
    UtilityStatement: check,
    AlterTable: check,
    CreateTable: check,
    CreateTableAs: check,
  },
});

function check(node: StatementBody, context: RuleContext): void {
  if (context.statement.body !== node) return;
  const found = alone(node, context);
  if (found === undefined || !context.file.inTransaction()) return;
  context.report(found.span, `${found.what} cannot run in a transaction: the one begun above fails here.`);
}

function alone(
  node: StatementBody,
  context: RuleContext,
): { readonly what: string; readonly span: Span } | undefined {
  if (node.kind === 'CreateTable' || node.kind === 'CreateTableAs') {
    return node.external ? { what: 'CREATE EXTERNAL TABLE', span: node.name } : undefined;
  }
  if (node.kind === 'AlterTable') {
    if (node.actions.some(({ action }) => action === 'APPEND FROM')) {
      return { what: 'ALTER TABLE APPEND', span: node.name };
    }
    return isExternal(nameParts(node.name), context)
      ? { what: 'ALTER TABLE of an external table', span: node.name }
      : undefined;
  }
  if (node.kind !== 'UtilityStatement') return undefined;
  if (node.verb.startsWith('VACUUM')) return { what: 'VACUUM', span: node.verbSpan };
  if (node.verb === 'CREATE DATABASE') return { what: 'CREATE DATABASE', span: node.verbSpan };
  if (node.verb !== 'DROP TABLE' || node.name === undefined) return undefined;
  return isExternal(nameParts(node.name), context)
    ? { what: 'DROP TABLE of an external table', span: node.name }
    : undefined;
}

function isExternal(parts: readonly string[], { catalog }: RuleContext): boolean {
  const kind = catalog.table(parts)?.kind;
  return kind !== undefined && kind !== 'native' && kind !== 'view';
}
