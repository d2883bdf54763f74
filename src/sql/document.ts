import type { Span } from '../base/text';
import type { Dialect, ParsedStatement, Statement } from './ast';
import { lexSegment } from './lex';
import { parseTokens } from './parse';

/** A comment with its marks, at its place in the document. */
export interface Comment extends Span {
  readonly text: string;
}

/** A SQL text, split and read. Offsets are the document's. */
export interface SqlDocument {
  readonly text: string;
  readonly dialect: Dialect;
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
}

/** A piece between separators: at most one statement, and the comments around it. */
interface Piece {
  /** Where its text begins and the next piece's begins. */
  readonly from: number;
  readonly next: number;
  readonly statement: Statement | undefined;
  readonly comments: readonly Comment[];
  /** Something unclosed in it makes it depend on the text behind it. */
  readonly open: boolean;
}

const piecesOf = new WeakMap<SqlDocument, readonly Piece[]>();

/**
 * Splits a text at semicolons and psql lines and reads each statement. Never throws.
 * With `previous`, statements whose text is unchanged keep their tree, and only the text around the edit is read again.
 */
export function readDocument(text: string, dialect: Dialect, previous?: SqlDocument): SqlDocument {
  if (previous !== undefined && previous.dialect === dialect && previous.text === text) return previous;
  const old = previous === undefined || previous.dialect !== dialect ? [] : (piecesOf.get(previous) ?? []);
  const pieces =
    previous === undefined || old.some((piece) => piece.open)
      ? readAll(text, dialect, old)
      : readEdited(text, { dialect, old, before: previous.text });
  return documentOf(text, dialect, pieces);
}

function documentOf(text: string, dialect: Dialect, pieces: readonly Piece[]): SqlDocument {
  const statements: Statement[] = [];
  const comments: Comment[] = [];
  for (const piece of pieces) {
    if (piece.statement !== undefined) statements.push(piece.statement);
    for (const comment of piece.comments) comments.push(comment);
  }
  const document: SqlDocument = { text, dialect, statements, comments };
  piecesOf.set(document, pieces);
  return document;
}

type Known = Map<string, ParsedStatement>;
function known(pieces: readonly Piece[]): Known {
  const found: Known = new Map();
  for (const { statement } of pieces)
    if (statement !== undefined) found.set(statement.parsed.text, statement.parsed);
  return found;
}

function readAll(text: string, dialect: Dialect, old: readonly Piece[]): Piece[] {
  const trees = known(old);
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length;) {
    const piece = readPiece(text, at, { dialect, trees });
    pieces.push(piece);
    at = piece.next;
  }
  return pieces;
}

function readPiece(
  text: string,
  from: number,
  given: { readonly dialect: Dialect; readonly trees: Known },
): Piece {
  const { tokens, comments, start, end, next, open } = lexSegment(text, from, given.dialect);
  if (tokens.length === 0) return { from, next, statement: undefined, comments, open };
  const own = text.slice(start, end);
  const parsed = given.trees.get(own) ?? parseTokens(own, tokens, given.dialect);
  return { from, next, statement: { start, end, parsed }, comments, open };
}

interface Edited {
  readonly dialect: Dialect;
  readonly old: readonly Piece[];
  readonly before: string;
}

/** Reads on from the piece that the edit touched until a piece begins where an unchanged one began. */
function readEdited(text: string, { dialect, old, before }: Edited): Piece[] {
  const prefix = commonPrefix(before, text);
  const suffix = commonSuffix(before, text, Math.min(before.length, text.length) - prefix);
  const delta = text.length - before.length;
  // One piece earlier than the touched one: a deleted semicolon joins two.
  const first = Math.max(0, firstTouched(old, prefix) - 1);
  const pieces = old.slice(0, first);
  const trees = known(old.slice(first, firstTouched(old, before.length - suffix) + 2));
  let at = pieces.at(-1)?.next ?? 0;
  let index = first;
  while (at < text.length) {
    while (index < old.length && (old[index]?.from ?? 0) + delta < at) index++;
    const same = old[index];
    // The character before may decide too: a backslash is a psql line only where a line begins.
    if (same !== undefined && same.from + delta === at && at > text.length - suffix) {
      for (let i = index; i < old.length; i++) {
        const piece = old[i];
        if (piece !== undefined) pieces.push(moved(piece, delta));
      }
      return pieces;
    }
    const piece = readPiece(text, at, { dialect, trees });
    if (piece.open) return [...pieces, ...readAllFrom(text, at, { dialect, trees: known(old) })];
    pieces.push(piece);
    at = piece.next;
  }
  return pieces;
}

function readAllFrom(
  text: string,
  from: number,
  given: { readonly dialect: Dialect; readonly trees: Known },
): Piece[] {
  const pieces: Piece[] = [];
  for (let at = from; at < text.length;) {
    const piece = readPiece(text, at, given);
    pieces.push(piece);
    at = piece.next;
  }
  return pieces;
}

function moved(piece: Piece, delta: number): Piece {
  if (delta === 0) return piece;
  const { statement } = piece;
  return {
    from: piece.from + delta,
    next: piece.next + delta,
    statement:
      statement === undefined
        ? undefined
        : { start: statement.start + delta, end: statement.end + delta, parsed: statement.parsed },
    comments: piece.comments.map((comment) => ({
      start: comment.start + delta,
      end: comment.end + delta,
      text: comment.text,
    })),
    open: piece.open,
  };
}

/** Index of the piece that holds the offset; binary search. */
function firstTouched(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.next ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

const step = 4096;
function commonPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let at = 0;
  while (at + step <= limit && a.slice(at, at + step) === b.slice(at, at + step)) at += step;
  while (at < limit && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}
function commonSuffix(a: string, b: string, limit: number): number {
  let count = 0;
  while (
    count + step <= limit &&
    a.slice(a.length - count - step, a.length - count) === b.slice(b.length - count - step, b.length - count)
  )
    count += step;
  while (count < limit && a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count)) count++;
  return count;
}
