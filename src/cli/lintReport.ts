import type { Language } from '../documents/language';
import type { Finding, Severity } from '../lint/finding';

/** One file as it was checked. */
export interface LintedFile {
  readonly path: string;
  /** For the places of its findings; may be empty where there are none. */
  readonly text: string;
  /** What it was checked as; undefined where it could not be told: then there are no findings. */
  readonly language: Language | 'python' | 'notebook' | undefined;
  /** Whether it is SQL, of a known dialect or not. */
  readonly isSql: boolean;
  readonly findings: readonly Finding[];
}

/** Line and column of an offset, both from 1, columns in UTF-16 units. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** Answers positions of one text; a line ends with LF, CRLF or CR. */
export function positions(text: string): (offset: number) => Position {
  const starts = lineStarts(text);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  const next = text.includes('\r') ? /\r\n?|\n/g : undefined;
  if (next === undefined) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  while (next.exec(text) !== null) starts.push(next.lastIndex);
  return starts;
}

/** One line per finding, `path:line:column`, and a last one that counts them; empty without findings. */
export function textReport(files: readonly LintedFile[]): string {
  const lines = files.flatMap(({ path, text, findings }) => {
    const at = positions(text);
    return findings.map(({ start, severity, message, code, rule }) => {
      const { line, column } = at(start);
      return `${path}:${line}:${column}  ${severity}  ${message}  ${code} ${rule}`;
    });
  });
  if (lines.length === 0) return '';
  return `${lines.join('\n')}\n\n${countsInWords(files.flatMap(({ findings }) => findings))}\n`;
}

/** Version 1 of the JSON form; the schema stands in the help of `lint`. */
export function jsonReport(files: readonly LintedFile[]): string {
  const report = {
    version: 1,
    files: files.map(({ path, text, language, findings }) => {
      const at = positions(text);
      return {
        path,
        dialect: language ?? null,
        findings: findings.map((finding) => jsonFinding(finding, at)),
      };
    }),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** Workflow commands that GitHub Actions turns into notes beside the changed lines. */
export function githubReport(files: readonly LintedFile[]): string {
  return files
    .flatMap(({ path, text, findings }) => {
      const at = positions(text);
      return findings.map(({ start, end, severity, message, code, rule }) => {
        const [from, to] = [at(start), at(end)];
        const command = severity === 'error' || severity === 'warning' ? severity : 'notice';
        const properties = Object.entries({
          file: path,
          line: from.line,
          endLine: to.line,
          // GitHub wants columns only for a finding within one line.
          ...(from.line === to.line ? { col: from.column, endColumn: to.column } : {}),
          title: `${code} ${rule}`,
        }).map(
          ([key, value]) => `${key}=${escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
        );
        return `::${command} ${properties.join(',')}::${escaped(message)}\n`;
      });
    })
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function jsonFinding(
  { rule, code, severity, message, start, end, fixes }: Finding,
  at: (offset: number) => Position,
): object {
  // The first fix that needs no value from the user; it is the one that --fix applies.
  const fix = fixes.find(({ scaffold }) => scaffold !== true);
  return {
    rule,
    code,
    severity,
    message,
    start: at(start),
    end: at(end),
    ...(fix === undefined ? {} : { fix: { title: fix.title, edits: fix.edits } }),
  };
}

function countsInWords(findings: readonly Finding[]): string {
  const names: readonly (readonly [Severity, string, string])[] = [
    ['error', 'error', 'errors'],
    ['warning', 'warning', 'warnings'],
    ['information', 'note', 'notes'],
    ['hint', 'hint', 'hints'],
  ];
  return names
    .flatMap(([severity, one, many]) => {
      const count = findings.filter((finding) => finding.severity === severity).length;
      return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
    })
    .join(', ');
}
