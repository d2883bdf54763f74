import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { runInThisContext } from 'node:vm';
import type { Dialect } from '../../src/sql/ast';
import { lex } from '../../src/sql/lex';
import { parseStatement } from '../../src/sql/parse';
import { athenaQueries } from './corpus/athenaQueries';
import { redshiftQueries } from './corpus/redshiftQueries';

type Accepts = (text: string) => boolean;

async function trino(): Promise<Accepts> {
  // The package imports folders, which Node does not resolve: it is bundled first.
  const load = createRequire(`${process.cwd()}/`);
  const { build } = load('esbuild') as typeof import('esbuild');
  const { outputFiles } = await build({
    stdin: { contents: "export { TrinoSQL } from 'dt-sql-parser'", resolveDir: process.cwd() },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    write: false,
  });
  const made: { exports: { TrinoSQL?: new () => { validate: (text: string) => readonly unknown[] } } } = {
    exports: {},
  };
  const run = runInThisContext(`(function (module, exports, require) {${outputFiles[0]?.text ?? ''}
})`) as (...given: readonly unknown[]) => void;
  run(made, made.exports, load);
  const { TrinoSQL } = made.exports;
  assert.ok(TrinoSQL);
  const parser = new TrinoSQL();
  // Its lexer and parser print what they find, too.
  return (text) => {
    const print = console.error;
    console.error = () => {};
    try {
      return parser.validate(text).length === 0;
    } finally {
      console.error = print;
    }
  };
}

async function postgres(): Promise<Accepts> {
  const { loadModule, parseSync } = await import('libpg-query');
  await loadModule();
  return (text) => {
    try {
      parseSync(text);
      return true;
    } catch {
      return false;
    }
  };
}

function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** One token deleted, doubled, swapped with the next, or the text cut behind it. */
function mutant(text: string, dialect: Dialect, next: () => number): string {
  const { tokens } = lex(text, dialect);
  const at = 1 + Math.floor(next() * (tokens.length - 2));
  const token = tokens[at];
  const after = tokens[at + 1];
  if (token === undefined || after === undefined) return text;
  const word = text.slice(token.start, token.end);
  switch (Math.floor(next() * 4)) {
    case 0:
      return text.slice(0, token.start) + text.slice(token.end);
    case 1:
      return `${text.slice(0, token.end)} ${word}${text.slice(token.end)}`;
    case 2:
      return `${text.slice(0, token.start)}${text.slice(after.start, after.end)} ${word}${text.slice(after.end)}`;
    default:
      return text.slice(0, token.end);
  }
}

interface Judged {
  readonly rejected: number;
  readonly caught: number;
  readonly missed: readonly string[];
}

function judge(
  texts: readonly string[],
  dialect: Dialect,
  given: { readonly accepts: Accepts; readonly count: number },
): Judged {
  const next = random(7);
  const missed: string[] = [];
  let rejected = 0;
  for (let i = 0; i < given.count; i++) {
    const text = texts[Math.floor(next() * texts.length)] ?? '';
    const changed = mutant(text, dialect, next);
    if (given.accepts(changed)) continue;
    rejected++;
    if (parseStatement(changed, dialect).problems.length === 0) missed.push(changed);
  }
  return { rejected, caught: rejected - missed.length, missed };
}

function check(judged: Judged, least: number): void {
  assert.ok(judged.rejected > least, `only ${judged.rejected} mutants were rejected by the oracle`);
  const share = judged.caught / judged.rejected;
  assert.ok(
    share >= 0.96,
    `${(share * 100).toFixed(1)} % of ${judged.rejected} caught; missed:\n${judged.missed.join('\n')}`,
  );
}

test('of broken Athena queries that a Trino grammar rejects, at least 96 % raise a problem', async () => {
  const accepts = await trino();
  const valid = athenaQueries.filter((text) => text.length < 110 && accepts(text));
  assert.ok(valid.length > 60, `the grammar accepts ${valid.length}`);
  check(judge(valid, 'athena', { accepts, count: 200 }), 100);
});

test('of broken Redshift queries that PostgreSQL rejects, at least 96 % raise a problem', async () => {
  const accepts = await postgres();
  const valid = redshiftQueries.filter((text) => !text.startsWith('delete') && accepts(text)); // Redshift lets DELETE go without FROM
  assert.ok(valid.length > 60, `PostgreSQL accepts ${valid.length}`);
  check(judge(valid, 'redshift', { accepts, count: 2000 }), 600);
});
