import type { Span } from '../base/text';
import type { Comment, SqlDocument } from '../sql/document';
import type { Finding } from './finding';
import type { Rule } from './rule';
import { unknownSuppression } from './rules/shared/unknown-suppression';
import { findRule, nearestRuleName, severityOf, type RuleSettings } from './settings';

/** A comment that switches rules off for a part of the file. */
export interface Suppression {
  /** Findings that begin in it are dropped. */
  readonly reach: Span;
  /** As written; none means every rule. */
  readonly names: readonly (Span & { readonly text: string })[];
}

/** What the comments of a file are read with. */
export interface SuppressionOptions {
  readonly rules: readonly Rule[];
  readonly settings: RuleSettings;
}

/**
 * The findings that no `lake-ignore` comment drops, and one for each name in such a comment that no rule has.
 * `-- lake-ignore ATH121` before a statement means that statement, behind code its line, on a line of its own
 * inside a statement the next line; `-- lake-ignore-file` the whole file. Several names by comma; codes and ids.
 */
export function suppressed(
  findings: readonly Finding[],
  document: SqlDocument,
  { rules, settings }: SuppressionOptions,
): Finding[] {
  const suppressions = document.comments.flatMap((comment) => readSuppression(comment, document) ?? []);
  return withoutDropped(findings, suppressions, { rules, settings });
}

/** The findings that no suppression drops, and one for each name in a suppression that no rule has. */
export function withoutDropped(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  options: SuppressionOptions,
): Finding[] {
  if (suppressions.length === 0) return [...findings];
  const drops = (finding: Finding, { reach, names }: Suppression): boolean =>
    finding.start >= reach.start &&
    finding.start < reach.end &&
    (names.length === 0 ||
      names.some(({ text }) => [finding.rule, finding.code.toLowerCase()].includes(text.toLowerCase())));
  return [...findings, ...unknownNames(suppressions, options)].filter(
    (finding) => !suppressions.some((suppression) => drops(finding, suppression)),
  );
}

/** What a comment says that begins with `lake-ignore`; undefined for every other comment. */
export interface IgnoreComment {
  readonly names: Suppression['names'];
  readonly wholeFile: boolean;
}

/** Reads the text of a comment without its marks; `from` is where that begins in the file. */
export function readIgnore(text: string, from: number): IgnoreComment | undefined {
  const match = /^\s*lake-ignore(-file)?(?![\w-])[ \t:]*/i.exec(text);
  if (match === null) return undefined;
  const begin = match[0].length;
  // Names and commas; what follows them is the author's reason.
  const list = /^[\w-]*(?:\s*,\s*[\w-]+)*/.exec(text.slice(begin))?.[0] ?? '';
  const names = [...list.matchAll(/[\w-]*\w[\w-]*/g)].map(({ index, 0: name }) => ({
    text: name,
    start: from + begin + index,
    end: from + begin + index + name.length,
  }));
  return { names, wholeFile: match[1] !== undefined };
}

function readSuppression(comment: Comment, document: SqlDocument): Suppression | undefined {
  const mark = /^(?:--|\/\*|#)/.exec(comment.text)?.[0].length ?? 0;
  const said = readIgnore(comment.text.slice(mark), comment.start + mark);
  if (said === undefined) return undefined;
  return { names: said.names, reach: reachOf(comment, document, said) };
}

function reachOf(
  comment: Comment,
  { text, statements }: SqlDocument,
  { wholeFile }: { readonly wholeFile: boolean },
): Span {
  if (wholeFile) return { start: 0, end: text.length + 1 };
  const lineStart = text.lastIndexOf('\n', comment.start - 1) + 1;
  const lineEnd = endOfLine(text, comment.end);
  if (text.slice(lineStart, comment.start).trim() !== '') return { start: lineStart, end: lineEnd };
  const inside = statements.some(({ start, end }) => start < comment.start && comment.end <= end);
  if (inside) return nextLine(text, lineEnd);
  const next = statements.find(({ start }) => start >= comment.end);
  return next === undefined ? { start: lineStart, end: lineEnd } : { start: next.start, end: next.end + 1 };
}

// Passes over blank lines and further comments, so that two suppressions may stand above one line.
function nextLine(text: string, from: number): Span {
  let start = from + 1;
  for (;;) {
    const end = endOfLine(text, start);
    if (end >= text.length || !/^\s*(--.*)?$/.test(text.slice(start, end))) return { start, end: end + 1 };
    start = end + 1;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function unknownNames(
  suppressions: readonly Suppression[],
  { rules, settings }: SuppressionOptions,
): readonly Finding[] {
  const severity = severityOf(unknownSuppression, undefined, settings);
  if (severity === 'off') return [];
  return suppressions
    .flatMap(({ names }) => names)
    .filter(({ text }) => findRule(rules, text) === undefined)
    .map(({ text, start, end }) => {
      const meant = nearestRuleName(rules, text);
      const { id, code } = unknownSuppression;
      return {
        rule: id,
        code,
        severity,
        start,
        end,
        message:
          meant === undefined
            ? `No rule is called ${text}, so this comment switches nothing off.`
            : `No rule is called ${text}: did you mean ${meant}?`,
        fixes: meant === undefined ? [] : [{ title: `Write ${meant}`, edits: [{ start, end, text: meant }] }],
      };
    });
}
