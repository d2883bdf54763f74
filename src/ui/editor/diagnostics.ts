import * as vscode from 'vscode';
import type { Finding, Severity } from '../../lint/finding';
import { commandUri, rangeOf } from './places';
import { isOfOurKind, isOurs, isSql } from './ours';
import type { OtherFiles } from './otherFiles';
import type { Reading, SqlFiles } from './sqlFiles';

/** Short enough to feel at once, long enough that a fast typist is linted once a word. */
const debounceMs = 40;

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export interface DiagnosticsOptions {
  readonly files: SqlFiles;
  readonly others: OtherFiles;
  /** Reads what the first linting needs: configuration files and the tables of the workspace. */
  readonly ready: () => Promise<unknown>;
  /** Told the tables that an Athena document names and nobody knew. */
  readonly wanted: (names: readonly (readonly string[])[]) => void;
  /** Takes a second look at the findings of SQL, off the typing path. */
  readonly review: (reading: Reading) => Promise<readonly Finding[]>;
}

/** Findings with what they come from. */
interface Found {
  readonly findings: readonly Finding[];
  /** Names of Athena tables. */
  readonly unknownTables: readonly (readonly string[])[];
  readonly review: () => Promise<readonly Finding[]>;
}

/** Lints every open document of ours, when it opens and while it is typed. */
export class Diagnostics implements vscode.Disposable {
  readonly #options: DiagnosticsOptions;
  readonly #shown = vscode.languages.createDiagnosticCollection('lake');
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #linted = new vscode.EventEmitter<void>();
  readonly #own: vscode.Disposable[];
  /** Fires when findings may have changed: lenses are drawn again. */
  readonly onDidLint = this.#linted.event;

  constructor(options: DiagnosticsOptions) {
    this.#options = options;
    this.#own = [
      this.#shown,
      this.#linted,
      vscode.workspace.onDidOpenTextDocument((file) => this.#soon(file)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#soon(document)),
      vscode.workspace.onDidCloseTextDocument((file) => this.#close(file)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#tellActive(editor?.document)),
    ];
  }

  /** Lints everything that is open again: a catalog, a setting or a dialect has changed. */
  all(): void {
    for (const file of vscode.workspace.textDocuments) this.#soon(file);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const thing of this.#own) thing.dispose();
  }

  #soon(file: vscode.TextDocument): void {
    const key = file.uri.toString();
    // Most JSON is nobody's: it is looked into after the pause, not at each key.
    if (!isOfOurKind(file) && !this.#shown.has(file.uri)) return;
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        void this.#lint(file);
      }, debounceMs),
    );
  }

  #close(file: vscode.TextDocument): void {
    const key = file.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#shown.delete(file.uri);
    this.#options.files.forget(file);
    this.#options.others.forget(file);
  }

  async #lint(file: vscode.TextDocument): Promise<void> {
    // What was ours and is no more loses its findings.
    if (!isOurs(file) && !this.#shown.has(file.uri)) return;
    await this.#options.ready();
    if (file.isClosed) return;
    const { version } = file;
    const found = await this.#found(file);
    if (file.isClosed || file.version !== version) return; // a later turn is on its way
    if (file === vscode.window.activeTextEditor?.document) this.#tellActive(file, found !== undefined);
    if (found === undefined) {
      this.#shown.delete(file.uri);
      this.#linted.fire();
      return;
    }
    this.#show(file, found.findings);
    this.#linted.fire();
    if (found.unknownTables.length > 0) this.#options.wanted(found.unknownTables);
    const reviewed = await found.review();
    if (reviewed !== found.findings && file.version === version && !file.isClosed) this.#show(file, reviewed);
  }

  async #found(file: vscode.TextDocument): Promise<Found | undefined> {
    if (!isSql(file)) {
      const { others } = this.#options;
      const reading = await others.read(file);
      if (reading === undefined) return undefined;
      return { ...reading.result, review: () => others.review(file.uri, reading) };
    }
    const reading = this.#options.files.read(file);
    if (reading === undefined) return undefined;
    const { findings, unknownTables } = reading.result;
    const isAthena = reading.document.dialect === 'athena';
    return {
      findings,
      unknownTables: isAthena ? unknownTables : [],
      review: () => this.#options.review(reading),
    };
  }

  #show(file: vscode.TextDocument, findings: readonly Finding[]): void {
    this.#shown.set(
      file.uri,
      findings.map((finding) => diagnosticOf(rangeOf(file, finding), finding)),
    );
  }

  /** Tells menus and keys what the active document is; one that is not checked yet is told of again then. */
  #tellActive(
    file: vscode.TextDocument | undefined,
    isChecked = file !== undefined && this.#shown.has(file.uri),
  ): void {
    vscode.commands.executeCommand('setContext', 'lakeWorkbench.checked', isChecked);
    const dialect = file === undefined ? undefined : this.#options.files.read(file)?.document.dialect;
    vscode.commands.executeCommand('setContext', 'lakeWorkbench.dialect', dialect);
    // The key that runs statements must work before the file was read for the first time, and no longer after
    // that when it turned out to be another engine's.
    vscode.commands.executeCommand(
      'setContext',
      'lakeWorkbench.notAthena',
      file !== undefined && dialect !== 'athena',
    );
  }
}

/** A finding as VS Code lists it, with a link to its rule's page. */
export function diagnosticOf(range: vscode.Range, finding: Finding): vscode.Diagnostic {
  const { message, severity, code } = finding;
  const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
  diagnostic.source = 'Lake';
  diagnostic.code = { value: code, target: commandUri('lakeWorkbench.showRule', [code]) };
  return diagnostic;
}
