import type { Span } from '../base/text';
import type { EmbeddedPart, EmbeddedSql } from './embedded';
import type { Dialect } from '../sql/ast';

/** A text that was taken out of a file, and where each of its UTF-16 units stands there. */
export interface MappedText {
  readonly text: string;
  /** One span a unit; the units of an escape share theirs, and so do those of a hole. */
  readonly at: readonly Span[];
}

/** What stands where a value comes in that only the running program knows: the parser takes it for a template. */
export const holeText = '${hole}';

/** A stretch of the file as it stands. */
export function verbatim(file: string, { start, end }: Span): MappedText {
  const at: Span[] = [];
  for (let offset = start; offset < end; offset++) at.push({ start: offset, end: offset + 1 });
  return { text: file.slice(start, end), at };
}

/** A text that stands in the file in another form: an escape, a folded line. */
export function standingFor(text: string, { start, end }: Span): MappedText {
  return { text, at: Array.from({ length: text.length }, () => ({ start, end })) };
}

/** A value that is not known. */
export function hole(at: Span): MappedText {
  return standingFor(holeText, at);
}

/** Several texts, one behind the other. */
export function joined(texts: readonly MappedText[]): MappedText {
  return { text: texts.map(({ text }) => text).join(''), at: texts.flatMap(({ at }) => at) };
}

/** Part of a mapped text. */
export function cut({ text, at }: MappedText, from: number, to: number): MappedText {
  return { text: text.slice(from, to), at: at.slice(from, to) };
}

/** SQL for the linter. `reserved` are the characters that cannot be written into this string as they are. */
export function embeddedSql(
  { text, at }: MappedText,
  {
    dialect,
    reserved,
    file,
  }: { readonly dialect: Dialect | undefined; readonly reserved: string; readonly file: string },
): EmbeddedSql {
  const parts: EmbeddedPart[] = [];
  let open: { from: number; length: number; start: number; end: number; exact: boolean } | undefined;
  const close = (): void => {
    if (open === undefined) return;
    const { from, length, start, end, exact } = open;
    parts.push({ from, length, at: { start, end }, exact });
  };
  for (const [index, span] of at.entries()) {
    const exact = span.end - span.start === 1 && file.charAt(span.start) === text.charAt(index);
    const goesOn =
      open !== undefined &&
      open.exact === exact &&
      (exact ? open.end === span.start : open.start === span.start && open.end === span.end);
    if (open !== undefined && goesOn) {
      open.length++;
      open.end = span.end;
    } else {
      close();
      open = { from: index, length: 1, ...span, exact };
    }
  }
  close();
  return { text, dialect, parts, reserved };
}

/** Where a span of embedded SQL stands in the file: exactly, or the smallest stretch that is known to hold it. */
export function fileSpan({ parts }: EmbeddedSql, { start, end }: Span): Span {
  const first = partAt(parts, start);
  const last = partAt(parts, Math.max(start, end - 1));
  if (first === undefined || last === undefined) {
    // Behind the last character: an unclosed bracket is reported there.
    const behind = parts.at(-1)?.at.end ?? 0;
    const from = first === undefined ? behind : placeIn(first, start);
    return { start: from, end: Math.max(from, behind) };
  }
  const from = placeIn(first, start);
  const to = last.exact ? last.at.start + (end - last.from) : last.at.end;
  return { start: from, end: Math.max(from, to) };
}

/** Where an edit of embedded SQL may be made in the file as it is; undefined where it would have to be escaped or to guess. */
export function fileEditSpan(
  { parts, reserved }: EmbeddedSql,
  edit: Span & { readonly text: string },
): Span | undefined {
  if (edit.text.includes(holeText)) return undefined;
  for (const letter of edit.text) if (reserved.includes(letter)) return undefined;
  const part = parts.find(
    ({ from, length, exact }) => exact && from <= edit.start && edit.end <= from + length,
  );
  return part === undefined
    ? undefined
    : { start: part.at.start + edit.start - part.from, end: part.at.start + edit.end - part.from };
}

function placeIn(part: EmbeddedPart, offset: number): number {
  return part.exact ? part.at.start + offset - part.from : part.at.start;
}

// Binary: a long text has a part for each of its escapes.
function partAt(parts: readonly EmbeddedPart[], offset: number): EmbeddedPart | undefined {
  let low = 0;
  let high = parts.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const part = parts[middle];
    if (part === undefined) return undefined;
    if (offset < part.from) high = middle - 1;
    else if (offset >= part.from + part.length) low = middle + 1;
    else return part;
  }
  return undefined;
}
