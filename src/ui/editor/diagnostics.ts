import * as vscode from 'vscode';
import type { Finding, Severity } from '../../lint/finding';
import type { SqlDocument } from '../../sql/document';
import { commandUri, rangeOf } from './places';
import { isSql, type SqlFiles } from './sqlFiles';

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
  /** Reads what the first linting needs: configuration files and the tables of the workspace. */
  readonly ready: () => Promise<unknown>;
  /** Told the tables that an Athena document names and nobody knew. */
  readonly wanted: (names: readonly (readonly string[])[]) => void;
  /** Takes a second look at findings, off the typing path. */
  readonly review: (findings: readonly Finding[], document: SqlDocument) => Promise<readonly Finding[]>;
}

/** Lints every open SQL document, when it opens and while it is typed. */
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
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#tellDialect(editor?.document)),
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
    if (!isSql(file)) return;
    const key = file.uri.toString();
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
  }

  async #lint(file: vscode.TextDocument): Promise<void> {
    await this.#options.ready();
    if (file.isClosed) return;
    const reading = this.#options.files.read(file);
    if (file === vscode.window.activeTextEditor?.document) this.#tellDialect(file);
    if (reading === undefined) {
      this.#shown.delete(file.uri);
      this.#linted.fire();
      return;
    }
    const { findings, unknownTables } = reading.result;
    this.#show(file, findings);
    this.#linted.fire();
    if (unknownTables.length > 0 && reading.document.dialect === 'athena')
      this.#options.wanted(unknownTables);
    void this.#review(file, { findings, document: reading.document });
  }

  async #review(
    file: vscode.TextDocument,
    { findings, document }: { readonly findings: readonly Finding[]; readonly document: SqlDocument },
  ): Promise<void> {
    const { version } = file;
    const reviewed = await this.#options.review(findings, document);
    if (reviewed !== findings && file.version === version && !file.isClosed) this.#show(file, reviewed);
  }

  #show(file: vscode.TextDocument, findings: readonly Finding[]): void {
    this.#shown.set(
      file.uri,
      findings.map((finding) => diagnosticOf(file, finding)),
    );
  }

  #tellDialect(file: vscode.TextDocument | undefined): void {
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

function diagnosticOf(file: vscode.TextDocument, finding: Finding): vscode.Diagnostic {
  const { message, severity, code } = finding;
  const diagnostic = new vscode.Diagnostic(rangeOf(file, finding), message, severities[severity]);
  diagnostic.source = 'Lake';
  diagnostic.code = { value: code, target: commandUri('lakeWorkbench.showRule', [code]) };
  return diagnostic;
}
