import type { Span, TextEdit } from '../base/text';
import { propertiesOf } from '../documents/data/access';
import { insertProperty } from '../documents/data/edits';
import type { DataDocument, DataNode, DataObject } from '../documents/data/node';
import type { Finding } from './finding';
import { logicalLineEnd } from './logicalLine';
import type { OtherFile } from './openFile';
import { readIgnore, withoutDropped, type Suppression, type SuppressionOptions } from './suppressions';

/**
 * The findings of a file that is not SQL and that no `lake-ignore` drops. In Python and YAML it stands behind a `#`:
 * above a statement or a key it means that with all its lines, behind code its line. In a state machine it may
 * stand in a `Comment` field, and means the state (or, at the top, the whole). `lake-ignore-file` means the file.
 */
export function documentSuppressed(
  findings: readonly Finding[],
  file: OtherFile,
  options: SuppressionOptions,
): readonly Finding[] {
  // Most files have none: they are not searched for comments.
  if (!file.text.includes('lake-ignore')) return findings;
  return withoutDropped(findings, suppressionsOf(file), options);
}

function suppressionsOf(file: OtherFile): readonly Suppression[] {
  const fields = dataOf(file).flatMap((data) => inFields(data));
  return file.format === 'python' || file.format === 'yaml' ? [...fields, ...inComments(file)] : fields;
}

function dataOf({ models }: OtherFile): readonly DataDocument[] {
  return models.flatMap(({ read: { model } }) => ('data' in model ? [model.data] : []));
}

function inFields(data: DataDocument): readonly Suppression[] {
  const found: Suppression[] = [];
  const visit = (node: DataNode): void => {
    if (node.kind === 'array') for (const item of node.items) visit(item);
    for (const { key, value } of propertiesOf(node)) {
      const said =
        key === 'Comment' && value.kind === 'text'
          ? readIgnore(value.value, textStart(data, value))
          : undefined;
      if (said !== undefined) {
        const reach = said.wholeFile ? whole(data.text) : { start: node.start, end: node.end };
        found.push({ names: said.names, reach });
      }
      visit(value);
    }
  };
  if (data.root !== undefined) visit(data.root);
  return found;
}

function textStart({ text }: DataDocument, { start }: Span): number {
  return /["']/.test(text.charAt(start)) ? start + 1 : start;
}

function whole(text: string): Span {
  return { start: 0, end: text.length + 1 };
}

function inComments({ text, format }: OtherFile): readonly Suppression[] {
  const found: Suppression[] = [];
  for (const match of text.matchAll(/(^[ \t]*|[ \t])#(?=[ \t]*lake-ignore)([^\r\n]*)/gim)) {
    const mark = match.index + (match[1] ?? '').length;
    const said = readIgnore(match[2] ?? '', mark + 1);
    if (said === undefined) continue;
    const lineStart = text.lastIndexOf('\n', mark - 1) + 1;
    const lineEnd = endOfLine(text, mark);
    const isAlone = text.slice(lineStart, mark).trim() === '';
    let reach: Span = { start: lineStart, end: lineEnd };
    if (said.wholeFile) reach = whole(text);
    else if (isAlone) reach = nextThing(text, lineEnd + 1, format);
    found.push({ names: said.names, reach });
  }
  return found;
}

// Blank lines and further comments may stand between.
function nextThing(text: string, from: number, format: OtherFile['format']): Span {
  let start = from;
  for (; start < text.length; start = endOfLine(text, start) + 1) {
    if (!/^[ \t]*(?:#[^\n]*)?\r?$/.test(text.slice(start, endOfLine(text, start)))) break;
  }
  const end = format === 'python' ? logicalLineEnd(text, start) : blockEnd(text, start);
  return { start, end: end + 1 };
}

// A key of YAML ends where a line begins no deeper than it.
function blockEnd(text: string, start: number): number {
  const depth = indentAt(text, start);
  let end = endOfLine(text, start);
  for (let at = end + 1; at < text.length; at = endOfLine(text, at) + 1) {
    const lineEnd = endOfLine(text, at);
    if (text.slice(at, lineEnd).trim() !== '' && indentAt(text, at) <= depth) break;
    end = lineEnd;
  }
  return end;
}

function indentAt(text: string, start: number): number {
  return /^[ ]*/.exec(text.slice(start, endOfLine(text, start)))?.[0].length ?? 0;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/**
 * The edit that switches a finding's rule off: for the statement, key or state it stands in, or for the file.
 * Undefined where the format has no place for it: JSON that is no state machine, and notebooks.
 */
export function suppressionEdit(
  file: OtherFile,
  finding: Finding,
  scope: 'here' | 'file',
): TextEdit | undefined {
  const { text, format } = file;
  if (format === 'python' || format === 'yaml') {
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    if (scope === 'file') {
      const at = /^\uFEFF?(?:#![^\n]*\n)?/.exec(text)?.[0].length ?? 0;
      return { start: at, end: at, text: `# lake-ignore-file ${finding.code}${eol}` };
    }
    const at = format === 'python' ? statementStart(text, finding.start) : lineStartOf(text, finding.start);
    const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
    return { start: at, end: at, text: `${indent}# lake-ignore ${finding.code}${eol}` };
  }
  if (format !== 'json' || !file.languages.includes('asl')) return undefined;
  const data = dataOf(file).find(({ root }) => root !== undefined && holds(root, finding));
  const target = data === undefined ? undefined : commented(data, finding, scope);
  if (data === undefined || target === undefined) return undefined;
  const value = `${scope === 'file' ? 'lake-ignore-file' : 'lake-ignore'} ${finding.code}`;
  return insertProperty(data, target, { key: 'Comment', value })[0];
}

function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

// The statement whose brackets or quotes reach to the finding: it begins on a line above.
function statementStart(text: string, offset: number): number {
  let start = 0;
  while (start < text.length) {
    const end = logicalLineEnd(text, start);
    if (offset <= end) break;
    start = end + 1;
  }
  return start;
}

/** The state around a finding, or the machine; undefined when it has a comment of its own already. */
function commented(data: DataDocument, finding: Finding, scope: 'here' | 'file'): DataObject | undefined {
  let target = data.root?.kind === 'object' ? data.root : undefined;
  if (scope === 'here') {
    const visit = (node: DataNode): void => {
      if (!holds(node, finding)) return;
      if (node.kind === 'object' && node.properties.some(({ key }) => key === 'Type')) target = node;
      if (node.kind === 'array') for (const item of node.items) visit(item);
      for (const { value } of propertiesOf(node)) visit(value);
    };
    if (data.root !== undefined) visit(data.root);
  }
  return target?.properties.some(({ key }) => key === 'Comment') === true ? undefined : target;
}

function holds({ start, end }: Span, finding: Span): boolean {
  return start <= finding.start && finding.end <= end;
}
