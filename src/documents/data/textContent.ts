import type { Span } from '../../base/text';
import { joined, standingFor, verbatim, type MappedText } from '../mappedText';
import { escapeAt } from './jsonScanner';
import type { DataDocument, DataText } from './node';

/** The value of a text with the place of each of its characters, and what cannot be written into it as it is. */
export interface TextContent {
  readonly mapped: MappedText;
  readonly reserved: string;
}

/** A text's value with places. Where the form is too special to follow, the whole stands for the whole. */
export function textContent(data: DataDocument, node: DataText): TextContent {
  const { text, format } = data;
  const first = text.charAt(node.start);
  const inside = { start: node.start + 1, end: node.end - 1 };
  let mapped: MappedText;
  let reserved = '"\\\n\r\t';
  if (first === '"') mapped = escaped(text, inside);
  else if (format === 'json') return { mapped: standingFor(node.value, node), reserved };
  else if (first === "'") {
    mapped = singleQuoted(text, inside);
    reserved = "'\n\r";
  } else if (first === '|' || first === '>') {
    mapped = block(text, node);
    reserved = '\n\r';
  } else {
    mapped = verbatim(text, node);
    reserved = '\n\r:#';
  }
  // The value decides: blank lines at the end may or may not belong to a block.
  if (mapped.text !== node.value) {
    const isLonger = mapped.text.startsWith(node.value);
    mapped = isLonger
      ? { text: node.value, at: mapped.at.slice(0, node.value.length) }
      : standingFor(node.value, node);
  }
  return { mapped, reserved };
}

function escaped(text: string, { start, end }: Span): MappedText {
  const pieces: MappedText[] = [];
  let from = start;
  for (let at = text.indexOf('\\', start); at !== -1 && at < end; at = text.indexOf('\\', from)) {
    const { value, length } = escapeAt(text, at);
    pieces.push(verbatim(text, { start: from, end: at }));
    const span = { start: at, end: at + length };
    pieces.push(standingFor(value ?? text.slice(at, at + length), span));
    from = at + length;
  }
  pieces.push(verbatim(text, { start: from, end: Math.max(from, end) }));
  return joined(pieces);
}

function singleQuoted(text: string, { start, end }: Span): MappedText {
  const pieces: MappedText[] = [];
  let from = start;
  for (let at = text.indexOf("''", start); at !== -1 && at + 1 < end; at = text.indexOf("''", from)) {
    pieces.push(verbatim(text, { start: from, end: at }), standingFor("'", { start: at, end: at + 2 }));
    from = at + 2;
  }
  pieces.push(verbatim(text, { start: from, end }));
  return joined(pieces);
}

/** A `|` block line by line; in a `>` block, lines of one paragraph are joined by spaces. */
function block(text: string, node: Span): MappedText {
  const folds = text.charAt(node.start) === '>';
  const pieces: MappedText[] = [];
  let indent: number | undefined;
  let at = text.indexOf('\n', node.start) + 1;
  if (at === 0) return { text: '', at: [] };
  while (at <= node.end) {
    const found = text.indexOf('\n', at);
    const lineEnd = found === -1 ? text.length : found;
    const end = text.charAt(lineEnd - 1) === '\r' ? lineEnd - 1 : lineEnd;
    const line = text.slice(at, Math.max(at, end));
    if (indent === undefined && line.trim() !== '') indent = line.length - line.trimStart().length;
    const from = Math.min(at + (indent ?? line.length), Math.max(at, end));
    pieces.push(verbatim(text, { start: from, end: Math.max(from, end) }));
    const isFolded = folds && line.trim() !== '' && nextIsText(text, lineEnd + 1, node.end);
    const newline = { start: end, end: Math.min(lineEnd + 1, text.length) };
    pieces.push(
      end === lineEnd && !isFolded && newline.end > newline.start
        ? verbatim(text, newline)
        : standingFor(isFolded ? ' ' : '\n', newline),
    );
    at = lineEnd + 1;
  }
  return joined(pieces);
}

function nextIsText(text: string, from: number, to: number): boolean {
  if (from > to) return false;
  return /^[ \t]*\S/.test(text.slice(from).split('\n', 1)[0] ?? '');
}
