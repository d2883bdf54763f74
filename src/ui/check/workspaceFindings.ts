import * as vscode from 'vscode';
import { diagnosticOf } from '../editor/diagnostics';
import { rangeIn } from '../editor/places';
import type { CostlyStatement } from '../../language/fileCosts';
import { checkFile, type FileChecks, type FileLook } from './fileCheck';
import { checkedPattern } from './workspaceFiles';

/** A file with findings, and what its statements cost as far as that is known. */
export interface KeptFile {
  readonly uri: vscode.Uri;
  readonly costs: readonly { readonly statement: CostlyStatement; readonly range: vscode.Range }[];
}

/**
 * Findings of files that no editor has open, after a check of the workspace. Each is kept until its file changes, is
 * opened (then the editor's own findings take over) or all are cleared.
 */
export class WorkspaceFindings implements vscode.Disposable {
  readonly #checks: FileChecks;
  readonly #shown = vscode.languages.createDiagnosticCollection('lake-workspace');
  readonly #kept = new Map<string, KeptFile>();
  readonly #own: vscode.Disposable[];
  #watcher: vscode.Disposable | undefined;

  constructor(checks: FileChecks) {
    this.#checks = checks;
    this.#own = [
      this.#shown,
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.#shown.delete(uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.#again(uri)),
      checks.policy.onDidChange(() => void this.#everything()),
    ];
  }

  /** What was found in the files of the last check, as far as it still holds. */
  get kept(): readonly KeptFile[] {
    return [...this.#kept.values()];
  }

  /** Checks a file, and lists what was found until it changes. */
  async check(uri: vscode.Uri): Promise<FileLook> {
    this.#watcher ??= this.#watch();
    const look = await checkFile(uri, this.#checks);
    const key = uri.toString();
    if (look.kind !== 'checked' || look.findings.length === 0) {
      this.#kept.delete(key);
      this.#shown.delete(uri);
      return look;
    }
    const range = rangeIn(look.text);
    const costs = look.costs.map((statement) => ({
      statement,
      range: range(statement.findings[0] ?? statement),
    }));
    this.#kept.set(key, { uri, costs });
    const isOpen = vscode.workspace.textDocuments.some((one) => one.uri.toString() === key);
    if (isOpen) this.#shown.delete(uri);
    else
      this.#shown.set(
        uri,
        look.findings.map((finding) => diagnosticOf(range(finding), finding)),
      );
    return look;
  }

  /** Forgets all of it. */
  clear(): void {
    this.#kept.clear();
    this.#shown.clear();
    this.#watcher?.dispose();
    this.#watcher = undefined;
  }

  dispose(): void {
    this.#watcher?.dispose();
    for (const thing of this.#own) thing.dispose();
  }

  async #again(uri: vscode.Uri): Promise<void> {
    if (this.#kept.has(uri.toString())) await this.check(uri);
  }

  /** A rule that was switched off must not go on being listed for files that nobody opens. */
  async #everything(): Promise<void> {
    for (const { uri } of this.kept) await this.#again(uri);
  }

  #watch(): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(checkedPattern);
    const again = (uri: vscode.Uri): void => void this.#again(uri);
    watcher.onDidChange(again);
    watcher.onDidDelete(again);
    return watcher;
  }
}
