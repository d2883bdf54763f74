import type { Span } from '../base/text';

/** A failure as the engine told it, taken apart. */
export interface QueryError {
  /** In plain words, without code and place. */
  readonly message: string;
  /** `SYNTAX_ERROR`, `HIVE_CURSOR_ERROR`; absent when there was none. */
  readonly code?: string;
  /** Where in the statement as it was sent; absent when the engine named no place. */
  readonly span?: Span;
}

/**
 * Takes Athena's reason for a failed query apart: `SYNTAX_ERROR: line 1:8: Column 'x' cannot be resolved`.
 * Trino counts lines and columns from 1, in code points; Hive's DDL parser counts columns from 0.
 */
export function queryError(reason: string, statement: string): QueryError {
  let text = reason.trim();
  // Athena adds this to most reasons; it says nothing about the fault.
  text = text.replace(/\s*This query ran against the [\s\S]*$/, '').trim();
  text = text.replace(/^FAILED:\s*/, '');
  const coded = /^([A-Z][A-Z0-9_]{3,}):\s*/.exec(text);
  if (coded !== null) text = text.slice(coded[0].length);
  const hive = /^(?:ParseException|SemanticException)\s+(?:\[[^\]]*\]:?\s*)?/.exec(text);
  if (hive !== null) text = text.slice(hive[0].length);
  const placed = /\bline (\d+):(-?\d+):?\s*/i.exec(text);
  const at =
    placed === null
      ? undefined
      : offsetOf(statement, Number(placed[1]), Number(placed[2]) + (hive === null ? 0 : 1));
  if (placed !== null) text = text.slice(0, placed.index) + text.slice(placed.index + placed[0].length);
  const message = text.replace(/\s+/g, ' ').trim();
  return {
    message: message === '' ? 'The query failed without a reason' : sentenceCase(message),
    ...(coded?.[1] === undefined ? {} : { code: coded[1] }),
    ...(at === undefined ? {} : { span: { start: at, end: wordEnd(statement, at) } }),
  };
}

/** A capital first, unless the first word is a name or a path. */
function sentenceCase(text: string): string {
  return /^[a-z]+\s/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** UTF-16 offset of a line and column counted from 1, the column in code points; `undefined` outside the text. */
function offsetOf(text: string, line: number, column: number): number | undefined {
  if (line < 1) return undefined;
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = /\r\n|\r|\n/.exec(text.slice(start));
    if (end === null) return undefined;
    start += end.index + end[0].length;
  }
  let offset = start;
  for (let at = 1; at < column; at += 1) {
    const point = text.codePointAt(offset);
    if (point === undefined || point === 10 || point === 13) break;
    offset += point > 0xffff ? 2 : 1;
  }
  return offset;
}

/** The end of the word, quoted name or sign that begins at an offset. */
function wordEnd(text: string, start: number): number {
  const found = /^(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|[\p{L}\p{N}_.]+|\S)/u.exec(text.slice(start));
  return start + (found?.[0].length ?? 0);
}
