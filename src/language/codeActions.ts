import type { Span, TextEdit } from '../base/text';
import type { Finding } from '../lint/finding';
import { suppressionEdit } from '../lint/documentSuppressions';
import { fixAll } from '../lint/fixAll';
import type { OtherFile } from '../lint/openFile';
import type { SqlDocument } from '../sql/document';
import { lineComment } from './lineComment';
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

/** What can be done about the findings that touch a range; fixes first, then the ways to switch the rule off. */
export function actionsAt(document: SqlDocument, findings: readonly Finding[], range: Span): Action[] {
  const touched = touching(findings, range);
  // One defect may be reported at several places: its rule is offered once.
  const once = new Map(touched.map((finding) => [`${finding.code}@${placeOf(document, finding)}`, finding]));
  return [
    ...fixesOf(document.text, { touched, findings }),
    ...[...once.values()].flatMap((finding) => suppressions(document, finding)),
  ];
}

/** The same for a file that is not SQL, with comments as its format writes them. */
export function fileActionsAt(file: OtherFile, findings: readonly Finding[], range: Span): Action[] {
  const touched = touching(findings, range);
  const once = new Map(touched.map((finding) => [finding.code, finding]));
  const ignores = [...once.values()].flatMap((finding) =>
    (['here', 'file'] as const).flatMap((scope) => {
      const edit = suppressionEdit(file, finding, scope);
      const place = scope === 'file' ? 'in this file' : placeNames[file.format];
      return edit === undefined ? [] : [suppression(`Ignore ${finding.code} ${place}`, finding, edit)];
    }),
  );
  return [...fixesOf(file.text, { touched, findings }), ...ignores];
}

const placeNames: Readonly<Record<OtherFile['format'], string>> = {
  python: 'in this statement',
  yaml: 'in this part',
  json: 'in this state',
  notebook: 'in this cell',
};

/** The findings that touch a range. */
export function touching(findings: readonly Finding[], range: Span): Finding[] {
  return findings.filter(({ start, end }) => start <= range.end && range.start <= end);
}

interface Touched {
  readonly touched: readonly Finding[];
  /** Of the whole file. */
  readonly findings: readonly Finding[];
}

function fixesOf(text: string, { touched, findings }: Touched): Action[] {
  const fixes = touched.flatMap((finding) =>
    finding.fixes.map((fix) => ({
      title: fix.title,
      finding,
      edits: fix.edits,
      kind: 'fix' as const,
      preferred: fix === finding.fixes.find(({ scaffold }) => scaffold !== true),
    })),
  );
  const byCode = new Map(touched.map((finding) => [finding.code, finding]));
  return [...fixes, ...[...byCode.values()].flatMap((finding) => allOfKind(text, finding, findings))];
}

/** Worth an entry of its own only where the first fix would leave another of the kind. */
function allOfKind(text: string, finding: Finding, findings: readonly Finding[]): Action[] {
  const alike = findings.filter(
    ({ code, fixes }) => code === finding.code && fixes.some(({ scaffold }) => scaffold !== true),
  );
  const edit = alike.length < 2 ? undefined : editBetween(text, fixAll(text, alike));
  if (edit === undefined) return [];
  const title = `Fix all ${alike.length} findings of ${finding.code} in this file`;
  return [{ title, finding, edits: [edit], kind: 'fix', preferred: false }];
}

function suppression(title: string, finding: Finding, edit: TextEdit): Action {
  return { title, finding, edits: [edit], kind: 'suppress', preferred: false };
}

function placeOf(document: SqlDocument, finding: Finding): number {
  return statementAt(document, finding.start)?.start ?? 0;
}

function suppressions(document: SqlDocument, finding: Finding): Action[] {
  const { code } = finding;
  const at = lineStart(document.text, placeOf(document, finding));
  const indent = /^[ \t]*/.exec(document.text.slice(at))?.[0] ?? '';
  const fileAt = afterFirstComment(document.text);
  const onLine = lineComment(document, finding);
  return [
    ...(onLine === undefined ? [] : [suppression(`Ignore ${code} on this line`, finding, onLine)]),
    suppression(`Ignore ${code} in this statement`, finding, {
      start: at,
      end: at,
      text: `${indent}-- lake-ignore ${code}${eol(document.text)}`,
    }),
    suppression(`Ignore ${code} in this file`, finding, {
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
