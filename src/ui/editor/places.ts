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
