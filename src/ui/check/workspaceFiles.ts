import { posix } from 'node:path';
import * as vscode from 'vscode';
import { isLeftOut, readIgnoreFile, type IgnoreRule } from '../../lint/gitignore';

/** By their names, all files that may hold something of ours. */
export const checkedPattern = '**/*.{sql,hql,ddl,json,template,yaml,yml,py,ipynb,asl}';
const most = 50_000;

/** The files to look into: without what `files.exclude` and the folders' .gitignore files leave out. */
export async function workspaceFiles(): Promise<readonly vscode.Uri[]> {
  const [found, ignoreFiles] = await Promise.all([
    vscode.workspace.findFiles(checkedPattern, undefined, most),
    vscode.workspace.findFiles('**/.gitignore', '**/node_modules/**', 1_000),
  ]);
  const byFolder = await rulesOf(ignoreFiles);
  return found
    .filter((uri) => {
      const folder = vscode.workspace.getWorkspaceFolder(uri);
      if (folder === undefined) return true;
      const path = posix.relative(folder.uri.path, uri.path);
      if (/(?:^|\/)(?:node_modules|\.git)\//.test(path)) return false;
      return !isLeftOut(path, byFolder.get(folder.uri.toString()) ?? []);
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** By workspace folder, outer files first: the last rule that meets a path decides. */
async function rulesOf(files: readonly vscode.Uri[]): Promise<ReadonlyMap<string, readonly IgnoreRule[]>> {
  const byFolder = new Map<string, IgnoreRule[]>();
  const outerFirst = files.toSorted((a, b) => a.path.split('/').length - b.path.split('/').length);
  for (const uri of outerFirst) {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder === undefined) continue;
    const base = posix.relative(folder.uri.path, posix.dirname(uri.path));
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const key = folder.uri.toString();
    byFolder.set(key, [...(byFolder.get(key) ?? []), ...readIgnoreFile(text, base === '' ? '' : `${base}/`)]);
  }
  return byFolder;
}
