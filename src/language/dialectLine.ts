import type { TextEdit } from '../base/text';
import type { Dialect } from '../sql/ast';

/** The edit that makes the first line pin a dialect: an earlier such line is replaced, a byte order mark stays first. */
export function dialectLine(text: string, dialect: Dialect): TextEdit {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const line = /^--[ \t]*dialect[ \t]*[:=][^\r\n]*/i.exec(text.slice(start))?.[0];
  return line === undefined
    ? { start, end: start, text: `-- dialect: ${dialect}${eol}` }
    : { start, end: start + line.length, text: `-- dialect: ${dialect}` };
}
