import { type Token, tokensOf } from './lexer';
import { errorAt, type QueryError } from './queryError';

/** The name of a table, perhaps with its database. */
export interface StatementName {
  readonly database?: string;
  readonly table: string;
}

/** Reads a statement from left to right. */
export class StatementReader {
  readonly #sql: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(sql: string) {
    this.#sql = sql;
    const tokens = tokensOf(sql);
    this.#tokens = tokens.at(-1)?.text === ';' ? tokens.slice(0, -1) : tokens;
  }

  atEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Takes these words when they are next; takes nothing otherwise. */
  accept(...words: readonly string[]): boolean {
    const fits = words.every((word, at) => {
      const token = this.#tokens[this.#at + at];
      return (
        token !== undefined && token.kind !== 'string' && token.kind !== 'quoted' && token.value === word
      );
    });
    if (fits) this.#at += words.length;
    return fits;
  }

  expect(word: string): void {
    if (!this.accept(word)) throw this.unexpected();
  }

  /** The error of DDL that cannot be read, as Athena's Hive parser words it. */
  unexpected(): QueryError {
    const token = this.#tokens[this.#at];
    const offset = token?.start ?? this.#sql.length;
    return errorAt(
      'SYNTAX_ERROR',
      { sql: this.#sql, offset },
      `mismatched input '${token?.text ?? '<EOF>'}'`,
    );
  }

  /** A name, in small letters and without quotes. */
  word(): string {
    const token = this.#tokens[this.#at++];
    if (token?.kind === 'word' || token?.kind === 'quoted') return token.value.toLowerCase();
    this.#at--;
    throw this.unexpected();
  }

  string(): string {
    const token = this.#tokens[this.#at++];
    if (token?.kind === 'string') return token.value;
    this.#at--;
    throw this.unexpected();
  }

  name(): StatementName {
    const parts = [this.word()];
    while (this.accept('.')) parts.push(this.word());
    const table = parts.at(-1) ?? '';
    const database = parts.at(-2);
    return { table, ...(database === undefined ? {} : { database }) };
  }

  /** Everything that is left, as written. */
  rest(): string {
    const start = this.#tokens[this.#at]?.start ?? this.#sql.length;
    const end = this.#tokens.at(-1)?.end ?? this.#sql.length;
    this.#at = this.#tokens.length;
    return this.#sql.slice(start, end);
  }

  /** What stands between the next parenthesis and its partner. */
  parenthesized(): string {
    this.expect('(');
    const start = this.#tokens[this.#at]?.start ?? 0;
    for (let depth = 1; ; this.#at++) {
      const token = this.#tokens[this.#at];
      if (token === undefined) throw this.unexpected();
      if (token.text === '(') depth++;
      if (token.text === ')' && --depth === 0) {
        this.#at++;
        return this.#sql.slice(start, token.start);
      }
    }
  }

  /** `(a, b)` where a query does not begin there; nothing otherwise. */
  columnList(): readonly string[] {
    const [open, first] = [this.#tokens[this.#at], this.#tokens[this.#at + 1]];
    if (open?.text !== '(' || first?.value === 'select' || first?.value === 'with' || first?.text === '(')
      return [];
    this.#at++;
    const names = [this.word()];
    while (this.accept(',')) names.push(this.word());
    this.expect(')');
    return names;
  }

  /** `(name type comment '…', …)` */
  columnDefinitions(): readonly {
    readonly Name: string;
    readonly Type: string;
    readonly Comment?: string;
  }[] {
    this.expect('(');
    const columns: { Name: string; Type: string; Comment?: string }[] = [];
    do {
      const Name = this.word();
      const Type = this.#type();
      columns.push({ Name, Type, ...(this.accept('comment') ? { Comment: this.string() } : {}) });
    } while (this.accept(','));
    this.expect(')');
    return columns;
  }

  #type(): string {
    let type = '';
    for (let depth = 0; ; this.#at++) {
      const token = this.#tokens[this.#at];
      if (token === undefined) throw this.unexpected();
      const { text } = token;
      if (depth === 0 && type !== '' && (text === ',' || text === ')' || token.value === 'comment'))
        return type;
      if (text === '<' || text === '(') depth++;
      if (text === '>' || text === ')') depth--;
      type += token.value.toLowerCase();
    }
  }

  /** `(key = 'value', key = 1)`: all values as text. */
  textProperties(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(this.properties()).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : value.join(','),
      ]),
    );
  }

  /** `(key = 'value', key = array['a', 'b'])` */
  properties(): Readonly<Record<string, string | readonly string[]>> {
    this.expect('(');
    const properties: Record<string, string | readonly string[]> = {};
    do {
      const key = this.#scalar();
      this.expect('=');
      properties[key] = this.accept('array') ? this.#list() : this.#scalar();
    } while (this.accept(','));
    this.expect(')');
    return properties;
  }

  #list(): readonly string[] {
    this.expect('[');
    const items = [this.#scalar()];
    while (this.accept(',')) items.push(this.#scalar());
    this.expect(']');
    return items;
  }

  #scalar(): string {
    // `date '2024-01-01'` is its text.
    if (this.#tokens[this.#at]?.value === 'date' && this.#tokens[this.#at + 1]?.kind === 'string') this.#at++;
    const token = this.#tokens[this.#at++];
    if (token === undefined || token.kind === 'mark') {
      this.#at--;
      throw this.unexpected();
    }
    return token.value;
  }

  /** The delimiters of ROW FORMAT DELIMITED as serde properties. */
  delimiters(): Readonly<Record<string, string>> {
    const found: Record<string, string> = {};
    const names = { fields: 'field.delim', lines: 'line.delim', 'map keys': 'mapkey.delim' };
    for (;;) {
      if (this.accept('fields', 'terminated', 'by')) found[names.fields] = unescaped(this.string());
      else if (this.accept('escaped', 'by')) found['escape.delim'] = unescaped(this.string());
      else if (this.accept('lines', 'terminated', 'by')) found[names.lines] = unescaped(this.string());
      else if (this.accept('collection', 'items', 'terminated', 'by'))
        found['collection.delim'] = unescaped(this.string());
      else if (this.accept('map', 'keys', 'terminated', 'by'))
        found[names['map keys']] = unescaped(this.string());
      else if (this.accept('null', 'defined', 'as')) found['serialization.null.format'] = this.string();
      else return found;
    }
  }
}

function unescaped(value: string): string {
  return value
    .replaceAll(String.raw`\t`, '\t')
    .replaceAll(String.raw`\n`, '\n')
    .replaceAll(String.raw`\001`, '\u0001');
}
