import type { UnloadStatement } from '../../../sql/ast';

/** Whether the rows of an UNLOAD have an order; told from the text where the query has no tree of its own. */
export function isSorted(unload: UnloadStatement, text: string): boolean {
  if (unload.query !== undefined) return unload.query.orderBy.length > 0;
  const { start, end } = unload.querySpan ?? unload;
  return /\border\s+by\b/i.test(text.slice(start, end));
}
