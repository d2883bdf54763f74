import { toDuckDb, loadTranslator } from '../engine/translate';
import { ddlOf } from '../engine/statements';
import { QueryError } from '../engine/queryError';
import { AwsError } from '../service';

/** What Athena says at the start and not after it: a statement it cannot read is never queued. */
export async function refusedAtStart(sql: string, parameters: readonly string[]): Promise<void> {
  const refuse = (message: string, code: string): AwsError =>
    new AwsError('InvalidRequestException', message, { fields: { AthenaErrorCode: code } });
  if (Buffer.byteLength(sql) > 262_144)
    throw refuse('QueryString must have a length of at most 262144 bytes', 'INVALID_INPUT');
  if (parameters.length > 0)
    throw refuse('The local lake does not implement ExecutionParameters.', 'INVALID_INPUT');
  await loadTranslator();
  try {
    if (ddlOf(sql) === undefined) toDuckDb(sql);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw refuse(error.code === 'SYNTAX_ERROR' ? error.message : error.reason, 'MALFORMED_QUERY');
  }
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
