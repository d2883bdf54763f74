import type { Dialect } from '../sql/ast';
import { dialectOf } from '../sql/dialect';

/**
 * The dialect of a file, strongest word first: the comment on top, the folder's configuration, the setting,
 * words that only one dialect has. `undefined` when nothing tells: then nothing is said of the file.
 */
export function chooseDialect(from: {
  readonly text: string;
  readonly configured: Dialect | undefined;
  readonly setting: Dialect | undefined;
}): Dialect | undefined {
  const { text, configured, setting } = from;
  const comments = /^\uFEFF?(?:[ \t]*(?:--[^\n]*)?(?:\r?\n|$))*/.exec(text.slice(0, 2_000))?.[0] ?? '';
  // Comments hold no words to go by: what is told of them alone is what the comment on top says.
  return dialectOf(comments) ?? configured ?? setting ?? dialectOf(text);
}
