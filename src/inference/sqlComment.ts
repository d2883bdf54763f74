/** Columns that a line of prose may fill. */
const widest = 100;

/**
 * A sentence as SQL comment lines. Its leading spaces stay; line breaks inside do not, since keys may hold some and a
 * comment ends with its line.
 */
export function comment(text: string): string {
  const indent = /^ */.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = `-- ${indent}`;
  for (const word of text.trim().split(/\s+/)) {
    if (line.trimEnd() !== '--' && line.length + word.length > widest) {
      lines.push(line.trimEnd());
      line = `--   ${indent}`;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join('\n');
}
