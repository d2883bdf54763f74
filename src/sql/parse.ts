import type { Dialect, Node, ParsedStatement, SyntaxProblem } from './ast';
import { lexSegment, type Token } from './lex';
import { readExpression } from './parse/expressions';
import { readQuery } from './parse/queries';
import type { Grammar, Reader } from './parse/reader';
import { readStatement } from './parse/statements';
import { walk } from './walk';

const grammar: Grammar = { expression: readExpression, query: readQuery, statement: readStatement };

/** Reads one statement. Never throws: what cannot be read is an Error node and a problem. */
export function parseStatement(text: string, dialect: Dialect): ParsedStatement {
  const segment = lexSegment(text, 0, dialect);
  const shift = segment.start;
  const tokens =
    shift === 0
      ? segment.tokens
      : segment.tokens.map((token) => ({ ...token, start: token.start + shift, end: token.end + shift }));
  return parseTokens(text, tokens, dialect);
}

/** A node that found nothing begins where the last token ended, not behind the gap. */
function settle(body: Node): void {
  walk(body, (node) => {
    if (node.start > node.end) Object.assign(node, { start: node.end });
  });
}

/** Reads a statement whose tokens are known, and takes them over; their offsets count from the start of `text`. */
export function parseTokens(text: string, found: Token[], dialect: Dialect): ParsedStatement {
  const { template, open } = unusual(found);
  // `{% if %}` can stand anywhere: it is passed over, and what it could explain is not called wrong.
  const tokens =
    template === undefined
      ? found
      : found.filter((token) => token.kind !== 'template' || !text.startsWith('{%', token.start));
  const end = found.at(-1)?.end ?? 0;
  tokens.push({ kind: 'end', start: end, end, upper: '' });
  const problems: SyntaxProblem[] = [];
  const reader: Reader = {
    text,
    dialect,
    tokens,
    problems,
    grammar,
    at: 0,
    depth: 0,
    problemAt: -1,
    silentFrom: template?.start ?? Infinity,
    aliases: [],
    tables: [],
    selects: [],
    ctes: new Map(),
    brackets: undefined,
  };
  const body = readStatement(reader);
  if (problems.length > 0 || template !== undefined) settle(body);
  if (open !== undefined && open.kind !== 'template' && open.start < reader.silentFrom) {
    const what = open.kind === 'string' ? 'This string' : 'This quoted name';
    problems.push({ start: open.start, end: open.end, message: `${what} is never closed` });
  }
  const templated =
    template !== undefined || (hole.test(text) && found.some((token) => isFilledIn(text, token)));
  return {
    text,
    dialect,
    body,
    problems,
    templated,
    // Copies have no room to grow, and they are kept.
    tables: reader.tables.slice(),
    selects: reader.selects.slice(),
  };
}

const hole = /\{\{|\{%/;

/** A string that a template fills in. */
function isFilledIn(text: string, { kind, start, end }: Token): boolean {
  return kind === 'string' && hole.test(text.slice(start, end));
}

/** The first template and the first unclosed token, in one look at tokens of which nearly none is either. */
function unusual(tokens: readonly Token[]): {
  readonly template: Token | undefined;
  readonly open: Token | undefined;
} {
  let template: Token | undefined;
  let open: Token | undefined;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind === 'template') template ??= token;
    if (token?.open === true) open ??= token;
  }
  return { template, open };
}
