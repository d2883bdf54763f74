import type { Span } from '../base/text';
import type { ParsedStatement } from '../sql/ast';
import { walk } from '../sql/walk';

/**
 * Where a statement has a `?` that a run must be given a value for; offsets are the statement's. None in PREPARE, whose
 * values come with EXECUTE (https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements.html).
 */
export function placeholdersIn({ body }: ParsedStatement): readonly Span[] {
  const found: Span[] = [];
  walk(body, (node) => {
    if (node.kind === 'WrapperStatement' && /^PREPARE\b/.test(node.verb)) return false;
    if (node.kind === 'Parameter' && node.text === '?') found.push({ start: node.start, end: node.end });
    return true;
  });
  return found.sort((a, b) => a.start - b.start);
}

/** The line of a statement in which a place stands, for a question about it: `WHERE channel = ?`. */
export function lineAround(text: string, { start }: Span): string {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const end = text.indexOf('\n', start);
  const line = text.slice(from, end === -1 ? text.length : end).trim();
  return line.length <= 80 ? line : `…${text.slice(Math.max(from, start - 60), start + 1)}`;
}
