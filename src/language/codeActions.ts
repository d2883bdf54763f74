import type { Span, TextEdit } from '../base/text';
import type { Finding } from '../lint/finding';
import type { SqlDocument } from '../sql/document';
import { statementAt } from './namedTable';

/** One entry of the light bulb. */
export interface Action {
  readonly title: string;
  readonly finding: Finding;
  readonly edits: readonly TextEdit[];
  /** `fix` mends the finding, `suppress` hides it. */
  readonly kind: 'fix' | 'suppress';
  /** What the Auto Fix command takes: the first fix that needs nothing from the user. */
  readonly preferred: boolean;
}

/** What can be done about the findings that touch a range; fixes first, then the two ways to switch the rule off. */
export function actionsAt(document: SqlDocument, findings: readonly Finding[], range: Span): Action[] {
  const touched = findings.filter(({ start, end }) => start <= range.end && range.start <= end);
  const fixes = touched.flatMap((finding) =>
    finding.fixes.map((fix) => ({
      title: fix.title,
      finding,
      edits: fix.edits,
      kind: 'fix' as const,
      preferred: fix === finding.fixes.find(({ scaffold }) => scaffold !== true),
    })),
  );
  // One defect may be reported at several places: its rule is offered once.
  const once = new Map(touched.map((finding) => [`${finding.code}@${placeOf(document, finding)}`, finding]));
  return [...fixes, ...[...once.values()].flatMap((finding) => suppressions(document, finding))];
}

function placeOf(document: SqlDocument, finding: Finding): number {
  return statementAt(document, finding.start)?.start ?? 0;
}

function suppressions(document: SqlDocument, finding: Finding): Action[] {
  const { code } = finding;
  const at = lineStart(document.text, placeOf(document, finding));
  const indent = /^[ \t]*/.exec(document.text.slice(at))?.[0] ?? '';
  const fileAt = afterFirstComment(document.text);
  const action = (title: string, edit: TextEdit): Action => ({
    title,
    finding,
    edits: [edit],
    kind: 'suppress',
    preferred: false,
  });
  return [
    action(`Ignore ${code} in this statement`, {
      start: at,
      end: at,
      text: `${indent}-- lake-ignore ${code}${eol(document.text)}`,
    }),
    action(`Ignore ${code} in this file`, {
      start: fileAt,
      end: fileAt,
      text: `-- lake-ignore-file ${code}${eol(document.text)}`,
    }),
  ];
}

/** A first line that pins the dialect must stay the first. */
function afterFirstComment(text: string): number {
  const first = /^\uFEFF?--[^\r\n]*dialect[^\r\n]*\r?\n/i.exec(text);
  return first === null ? (text.startsWith('\uFEFF') ? 1 : 0) : first[0].length;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function eol(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The one edit that turns a text into another: what both begin and end with stays untouched. */
export function editBetween(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}
