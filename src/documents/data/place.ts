import type { Span } from '../../base/text';
import type { DataDocument } from './node';

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** How many characters stand before an offset in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Where the next line begins behind a value that ends at the offset; block scalars end behind their last line. */
export function lineEndAfter(text: string, offset: number): number {
  if (offset > 0 && text.charAt(offset - 1) === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** Whether an object or array stands in brackets; in YAML it may stand in lines instead. */
export function isFlow({ format, text }: DataDocument, { start }: Span): boolean {
  return format === 'json' || /[{[]/.test(text.charAt(start));
}

/** How parts of a bracketed value are laid out: one a line with its indent, or all in one. */
export function surroundings(
  text: string,
  { start, parts }: { readonly start: number; readonly parts: readonly Span[] },
): { readonly indent: string; readonly separator: string } {
  const last = parts.at(-1);
  const outer = /^[ \t]*/.exec(text.slice(lineStart(text, start)))?.[0] ?? '';
  if (last === undefined) return { indent: outer, separator: ' ' };
  const from = lineStart(text, last.start);
  const before = text.slice(from, last.start);
  if (from > start && before.trim() === '') {
    return { indent: before, separator: `${text.charAt(from - 2) === '\r' ? '\r\n' : '\n'}${before}` };
  }
  return { indent: outer, separator: parts.length > 1 && !hasSpaceAfterComma(text, parts) ? '' : ' ' };
}

// Minified text stays so.
function hasSpaceAfterComma(text: string, parts: readonly Span[]): boolean {
  const [first, second] = parts;
  return first === undefined || second === undefined || /\s/.test(text.slice(first.end, second.start));
}

/** What goes with a part of a YAML block that is taken out: its lines, but not the dash or the comments of others. */
export function blockSpan(
  text: string,
  { start: from, parts }: { readonly start: number; readonly parts: readonly Span[] },
  part: Span,
): Span {
  const end = lineEndAfter(text, part.end);
  const isLast = parts.at(-1)?.start === part.start;
  const line = lineStart(text, part.start);
  const lead = text.slice(line, part.start);
  // The first property behind a dash: what follows moves up to its place.
  if (/^\s*-\s/.test(lead) && !isLast && parts[0]?.start === part.start && from === part.start) {
    const indent = /^[ ]*/.exec(text.slice(end))?.[0].length ?? 0;
    return { start: part.start, end: end + Math.min(indent, part.start - line) };
  }
  return { start: line, end };
}
