import { posix } from 'node:path';
import * as vscode from 'vscode';
import {
  configFileName,
  configuredDialect,
  defaultConfig,
  isExcluded,
  readConfig,
  readRules,
  settingsFor,
  type Config,
} from '../../lint/config';
import { chooseDialect } from '../../language/dialectChoice';
import { rules } from '../../lint/rules/index';
import type { RuleSettings } from '../../lint/settings';
import type { Dialect } from '../../sql/ast';

interface Placed {
  readonly folder: vscode.Uri;
  readonly config: Config;
}

/** What a file is checked as and how: its dialect and its rules, from configuration files and settings. */
export class Policy implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #complaints = vscode.languages.createDiagnosticCollection('lake-configuration');
  readonly #own: vscode.Disposable[];
  readonly #configs = new Map<string, Placed>();
  readonly #rules = new Map<string, RuleSettings>();

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${configFileName}`);
    const again = async (uri: vscode.Uri): Promise<void> => {
      await this.#read(uri);
      this.#tell();
    };
    watcher.onDidCreate(again);
    watcher.onDidChange(again);
    watcher.onDidDelete(again);
    this.#own = [
      this.#changed,
      this.#complaints,
      watcher,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('lakeWorkbench.lint')) this.#tell();
      }),
    ];
  }

  /** Reads the configuration files of the workspace; to be waited for before the first linting. */
  async load(): Promise<void> {
    const found = await vscode.workspace.findFiles(`**/${configFileName}`, '**/node_modules/**', 100);
    for (const uri of found) await this.#read(uri);
  }

  /** By the first line, the configuration file, the setting, or decisive words; `undefined` when none tells. */
  dialectOf(uri: vscode.Uri, text: string): Dialect | undefined {
    if (this.isExcluded(uri)) return undefined;
    const placed = this.#placedFor(uri);
    const path = placed === undefined ? undefined : posix.relative(placed.folder.path, uri.path);
    const setting = vscode.workspace.getConfiguration('lakeWorkbench.lint', uri).get<string>('dialect');
    return chooseDialect({
      text,
      configured:
        placed === undefined || path === undefined ? undefined : configuredDialect(placed.config, path),
      setting: setting === 'athena' || setting === 'redshift' ? setting : undefined,
    });
  }

  /** Whether a configuration file leaves a document out. */
  isExcluded(uri: vscode.Uri): boolean {
    const placed = this.#placedFor(uri);
    return placed !== undefined && isExcluded(placed.config, posix.relative(placed.folder.path, uri.path));
  }

  /** The nearest configuration file above a document, there or not: else that of its workspace folder. */
  configFor(uri: vscode.Uri): vscode.Uri | undefined {
    const folder = this.#placedFor(uri)?.folder ?? vscode.workspace.getWorkspaceFolder(uri)?.uri;
    return folder === undefined ? undefined : vscode.Uri.joinPath(folder, configFileName);
  }

  /** The severities that differ from the rules' own; the same object until something changes. */
  rulesOf(uri: vscode.Uri): RuleSettings {
    const placed = this.#placedFor(uri);
    const own = vscode.workspace.getConfiguration('lakeWorkbench.lint', uri).get<unknown>('rules');
    const path = placed === undefined ? '' : posix.relative(placed.folder.path, uri.path);
    const configured = settingsFor(placed?.config ?? defaultConfig, path);
    const key = JSON.stringify([configured, own]);
    const known = this.#rules.get(key);
    if (known !== undefined) return known;
    const merged = { ...configured, ...readRules(own, rules).rules };
    this.#rules.set(key, merged);
    return merged;
  }

  /** The catalog files that the configuration files name. */
  catalogFiles(): vscode.RelativePattern[] {
    return [...this.#configs.values()].flatMap(({ folder, config }) =>
      config.catalog.map((entry) => new vscode.RelativePattern(folder, entry.replace(/^\.\//, ''))),
    );
  }

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }

  #tell(): void {
    this.#rules.clear();
    this.#changed.fire();
  }

  /** The nearest configuration file above a file. */
  #placedFor(uri: vscode.Uri): Placed | undefined {
    if (this.#configs.size === 0) return undefined;
    for (let at = posix.dirname(uri.path); ; at = posix.dirname(at)) {
      const found = this.#configs.get(uri.with({ path: at, query: '', fragment: '' }).toString());
      if (found !== undefined || at === posix.dirname(at)) return found;
    }
  }

  async #read(uri: vscode.Uri): Promise<void> {
    const folder = vscode.Uri.joinPath(uri, '..');
    this.#configs.delete(folder.toString());
    this.#complaints.delete(uri);
    let bytes: Uint8Array;
    try {
      bytes = await vscode.workspace.fs.readFile(uri);
    } catch {
      return; // deleted
    }
    const name = vscode.workspace.asRelativePath(uri);
    const { config, problems } = readConfig(new TextDecoder().decode(bytes), { name, rules });
    this.#configs.set(folder.toString(), { folder, config });
    const top = new vscode.Range(0, 0, 0, Number.MAX_SAFE_INTEGER);
    this.#complaints.set(
      uri,
      problems.map((problem) => new vscode.Diagnostic(top, problem, vscode.DiagnosticSeverity.Warning)),
    );
  }
}
