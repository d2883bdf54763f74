/** One word or sign of a filter, with its place in the text. */
export interface FilterToken {
  readonly kind: 'name' | 'text' | 'number' | 'sign' | 'word' | 'unclosed' | 'stray';
  /** A name without its quotes, a text without them and with its doubled ones undone, a word in upper case. */
  readonly text: string;
  readonly at: number;
  /** As it was written. */
  readonly raw: string;
}

const words = new Set(['AND', 'OR', 'NOT', 'IN', 'BETWEEN', 'LIKE', 'IS', 'NULL']);
const pattern =
  /('(?:[^']|'')*')|("[^"]*"|`[^`]*`)|(-?\d+(?:\.\d+)?(?![\w-]))|([A-Za-z_][\w$]*)|(<=|>=|<>|!=|[=<>(),])|(['"`])|(\S)/g;

/** The words and signs of a filter in Glue's syntax; what is none of them is `stray`. */
export function filterTokens(text: string): readonly FilterToken[] {
  return [...text.matchAll(pattern)].map((match) => {
    const [raw, quoted, quotedName, digits, word, sign, quote] = match;
    const place = { at: match.index, raw };
    if (quoted !== undefined) {
      return { ...place, kind: 'text', text: quoted.slice(1, -1).replaceAll("''", "'") };
    }
    if (quotedName !== undefined) return { ...place, kind: 'name', text: quotedName.slice(1, -1) };
    if (digits !== undefined) return { ...place, kind: 'number', text: digits };
    if (word !== undefined) {
      const upper = word.toUpperCase();
      return words.has(upper)
        ? { ...place, kind: 'word', text: upper }
        : { ...place, kind: 'name', text: word };
    }
    if (sign !== undefined) return { ...place, kind: 'sign', text: sign };
    return { ...place, kind: quote === undefined ? 'stray' : 'unclosed', text: raw };
  });
}
