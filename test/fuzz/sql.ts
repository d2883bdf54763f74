import type { CatalogSnapshot } from '../../src/catalog/catalog';
import { tablesFromDdl } from '../../src/catalog/ddlTables';
import { lintDocument, type LintResult } from '../../src/lint/lint';
import type { Dialect } from '../../src/sql/ast';
import { readDocument, type SqlDocument } from '../../src/sql/document';
import { lex } from '../../src/sql/lex';
import { scopesOf } from '../../src/sql/scopes';
import { walk } from '../../src/sql/walk';
import { random, type Random } from './random';
import { fuzzTables, validStatement } from './sqlGrammar';

export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  /** Milliseconds of computing so far; with it, an input that takes much longer than its length explains is a failure. */
  readonly now?: () => number;
}

/** An input that broke a promise of the parser or the linter. */
export interface FuzzFailure {
  /** The seed that makes this input alone: `fuzzSql({ inputs: 1, seed })`. */
  readonly seed: number;
  readonly dialect: Dialect;
  /** Made shorter as long as it failed in the same way. */
  readonly text: string;
  readonly problem: string;
}

/** More failures than this say nothing new. */
const enough = 10;

/**
 * Reads and lints random texts in both dialects: statements of a grammar, the same with accidents, and rubbish.
 * Fails where something throws, a span lies outside, a correct statement is called wrong, or an edit of a read
 * document gives something else than reading it anew.
 */
export function fuzzSql({ inputs, seed, now }: FuzzOptions): { readonly failures: readonly FuzzFailure[] } {
  const failures: FuzzFailure[] = [];
  for (let index = 0; index < inputs && failures.length < enough; index++) {
    const own = seed + index;
    const input = inputOf(own);
    const started = now?.() ?? 0;
    let problem = problemOf(input);
    // Once may be chance: the engine compiles or collects garbage whenever it likes.
    if (problem === undefined && now !== undefined && isSlow(input, now() - started)) {
      const again = now();
      problemOf(input);
      if (isSlow(input, now() - again)) problem = 'It takes too long';
    }
    if (problem !== undefined) failures.push({ seed: own, ...shrunk(input, problem) });
  }
  return { failures };
}

interface Input {
  readonly dialect: Dialect;
  readonly text: string;
  /** The grammar made it and nothing happened to it since. */
  readonly valid: boolean;
  /** For the edit that is tried on it. */
  readonly seed: number;
}

function inputOf(seed: number): Input {
  const chance = random(seed);
  const dialect = chance.pick<Dialect>(['athena', 'redshift']);
  if (chance.oneIn(800)) return { dialect, text: repetition(dialect, chance), valid: false, seed };
  if (chance.oneIn(6)) return { dialect, text: rubbish(chance), valid: false, seed };
  const statements = Array.from({ length: chance.oneIn(3) ? 2 : 1 }, () => validStatement(dialect, chance));
  const text = statements.join(chance.pick([';\n', ';', '; -- next\n', ' ;/* ; */ ']));
  if (chance.oneIn(3)) return { dialect, text, valid: true, seed };
  let damaged = text;
  for (let times = 1 + chance.below(4); times > 0; times--) damaged = accident(damaged, chance);
  return { dialect, text: damaged, valid: false, seed };
}

const fragments = [
  "'",
  '"',
  '`',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '{{',
  '}}',
  '{%',
  '%}',
  '${',
  '$$',
  '--',
  '/*',
  '*/',
  '{#',
  '\\',
  '\\.\n',
  ';',
  ',',
  '.',
  '::',
  '->',
  '=>',
  '%s',
  '%(x)s',
  ':name',
  '?',
  '$1',
  '#t',
  '@',
  '|',
  '\u0000',
  '\ud800',
  '\ufeff',
  '😀',
  'é',
  '\r\n',
  '\t',
  '0x',
  '1e',
  "E'\\'",
  'SELECT',
  'FROM',
  'WHERE',
  'JOIN',
  'ON',
  'WITH',
  'AS',
  'CASE',
  'END',
  'OVER',
  'UNION',
  'NOT',
  'IN',
  'BETWEEN',
  'INTERVAL',
  'CREATE',
  'TABLE',
  'PARTITION',
  'VALUES',
  'UNLOAD',
  'LATERAL',
  'PIVOT',
  'ARRAY',
  'row(',
  'cast(',
  'x',
  '1',
] as const;

function rubbish(chance: Random): string {
  const parts = Array.from({ length: 1 + chance.below(40) }, () =>
    chance.oneIn(3)
      ? String.fromCharCode(chance.below(chance.oneIn(4) ? 65_536 : 128))
      : chance.pick(fragments),
  );
  return parts.join(chance.pick(['', ' ', '\n']));
}

/** The same thing thousands of times: what is not linear shows, and what follows nesting on the stack. */
function repetition(dialect: Dialect, chance: Random): string {
  const whole = validStatement(dialect, chance);
  const at = chance.below(whole.length);
  const unit = chance.oneIn(2)
    ? `${chance.pick(fragments)} ${chance.pick(fragments)} `
    : whole.slice(at, at + 20);
  return `${whole.slice(0, chance.below(whole.length))} ${unit.repeat(200 + chance.below(1000))}`;
}

function accident(text: string, chance: Random): string {
  const at = chance.below(text.length + 1);
  const to = Math.min(text.length, at + 1 + chance.below(12));
  switch (chance.below(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(at);
    case 3:
      return `${text.slice(0, at)}${text.slice(at, to).split('').toReversed().join('')}${text.slice(to)}`;
    default:
      return `${text.slice(0, at)} ${chance.pick(fragments)} ${text.slice(at)}`;
  }
}

const tables = tablesFromDdl(readDocument(fuzzTables, 'athena'));
const catalog: CatalogSnapshot = { table: (parts) => tables.find(({ name }) => name === parts.at(-1)) };
const config = { rules: {} };

/** What is wrong with how an input is read and linted; undefined when nothing is. */
function problemOf(input: Input): string | undefined {
  try {
    const document = readDocument(input.text, input.dialect);
    const result = lintDocument(document, { catalog, config });
    return (
      spanProblem(document) ??
      tokenProblem(input) ??
      findingProblem(document, result) ??
      rejection(input, document) ??
      editProblem(input, document, result)
    );
  } catch (error) {
    return error instanceof Error ? `It threw ${error.message.slice(0, 200)}` : 'It threw';
  }
}

function spanProblem({ text, statements, comments }: SqlDocument): string | undefined {
  let before = 0;
  for (const { start, end, parsed } of statements) {
    if (start < before || end < start || end > text.length) return 'A statement lies outside of its document';
    if (text.slice(start, end) !== parsed.text) return 'A statement has another text than its document';
    before = end;
    let outside: string | undefined;
    const { length } = parsed.text;
    walk(parsed.body, (node) => {
      if (!isInside(node, length)) outside ??= node.kind;
    });
    if (outside !== undefined) return `A node ${outside} lies outside of its statement`;
    if (!parsed.problems.every((problem) => isInside(problem, length)))
      return 'A problem lies outside of its statement';
    const scopes = scopesOf(parsed);
    for (const { owner } of scopes.all) if (!isInside(owner, length)) return 'A scope lies outside';
  }
  return comments.every((comment) => text.slice(comment.start, comment.end) === comment.text)
    ? undefined
    : 'A comment has another text than its document';
}

function isInside({ start, end }: { readonly start: number; readonly end: number }, length: number): boolean {
  return start >= 0 && start <= end && end <= length;
}

function tokenProblem({ text, dialect }: Input): string | undefined {
  let before = 0;
  for (const { start, end } of lex(text, dialect).tokens) {
    if (start < before || end <= start || end > text.length)
      return 'A token is empty, outside, or over another';
    before = end;
  }
  return undefined;
}

function findingProblem({ text }: SqlDocument, { findings }: LintResult): string | undefined {
  for (const finding of findings) {
    const { code, fixes } = finding;
    if (!isInside(finding, text.length)) return `${code} reports outside of the document`;
    if (!fixes.every(({ edits }) => edits.every((edit) => isInside(edit, text.length))))
      return `${code} edits outside of the document`;
  }
  return undefined;
}

function rejection({ valid }: Input, { statements }: SqlDocument): string | undefined {
  if (!valid) return undefined;
  const [problem] = statements.flatMap(({ parsed }) => parsed.problems);
  return problem === undefined ? undefined : `A correct statement is called wrong: ${problem.message}`;
}

/** One input in eight is edited: that reads and lints everything twice more. */
function editProblem(
  { text, dialect, seed }: Input,
  document: SqlDocument,
  previous: LintResult,
): string | undefined {
  const chance = random(seed ^ 0x5bd1e995);
  if (!chance.oneIn(8)) return undefined;
  const edited = accident(text, chance);
  const again = readDocument(edited, dialect, document);
  const anew = readDocument(edited, dialect);
  if (JSON.stringify(again) !== JSON.stringify(anew))
    return 'An edited document is not what reading it anew gives';
  const kept = lintDocument(again, { catalog, config, previous }).findings;
  const fresh = lintDocument(anew, { catalog, config }).findings;
  return JSON.stringify(kept) === JSON.stringify(fresh)
    ? undefined
    : 'The findings after an edit are not those of a fresh run';
}

/** Milliseconds that an input may take however short it is, and for each of its characters. */
const allowed = { input: 400, character: 0.2 };

function isSlow({ text }: Input, took: number): boolean {
  return took > allowed.input + allowed.character * text.length;
}

/** Cuts pieces out as long as it fails in the same way. */
function shrunk(
  input: Input,
  problem: string,
): { readonly dialect: Dialect; readonly text: string; readonly problem: string } {
  let { text } = input;
  for (let size = text.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < text.length;) {
      const shorter = text.slice(0, at) + text.slice(at + size);
      // What the grammar made is correct as a whole only.
      if (!input.valid && problemOf({ ...input, text: shorter }) === problem) text = shorter;
      else at += size;
    }
  }
  return { dialect: input.dialect, text, problem };
}
