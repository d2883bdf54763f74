import { readFileSync } from 'node:fs';
import type { Dialect } from '../../src/sql/ast';

/** One statement of a corpus file. */
export interface CorpusStatement {
  readonly dialect: Dialect;
  /** `valid/athena-ddl.sql:12`: the file, and which of its statements, counted from 1. */
  readonly id: string;
  readonly text: string;
}

/**
 * The statements of a file in `test/corpus`, whose name begins with its dialect.
 * They stand apart by a blank line and end without a semicolon: a corpus that our own splitter cut would judge itself.
 */
export function corpusFile(path: string): readonly CorpusStatement[] {
  const dialect: Dialect = path.includes('athena') ? 'athena' : 'redshift';
  return readFileSync(`test/corpus/${path}`, 'utf8')
    .split(/\n\s*\n/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text, index) => ({ dialect, id: `${path}:${index + 1}`, text }));
}

/** What the engines accept, written and frozen before the parser was tried on it. */
export function validCorpus(): readonly CorpusStatement[] {
  return ['athena-queries', 'athena-ddl', 'redshift-queries', 'redshift-ddl'].flatMap((name) =>
    corpusFile(`valid/${name}.sql`),
  );
}
