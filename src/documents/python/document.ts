import { parser } from '@lezer/python';
import type { Tree } from '@lezer/common';
import type { Span } from '../../base/text';
import type { PythonDocument } from './model';
import { Reading } from './reading';
import { readBlock } from './statements';

export type { PythonDocument } from './model';

/** Reads a Python text. Broken text gives what can be read around the break; never throws. */
export function readPython(text: string): PythonDocument {
  const reading = new Reading(text);
  const tree = parsed(text);
  if (tree === undefined) return reading.document([], []);
  const comments: Span[] = [];
  tree.iterate({
    enter: ({ name, from, to }) => {
      if (name === 'Comment') comments.push({ start: from, end: to });
    },
  });
  const body = readBlock(tree.topNode, reading.place());
  return reading.document(body.statements, comments);
}

// The parser copies nested nodes by recursion: thousands of brackets in each other are more than the stack holds.
function parsed(text: string): Tree | undefined {
  try {
    return parser.parse(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
