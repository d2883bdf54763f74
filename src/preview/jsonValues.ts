/**
 * The top-level values of a JSON text one after the other, or the elements of its one array: as texts, as far as they
 * are whole. Nothing is said of whether each of them is valid.
 */
export interface JsonValues {
  readonly kind: 'array' | 'sequence';
  readonly values: readonly string[];
  /** Two values stand on one line. */
  readonly sharesLine: boolean;
}

/** Cuts a text into at most so many values; for a text that begins with `[` or `{`. */
export function jsonValues(text: string, most: number): JsonValues {
  const start = text.search(/\S/);
  const isArray = text[start] === '[';
  const values: string[] = [];
  let sharesLine = false;
  let end = -1;
  const add = (from: number, to: number): void => {
    const between = end < 0 ? '\n' : text.slice(end, from);
    if (!/[\r\n]/.test(between)) sharesLine = true;
    values.push(text.slice(from, to));
    end = to;
  };
  const marks = /"(?:[^"\\]|\\[^])*"|[[\]{}]/g;
  marks.lastIndex = isArray ? start + 1 : start;
  let depth = 0;
  let from = 0;
  for (let mark = marks.exec(text); mark !== null && values.length < most; mark = marks.exec(text)) {
    const [sign] = mark;
    if (sign === '{' || sign === '[') {
      if (depth === 0) from = mark.index;
      depth += 1;
    } else if (sign === '}' || sign === ']') {
      depth -= 1;
      if (depth < 0) break;
      if (depth === 0) add(from, marks.lastIndex);
    }
  }
  return { kind: isArray ? 'array' : 'sequence', values, sharesLine };
}
