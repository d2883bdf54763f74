/** Where something ends. */
export interface End {
  readonly end: number;
  /** The text ends before the closing mark. */
  readonly open: boolean;
}

/** The end of the quote that opens at `at`; doubled quotes stay inside, and backslashed ones when `escapes`. */
export function quotedEnd(text: string, at: number, escapes: boolean): End {
  const quote = text.charCodeAt(at);
  if (!escapes) return plainEnd(text, at, text.charAt(at));
  for (let from = at + 1; from < text.length; from++) {
    const code = text.charCodeAt(from);
    if (code === 92 && !isLoneBackslash(text, at, from)) from++;
    else if (code === quote) {
      if (text.charCodeAt(from + 1) !== quote) return { end: from + 1, open: false };
      from++;
    }
  }
  return unclosed(text, at);
}

function plainEnd(text: string, at: number, quote: string): End {
  for (let from = text.indexOf(quote, at + 1); from >= 0; from = text.indexOf(quote, from + 2)) {
    if (text.charAt(from + 1) !== quote) return { end: from + 1, open: false };
  }
  return unclosed(text, at);
}

/** Up to the end of its line, so that what follows is still read as SQL. */
function unclosed(text: string, at: number): End {
  const line = text.indexOf('\n', at);
  return { end: line < 0 ? text.length : line, open: true };
}

/** `'\'` and nothing more: as in `ESCAPE '\'`. */
function isLoneBackslash(text: string, at: number, from: number): boolean {
  return from === at + 1 && text.charCodeAt(from + 1) === 39 && /^(?:[\s),;]|$)/.test(text.charAt(from + 2));
}

/** Up to and with `mark`; to the end of the text when it is not there. */
export function closeOf(text: string, from: number, mark: string): End {
  const at = text.indexOf(mark, from);
  return at < 0 ? { end: text.length, open: true } : { end: at + mark.length, open: false };
}

/** `$$` or `$body$` at this place. */
export function dollarTag(text: string, at: number): string | undefined {
  return /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(at, at + 64))?.[0];
}

/** The end of a Jinja, `${…}` or `{name}` template that begins here. */
export function templateEnd(text: string, at: number): End | undefined {
  const code = text.charCodeAt(at);
  if (code === 36) {
    if (text.charCodeAt(at + 1) !== 123) return undefined;
    return closeInLine(text, at + 2, '}');
  }
  if (code !== 123) return undefined;
  const next = text.charCodeAt(at + 1);
  if (next === 123) return jinjaEnd(text, at, '}}');
  if (next === 37) return jinjaEnd(text, at, '%}');
  const name = /^\{[A-Za-z_][\w.!:[\]]*\}|^\{\}/.exec(text.slice(at, at + 100));
  return name === null ? undefined : { end: at + name[0].length, open: false };
}

function jinjaEnd(text: string, at: number, mark: string): End {
  // Bounded, so that a file full of unclosed braces stays linear.
  const end = text.slice(at, at + 4000).indexOf(mark, 2);
  if (end >= 0) return { end: at + end + 2, open: false };
  return { end: lineEnd(text, at), open: true };
}

function closeInLine(text: string, from: number, mark: string): End {
  const line = lineEnd(text, from);
  for (let depth = 1, at = from; at < line; at++) {
    if (text.charAt(at) === '{') depth++;
    else if (text.charAt(at) === mark && --depth === 0) return { end: at + 1, open: false };
  }
  return { end: line, open: true };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
