import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Queries } from '../results/queries';
import { saveResult, type Savable } from '../results/saveResult';

/** Writes the rows of the last result to a CSV file; asks where when no path is given. Returns the path. */
export async function exportResult(queries: Queries, given?: string): Promise<string | undefined> {
  const result = resultOf(queries);
  const path = given ?? (await askPath());
  if (path === undefined) return undefined;
  await saveResult(result, path);
  if (given === undefined) {
    // Not awaited: the message may stay, and the export is done.
    vscode.window.showInformationMessage(`The result is in ${path}.`, 'Open').then((picked) => {
      if (picked !== undefined) vscode.window.showTextDocument(vscode.Uri.file(path));
    });
  }
  return path;
}

/** Opens the rows of the last result as a CSV document; `folder` keeps the files of this session. */
export async function openResultFile(queries: Queries, folder: vscode.Uri): Promise<vscode.Uri> {
  const result = resultOf(queries);
  const name = `${queries.last?.queryId.replace(/[^\w-]/g, '_') ?? 'result'}.csv`;
  const path = join(folder.fsPath, name);
  await mkdir(folder.fsPath, { recursive: true });
  await saveResult(result, path);
  const uri = vscode.Uri.file(path);
  await vscode.window.showTextDocument(uri, { preview: true });
  return uri;
}

/** Throws away the files that earlier sessions opened. */
export async function clearResultFiles(folder: vscode.Uri): Promise<void> {
  await rm(folder.fsPath, { recursive: true, force: true });
}

/** Copies where the last result lies in S3. */
export async function copyResultUri(queries: Queries): Promise<string> {
  const { location } = resultOf(queries);
  if (location === undefined)
    throw new Problem(
      'Athena keeps this result itself, so it has no address in S3: export it instead.',
      'missing',
    );
  await vscode.env.clipboard.writeText(location);
  return location;
}

function resultOf(queries: Queries): Savable & { readonly location?: string } {
  const result = queries.last?.result;
  if (result === undefined) throw new Problem('There is no result yet: run a statement first.', 'missing');
  return result;
}

async function askPath(): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: 'Export Result to CSV',
    filters: { CSV: ['csv'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, 'result.csv') }),
  });
  return uri?.fsPath;
}
