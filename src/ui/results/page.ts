import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The only folders that the results page may load from. */
export function pageRoots(extension: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'dist', 'webview'), vscode.Uri.joinPath(extension, 'media')];
}

/** What a page is made of: a script of `dist/webview` and style sheets of `media`. */
export interface PageFiles {
  readonly title: string;
  readonly script: string;
  readonly styles: readonly string[];
}

const resultsPage: PageFiles = { title: 'Results', script: 'results.js', styles: ['results.css'] };

/** A page: one script and style sheets of ours, and nothing else may load or run. */
export function pageHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  files: PageFiles = resultsPage,
): string {
  const nonce = randomBytes(16).toString('base64url');
  const at = (...path: string[]) => webview.asWebviewUri(vscode.Uri.joinPath(extension, ...path)).toString();
  const source = webview.cspSource;
  const policy = [
    "default-src 'none'",
    `style-src ${source}`,
    `font-src ${source}`,
    `script-src ${source} 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  ${files.styles.map((name) => `<link rel="stylesheet" href="${at('media', name)}">`).join('\n  ')}
  <title>${files.title}</title>
</head>
<body>
  <div id="app"></div>
  <script nonce="${nonce}" src="${at('dist', 'webview', files.script)}"></script>
</body>
</html>`;
}
