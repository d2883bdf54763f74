import type { Node, StatementBody } from '../../../sql/ast';
import type { Rule, RuleContext } from '../../rule';

type Handler = (node: Node, context: RuleContext) => void;

/** Handlers that call the check once for each statement of the file, whatever it is. */
export function eachStatement(check: (context: RuleContext) => void): Rule['on'] {
  const once: Handler = (node, context) => {
    if (node === context.statement.body) check(context);
  };
  return {
    SelectStatement: once,
    InsertStatement: once,
    UpdateStatement: once,
    DeleteStatement: once,
    MergeStatement: once,
    CreateTable: once,
    CreateTableAs: once,
    CreateView: once,
    UnloadStatement: once,
    CopyStatement: once,
    AlterTable: once,
    WrapperStatement: once,
    UtilityStatement: once,
    Error: once,
  };
}

/** Whether Athena gives the statement to Hive's parser, which has other quotes and reserved words than Trino's. */
export function isHiveDdl(body: StatementBody): boolean {
  if (body.kind === 'UtilityStatement') return /^(DROP TABLE|MSCK REPAIR TABLE)$/.test(body.verb);
  return body.kind === 'CreateTable' || body.kind === 'AlterTable';
}
