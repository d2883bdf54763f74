/** Half-open range of UTF-16 offsets in one text, as editors count them. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One replacement in a text; several of one fix never overlap. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** Moves a span by a number of UTF-16 units. */
export function shifted<T extends Span>(span: T, by: number): T {
  return by === 0 ? span : { ...span, start: span.start + by, end: span.end + by };
}

/** The text with its edits applied; edits may come in any order and must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}
