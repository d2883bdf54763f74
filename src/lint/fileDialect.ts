import type { Dialect } from '../sql/ast';
import { dialectOf } from '../sql/dialect';

/** What may say which dialect a file is in, besides its text. */
export interface DialectHints {
  /** `--dialect`, or what the user picked for the open file. */
  readonly forced?: Dialect | undefined;
  /** By the globs of the configuration. */
  readonly configured?: Dialect | undefined;
  /** The setting of the folder or workspace. */
  readonly folder?: Dialect | undefined;
}

/**
 * The dialect of a file: forced, else its first comment, else the configuration, else the folder's setting, else
 * words that only one dialect has. Undefined: unknown, and then nothing is reported.
 */
export function fileDialect(text: string, hints: DialectHints = {}): Dialect | undefined {
  const { forced, configured, folder } = hints;
  return forced ?? dialectOf(leadingComments(text)) ?? configured ?? folder ?? dialectOf(text);
}

// Comments have no words of a dialect, so that only a statement of it in them can decide.
function leadingComments(text: string): string {
  return /^(?:\s+|--[^\n]*)*/.exec(text.slice(0, 2000))?.[0] ?? '';
}
