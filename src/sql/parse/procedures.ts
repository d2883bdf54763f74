import type { StatementBody } from '../ast';
import type { Token } from '../lex';
import { tokensInside } from './embedded';
import { maximumDepth, peek, type Reader } from './reader';

const sqlVerbs = new Set([
  'SELECT',
  'WITH',
  'INSERT',
  'UPDATE',
  'DELETE',
  'MERGE',
  'CREATE',
  'DROP',
  'ALTER',
  'COPY',
  'UNLOAD',
  'TRUNCATE',
  'CALL',
  'VACUUM',
  'ANALYZE',
  'GRANT',
  'REVOKE',
  'COMMIT',
  'REFRESH',
]);
/** Words behind which a statement begins without a semicolon before it. */
const openers = new Set(['BEGIN', 'THEN', 'ELSE', 'LOOP']);

/** The SQL statements of a $$ body, in outer offsets; control flow, assignments and dynamic SQL are passed over. */
export function readBody(r: Reader, token: Token): StatementBody[] {
  if (r.depth >= maximumDepth) return [];
  const tokens = tokensInside(r, token);
  const bodies: StatementBody[] = [];
  for (const piece of pieces(tokens)) {
    const first = piece[0];
    const last = piece.at(-1);
    if (first === undefined || last === undefined || !sqlVerbs.has(first.upper)) continue;
    const end: Token = { kind: 'end', start: last.end, end: last.end, upper: '' };
    // Variables stand where names and values do, so nothing in a body is called wrong.
    const inside: Reader = {
      ...r,
      tokens: [...piece, end],
      problems: [],
      at: 0,
      problemAt: -1,
      aliases: [],
      brackets: undefined,
      depth: r.depth + 1,
    };
    bodies.push(r.grammar.statement(inside));
    void peek(inside);
  }
  return bodies;
}

function pieces(tokens: readonly Token[]): Token[][] {
  const found: Token[][] = [[]];
  let cases = 0;
  for (const token of tokens) {
    const piece = found.at(-1) ?? [];
    if (token.upper === 'CASE') cases++;
    else if (token.upper === 'END' && cases > 0) cases--;
    if (token.upper === ';') {
      cases = 0;
      found.push([]);
    } else if (openers.has(token.upper) && cases === 0) found.push([]);
    else piece.push(token);
  }
  return found;
}
