import * as vscode from 'vscode';
import type { Span, TextEdit } from '../../base/text';

/** A span as VS Code's range. */
export function rangeOf(file: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(file.positionAt(start), file.positionAt(end));
}

/** VS Code's range as a span. */
export function spanOf(file: vscode.TextDocument, range: vscode.Range): Span {
  return { start: file.offsetAt(range.start), end: file.offsetAt(range.end) };
}

/** Edits of one document as VS Code applies them. */
export function editOf(file: vscode.TextDocument, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    file.uri,
    edits.map((one) => vscode.TextEdit.replace(rangeOf(file, one), one.text)),
  );
  return edit;
}

/** A link that runs a command of ours, for Markdown and diagnostics. */
export function commandUri(command: string, args: readonly unknown[]): vscode.Uri {
  return vscode.Uri.parse(`command:${command}?${encodeURIComponent(JSON.stringify(args))}`);
}

/** Ranges of a text that no editor has open. */
export function rangeIn(text: string): (span: Span) => vscode.Range {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  const position = (offset: number): vscode.Position => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return new vscode.Position(low, offset - (starts[low] ?? 0));
  };
  return ({ start, end }) => new vscode.Range(position(start), position(end));
}
