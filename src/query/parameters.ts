import { Problem } from '../base/problem';

/** A statement with `?` for its parameters and their values as literals, as Athena takes them. */
export interface Prepared {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/** What is no place for a parameter or a semicolon: strings, quoted names, comments. */
const skipped = /'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`[^`]*`?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;

/**
 * Puts `?` for each `:name` of a statement and lists the values in the order of their places. A Problem for a
 * name without a value and for a value whose name does not occur.
 */
export function withParameters(sql: string, values: ReadonlyMap<string, string>): Prepared {
  if (values.size === 0) return { sql, parameters: [] };
  const parameters: string[] = [];
  const used = new Set<string>();
  let result = '';
  for (let at = 0; at < sql.length;) {
    const jump = skipAt(sql, at);
    if (jump > at) {
      result += sql.slice(at, jump);
      at = jump;
      continue;
    }
    const name = /^:([A-Za-z_]\w*)/.exec(sql.slice(at, at + 200))?.[1];
    if (name === undefined || sql[at - 1] === ':') {
      result += sql[at] ?? '';
      at += 1;
      continue;
    }
    const value = values.get(name);
    if (value === undefined) {
      throw new Problem(
        `The statement uses :${name} without a value: give --param ${name}=VALUE.`,
        'invalid',
      );
    }
    used.add(name);
    parameters.push(literal(value));
    // As long as the name was, so that places in error messages stay true.
    result += `?${' '.repeat(name.length)}`;
    at += name.length + 1;
  }
  const unused = [...values.keys()].find((name) => !used.has(name));
  if (unused !== undefined) {
    throw new Problem(`The statement has no :${unused}: write it where the value belongs.`, 'invalid');
  }
  return { sql: result, parameters };
}

/** The statements of a text, split at semicolons outside strings and comments; those that hold only comments are left out. */
export function statementsOf(text: string): string[] {
  const found: string[] = [];
  let start = 0;
  let content = false;
  for (let at = 0; at <= text.length;) {
    const jump = skipAt(text, at);
    if (jump > at) {
      // A quoted text is content, a comment is not.
      if (!/^(?:--|\/\*)/.test(text.slice(at, at + 2))) content = true;
      at = jump;
      continue;
    }
    if (at === text.length || text[at] === ';') {
      if (content) found.push(text.slice(start, at));
      start = at + 1;
      content = false;
    } else if (/\S/.test(text[at] ?? '')) content = true;
    at += 1;
  }
  return found;
}

function skipAt(text: string, at: number): number {
  skipped.lastIndex = at;
  return skipped.test(text) ? skipped.lastIndex : at;
}

/** A value as Athena takes it: numbers, NULL, TRUE, FALSE and what is a literal already stay; everything else is a text. */
export function literal(value: string): string {
  const already =
    /^(?:[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|null|true|false|(?:(?:date|timestamp|time|decimal)\s+)?'(?:[^']|'')*')$/i;
  return already.test(value) ? value : `'${value.replaceAll("'", "''")}'`;
}
