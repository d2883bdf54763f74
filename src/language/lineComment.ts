import type { TextEdit } from '../base/text';
import type { Finding } from '../lint/finding';
import { readDocument, type SqlDocument } from '../sql/document';
import { statementAt } from './namedTable';

/**
 * The edit that switches a finding's rule off for its line, by a comment at the line's end; an earlier such comment
 * gets one name more. Undefined where the line is all of the statement, and where its end lies in a text.
 */
export function lineComment(document: SqlDocument, finding: Finding): TextEdit | undefined {
  const { text } = document;
  const statement = statementAt(document, finding.start);
  const from = text.lastIndexOf('\n', finding.start - 1) + 1;
  const newline = text.indexOf('\n', finding.start);
  const to = newline === -1 ? text.length : newline;
  if (statement === undefined || (statement.start >= from && statement.end <= to)) return undefined;
  const edit = editOf(document, { code: finding.code, from, to });
  return edit !== undefined && isComment(document, edit) ? edit : undefined;
}

function editOf(
  { text, comments }: SqlDocument,
  { code, from, to }: { readonly code: string; readonly from: number; readonly to: number },
): TextEdit | undefined {
  const last = comments.findLast(({ start, end }) => start >= from && start < to && end <= to);
  const isAtEnd = last !== undefined && text.slice(last.end, to).trim() === '';
  if (!isAtEnd) {
    const at = from + text.slice(from, to).trimEnd().length;
    return { start: at, end: at, text: ` -- lake-ignore ${code}` };
  }
  const names = /^(?:--|\/\*)\s*lake-ignore[ \t:]+[\w-]+(?:\s*,\s*[\w-]+)*/i.exec(last.text)?.[0];
  if (names !== undefined) {
    const at = last.start + names.length;
    return { start: at, end: at, text: `, ${code}` };
  }
  return { start: last.start, end: last.start, text: `/* lake-ignore ${code} */ ` };
}

/** Whether what an edit writes is read as a comment: a string may go on into the next line. */
function isComment(document: SqlDocument, edit: TextEdit): boolean {
  const text = document.text.slice(0, edit.start) + edit.text + document.text.slice(edit.end);
  const at = edit.start + edit.text.search(/\S/);
  return readDocument(text, document.dialect, document).comments.some(
    ({ start, end }) => start <= at && at < end,
  );
}
