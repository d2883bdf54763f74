import { toDuckDb, loadTranslator } from '../engine/translate';
import { tokensOf } from '../engine/lexer';
import { ddlOf } from '../engine/statements';
import { QueryError } from '../engine/queryError';
import { AwsError } from '../service';

/** What Athena says at the start and not after it: a statement it cannot read is never queued. */
export async function refusedAtStart(sql: string, parameters: readonly string[]): Promise<void> {
  const refuse = (message: string, code: string): AwsError =>
    new AwsError('InvalidRequestException', message, { fields: { AthenaErrorCode: code } });
  if (Buffer.byteLength(sql) > 262_144)
    throw refuse('QueryString must have a length of at most 262144 bytes', 'INVALID_INPUT');
  await loadTranslator();
  try {
    if (ddlOf(sql) === undefined) toDuckDb(boundSql(sql, parameters));
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    if (error.code === 'INVALID_PARAMETER_USAGE') return; // the query is queued, and fails
    throw refuse(error.code === 'SYNTAX_ERROR' ? error.message : error.reason, 'MALFORMED_QUERY');
  }
}

/** The statement with a parameter, which is SQL itself, in place of each `?`. QueryError when their numbers differ. */
export function boundSql(sql: string, parameters: readonly string[]): string {
  const marks = tokensOf(sql).filter(({ kind, text }) => kind === 'mark' && text === '?');
  if (marks.length !== parameters.length) {
    throw new QueryError(
      'INVALID_PARAMETER_USAGE',
      `line 1:1: Incorrect number of parameters: expected ${marks.length} but found ${parameters.length}`,
    );
  }
  return marks.reduceRight(
    (text, mark, at) => `${text.slice(0, mark.start)}${parameters[at] ?? ''}${text.slice(mark.end)}`,
    sql,
  );
}

/** How Athena files a statement. */
export function statementTypeOf(sql: string): 'DML' | 'DDL' | 'UTILITY' {
  const ddl = ddlOf(sql);
  return ddl === undefined ? 'DML' : (statementTypes[ddl.kind] ?? 'DDL');
}

// What writes rows counts as DML but for CREATE TABLE AS; what only shows is a utility.
const statementTypes: Readonly<Record<string, 'DML' | 'DDL' | 'UTILITY'>> = {
  insert: 'DML',
  unload: 'DML',
  describe: 'UTILITY',
  explain: 'UTILITY',
  'show-create-table': 'UTILITY',
  'show-columns': 'UTILITY',
  'show-databases': 'UTILITY',
  'show-partitions': 'UTILITY',
  'show-tables': 'UTILITY',
};
