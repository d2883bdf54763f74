import type { TextEdit } from '../../base/text';
import type { PyBlock, PyCall, PyDict, PyStatement, PythonDocument } from './model';

/** Adds a named argument to a call: behind one of its arguments, else behind the last. `value` is Python. */
export function addArgument(
  document: PythonDocument,
  call: PyCall,
  { name, value, after }: { readonly name: string; readonly value: string; readonly after?: string },
): readonly TextEdit[] {
  const place = call.arguments.find((argument) => argument.name === after) ?? call.arguments.at(-1);
  // Nothing without a name may stand behind one with a name.
  const behind = place?.name === undefined ? call.arguments.at(-1) : place;
  return [added(document.text, `${name}=${value}`, { behind, within: call.brackets })];
}

/** Adds an entry at the end of a dictionary that is written out. `value` is Python. */
export function addEntry(
  document: PythonDocument,
  dict: PyDict,
  { key, value }: { readonly key: string; readonly value: string },
): readonly TextEdit[] {
  return [
    added(document.text, `${quoted(document, key)}: ${value}`, { behind: dict.entries.at(-1), within: dict }),
  ];
}

function added(
  text: string,
  what: string,
  {
    behind,
    within,
  }: {
    readonly behind: { readonly start: number; readonly end: number } | undefined;
    readonly within: { readonly start: number };
  },
): TextEdit {
  if (behind === undefined) return { start: within.start + 1, end: within.start + 1, text: what };
  const lead = indentAt(text, behind.start);
  const gap = lead === undefined ? ' ' : `${lineBreak(text)}${lead}`;
  return { start: behind.end, end: behind.end, text: `,${gap}${what}` };
}

/** Adds a line in front of a statement; nothing where it does not begin its line. */
export function addLineBefore(
  document: PythonDocument,
  statement: PyStatement,
  line: string,
): readonly TextEdit[] {
  const { text } = document;
  const lead = indentAt(text, statement.start);
  if (lead === undefined) return [];
  const inserted = `${line}${lineBreak(text)}${lead}`;
  return [{ start: statement.start, end: statement.start, text: inserted }];
}

/** Adds a line at the end of a block; nothing where its statements do not begin their lines. */
export function addLineAtEnd(
  document: PythonDocument,
  { statements }: Pick<PyBlock, 'statements'>,
  line: string,
): readonly TextEdit[] {
  const { text } = document;
  const last = statements.at(-1);
  const lead = last === undefined ? undefined : indentAt(text, last.start);
  if (last === undefined || lead === undefined) return [];
  const newLine = text.indexOf('\n', last.end);
  let end = newLine === -1 ? text.length : newLine;
  if (text.charAt(end - 1) === '\r') end--;
  // Behind a comment on the line, but never behind another statement.
  const between = text.slice(last.end, end);
  if (between.trim() !== '' && !between.trim().startsWith('#')) return [];
  const at = Math.max(last.end, end);
  return [{ start: at, end: at, text: `${lineBreak(text)}${lead}${line}` }];
}

/** A text as a Python literal, in the quotes that the file prefers. */
export function quoted({ strings }: PythonDocument, text: string): string {
  const single = strings.filter(({ quote }) => quote === "'").length;
  const double = strings.filter(({ quote }) => quote === '"').length;
  const quote = (single > double && !text.includes("'")) || text.includes('"') ? "'" : '"';
  return `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
}

/** The space before the first thing of a line; undefined for what is not the first. */
function indentAt(text: string, offset: number): string | undefined {
  const lead = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return lead.trim() === '' ? lead : undefined;
}

function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
