import { applyEdits, type TextEdit } from '../base/text';
import type { Finding } from './finding';

/**
 * The text after the first complete fix of each finding; scaffolds wait for the user. Where fixes overlap the
 * earlier one wins, and linting the new text gives the other again if it is still needed.
 */
export function fixAll(text: string, findings: readonly Finding[]): string {
  const chosen: TextEdit[] = [];
  for (const { fixes } of findings) {
    const fix = fixes.find(({ scaffold }) => scaffold !== true);
    if (fix !== undefined && !fix.edits.some((edit) => chosen.some((other) => overlaps(edit, other)))) {
      chosen.push(...fix.edits);
    }
  }
  return applyEdits(text, chosen);
}

// Two insertions at one place count as well: their order would be chance.
function overlaps(a: TextEdit, b: TextEdit): boolean {
  return (a.start < b.end && b.start < a.end) || a.start === b.start;
}
