import type { SyntaxNode } from '@lezer/common';
import { cut, hole, joined, standingFor, verbatim, type MappedText } from './mappedText';

/** The value of a Python expression that gives a text, as far as it can be known without running it. */
export interface PythonText {
  readonly mapped: MappedText;
  /** What cannot be written into one of its strings as it is. */
  readonly reserved: string;
}

/** One string literal with its escapes undone; fields of f-strings are holes. Undefined for bytes. */
export function literalText(file: string, node: SyntaxNode): PythonText | undefined {
  const raw = file.slice(node.from, node.to);
  const head = /^([A-Za-z]*)("""|'''|"|')/.exec(raw);
  const prefix = (head?.[1] ?? '').toLowerCase();
  const quote = head?.[2] ?? '';
  if (head === null || prefix.includes('b') || !raw.endsWith(quote)) return undefined;
  const from = node.from + head[0].length;
  const to = Math.max(from, node.to - quote.length);
  const isRaw = prefix.includes('r');
  const pieces: MappedText[] = [];
  let at = from;
  const isFormat = node.name === 'FormatString';
  const plain = (end: number): void => {
    const text = isRaw ? verbatim(file, { start: at, end }) : unescaped(file, at, end);
    pieces.push(isFormat ? withoutDoubledBraces(text) : text);
  };
  for (const field of node.getChildren('FormatReplacement')) {
    plain(field.from);
    pieces.push(hole({ start: field.from, end: field.to }));
    at = field.to;
  }
  plain(to);
  const line = quote.length === 3 ? '' : '\n\r';
  return { mapped: joined(pieces), reserved: `${quote.charAt(0)}\\${line}${isFormat ? '{}' : ''}` };
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

/** https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences: what means nothing stays as it is. */
function unescaped(file: string, from: number, to: number): MappedText {
  const pieces: MappedText[] = [];
  let at = from;
  for (let next = file.indexOf('\\', from); next !== -1 && next < to; next = file.indexOf('\\', at)) {
    pieces.push(verbatim(file, { start: at, end: next }));
    const code = /^\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([0-7]{1,3}))/i.exec(
      file.slice(next, next + 10),
    );
    const value = code === null ? undefined : codePoint(code);
    const letter = file.charAt(next + 1);
    if (code !== null && value !== undefined) {
      at = next + code[0].length;
      pieces.push(standingFor(value, { start: next, end: at }));
    } else if (letter === '\r' && file.charAt(next + 2) === '\n') {
      at = next + 3;
    } else if (Object.hasOwn(escapes, letter)) {
      at = next + 2;
      pieces.push(standingFor(escapes[letter] ?? '', { start: next, end: at }));
    } else {
      at = next + 2;
      pieces.push(verbatim(file, { start: next, end: Math.min(at, to) }));
    }
  }
  pieces.push(verbatim(file, { start: Math.min(at, to), end: to }));
  return joined(pieces);
}

function codePoint([, two, four, eight, octal]: RegExpExecArray): string | undefined {
  const hex = two ?? four ?? eight;
  const code = hex === undefined ? parseInt(octal ?? '0', 8) : parseInt(hex, 16);
  return code > 0x10ffff ? undefined : String.fromCodePoint(code);
}

/** In f-strings and in templates of `format`, two braces are one. */
function withoutDoubledBraces(mapped: MappedText): MappedText {
  return replaced(mapped, /\{\{|\}\}/g, (found) => found.charAt(0));
}

/** The text that `"…".format(…)` gives: its fields are holes. */
export function formatted({ mapped, reserved }: PythonText): PythonText {
  const text = replaced(mapped, /\{\{|\}\}|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, (found) =>
    found === '{{' || found === '}}' ? found.charAt(0) : undefined,
  );
  return { mapped: text, reserved: `${reserved}{}` };
}

/** The text that `"…" % …` gives. */
export function interpolated({ mapped, reserved }: PythonText): PythonText {
  const text = replaced(mapped, /%(?:\(\w+\))?[-+ #0]*(?:\d+|\*)?(?:\.\d+)?[a-zA-Z%]/g, (found) =>
    found.endsWith('%') ? '%' : undefined,
  );
  return { mapped: text, reserved: `${reserved}%` };
}

/** A text with each match replaced by another text, or by a hole. */
function replaced(
  mapped: MappedText,
  pattern: RegExp,
  by: (found: string) => string | undefined,
): MappedText {
  const pieces: MappedText[] = [];
  let from = 0;
  for (const { 0: found, index } of mapped.text.matchAll(pattern)) {
    const start = mapped.at[index]?.start ?? 0;
    const end = mapped.at[index + found.length - 1]?.end ?? start;
    const value = by(found);
    pieces.push(cut(mapped, from, index));
    pieces.push(value === undefined ? hole({ start, end }) : standingFor(value, { start, end }));
    from = index + found.length;
  }
  pieces.push(cut(mapped, from, mapped.text.length));
  return joined(pieces);
}
