/** What a statement looks like: words, places to fill, and how they may be arranged. */
export type Shape =
  | { readonly kind: 'word'; readonly upper: string }
  | { readonly kind: 'place'; readonly name: string }
  | { readonly kind: 'sequence'; readonly items: readonly Shape[] }
  | { readonly kind: 'choice'; readonly items: readonly Shape[] }
  | { readonly kind: 'optional'; readonly item: Shape }
  | { readonly kind: 'many'; readonly item: Shape }
  | { readonly kind: 'list'; readonly item: Shape };

/**
 * Reads one line of syntax, written much as manuals write it: WORDS and marks stand for themselves, `place` for
 * something to fill in, `[a]` for what may be missing, `{a}` for what may stand there any number of times,
 * `<a | b>` for one of several, `a%` for a list with commas. The first fit is taken: the longer one comes first.
 */
export function shapeOf(line: string): Shape {
  const marks = line.match(/[[\]{}<>|%]|[A-Za-z_]\w*|[^\s\w]/g) ?? [];
  let at = 0;
  const choice = (end: string): Shape => {
    const items = [sequence()];
    while (marks[at] === '|') {
      at++;
      items.push(sequence());
    }
    if (end !== '' && marks[at] !== end) throw new Error(`A ${end} is missing in: ${line}`);
    at++;
    return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'choice', items };
  };
  const sequence = (): Shape => {
    const items: Shape[] = [];
    for (let mark = marks[at]; mark !== undefined && !'|]}>'.includes(mark); mark = marks[at]) {
      at++;
      let item: Shape;
      if (mark === '[') item = { kind: 'optional', item: choice(']') };
      else if (mark === '{') item = { kind: 'many', item: choice('}') };
      else if (mark === '<') item = choice('>');
      else if (/[a-z]/.test(mark)) item = { kind: 'place', name: mark };
      else item = { kind: 'word', upper: mark };
      if (marks[at] === '%') {
        at++;
        item = { kind: 'list', item };
      }
      items.push(item);
    }
    return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'sequence', items };
  };
  const shape = choice('');
  if (at <= marks.length) throw new Error(`Something stands behind the end of: ${line}`);
  return shape;
}

/** The statements of one dialect by first word, and the parts that several of them share. */
export interface Shapes {
  readonly statements: ReadonlyMap<string, readonly Shape[]>;
  readonly parts: ReadonlyMap<string, Shape>;
}

/** Reads tables of syntax: a line a statement, and `name: line` for a shared part. */
export function shapesOf(...tables: readonly string[]): Shapes {
  const statements = new Map<string, Shape[]>();
  const parts = new Map<string, Shape>();
  for (const line of tables.join('\n').split('\n')) {
    const [, part, syntax = ''] = /^\s*(?:([a-z]\w*): )?(.*)$/.exec(line) ?? [];
    if (syntax.trim() === '') continue;
    const shape = shapeOf(syntax);
    if (part !== undefined) parts.set(part, shape);
    else {
      const first = /^\s*([A-Z]+)/.exec(syntax)?.[1] ?? '';
      statements.set(first, [...(statements.get(first) ?? []), shape]);
    }
  }
  return { statements, parts };
}
