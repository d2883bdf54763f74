import type { ParsedStatement, StatementBody } from '../sql/ast';

/** Athena takes no longer statement (bytes of UTF-8; Athena service quotas, "Query string length"). */
export const longestStatement = 262_144;

/**
 * Whether running a statement may change data or the catalog. What cannot be read, and what runs something
 * that was prepared elsewhere, counts as a write.
 */
export function mayWrite({ body, problems }: ParsedStatement): boolean {
  return problems.length > 0 ? !startsAsRead(body) : bodyWrites(body);
}

function bodyWrites(body: StatementBody): boolean {
  if (body.kind === 'SelectStatement') return false;
  // A plan is only shown, a prepared statement only kept; EXPLAIN ANALYZE runs what it holds.
  if (body.kind === 'WrapperStatement') return body.verb === 'EXPLAIN ANALYZE' && bodyWrites(body.statement);
  if (body.kind === 'UtilityStatement') return !/^(SHOW|DESCRIBE|DESC|EXPLAIN|USE)\b/.test(body.verb);
  return true;
}

// A query with a mistake in it is still a query: the engine will say so, and nothing is written.
function startsAsRead(body: StatementBody): boolean {
  return body.kind !== 'Error' && !bodyWrites(body);
}
