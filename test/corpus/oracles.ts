import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';

/** True when a grammar that is not ours takes a statement. */
export type Accepts = (text: string) => boolean;

interface Grammar {
  readonly validate: (text: string) => readonly unknown[];
}

interface Grammars {
  readonly TrinoSQL: new () => Grammar;
  readonly HiveSQL: new () => Grammar;
}

/** The grammars of Trino and Hive that dt-sql-parser made of the projects' own. */
export async function trinoAndHive(): Promise<{ readonly trino: Accepts; readonly hive: Accepts }> {
  // The package imports folders, which Node does not resolve: it is bundled first.
  const load = createRequire(`${process.cwd()}/`);
  const { build } = load('esbuild') as typeof import('esbuild');
  const { outputFiles } = await build({
    stdin: { contents: "export { HiveSQL, TrinoSQL } from 'dt-sql-parser'", resolveDir: process.cwd() },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    write: false,
  });
  const made: { exports: Partial<Grammars> } = { exports: {} };
  const run = runInThisContext(`(function (module, exports, require) {${outputFiles[0]?.text ?? ''}\n})`) as (
    ...given: readonly unknown[]
  ) => void;
  run(made, made.exports, load);
  const { TrinoSQL, HiveSQL } = made.exports;
  assert.ok(TrinoSQL !== undefined && HiveSQL !== undefined);
  return { trino: accepts(new TrinoSQL()), hive: accepts(new HiveSQL()) };
}

function accepts(grammar: Grammar): Accepts {
  return (text) => {
    // Lexer and parser print what they find, too.
    const print = console.error;
    console.error = () => {};
    try {
      return grammar.validate(text).length === 0;
    } finally {
      console.error = print;
    }
  };
}

/** PostgreSQL's own parser. */
export async function postgres(): Promise<Accepts> {
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
