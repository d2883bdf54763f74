/** A piece of SQL with where it stands. Comments and spaces are none. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'mark';
  /** As written, quotes included. */
  readonly text: string;
  /** What it means: names without quotes, strings with theirs undone, words in small letters. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const pattern =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|([A-Za-z_][\w$]*)|("(?:[^"]|"")*"|`(?:[^`]|``)*`)|('(?:[^']|'')*')|(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|(<=|>=|<>|!=|->|=>|\|\||[^\s])/gy;

/** The tokens of a statement; never fails. */
export function tokensOf(sql: string): readonly Token[] {
  return [...sql.matchAll(pattern)].flatMap((match): readonly Token[] => {
    const [text, word, quoted, literal, digits, mark] = match;
    const at = { text, start: match.index, end: match.index + text.length };
    if (word !== undefined) return [{ kind: 'word', value: word.toLowerCase(), ...at }];
    if (quoted !== undefined) {
      const quote = quoted.charAt(0);
      return [{ kind: 'quoted', value: quoted.slice(1, -1).replaceAll(quote + quote, quote), ...at }];
    }
    if (literal !== undefined)
      return [{ kind: 'string', value: literal.slice(1, -1).replaceAll("''", "'"), ...at }];
    if (digits !== undefined) return [{ kind: 'number', value: digits, ...at }];
    return mark === undefined ? [] : [{ kind: 'mark', value: mark, ...at }];
  });
}

/** `line 2:8`: lines and columns from 1, as Trino counts them. */
export function lineAndColumn(sql: string, offset: number): string {
  const before = sql.slice(0, offset);
  const line = before.split('\n').length;
  return `line ${line}:${offset - before.lastIndexOf('\n')}`;
}

/** A name as DuckDB takes it without question. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string literal. */
export function quoteText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
