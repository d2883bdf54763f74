import * as vscode from 'vscode';
import type { Connection } from '../../connection/connection';
import { checkConfiguration, isConfiguration } from '../../crawlers/checkConfiguration';
import { choicesAt } from '../../crawlers/choices';
import type { ConfigurationFinding } from '../../crawlers/configurationFinding';
import { readSchedule } from '../../crawlers/schedule';
import { nextTimes, timeText } from '../../crawlers/scheduleTimes';
import { textOf, valueOf } from '../../documents/data/access';
import { readJson } from '../../documents/data/json';

const severities: Readonly<Record<ConfigurationFinding['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** What a configuration is for; `before` is the one that a crawler has, where it is changed and not made. */
export interface ConfigurationTarget {
  readonly connection: Connection;
  readonly before?: string;
}

/** JSON documents that hold the configuration of a crawler: checked while they are typed, created by a lens. */
export class ConfigurationDocuments
  implements
    vscode.CodeLensProvider,
    vscode.CodeActionProvider,
    vscode.HoverProvider,
    vscode.CompletionItemProvider,
    vscode.Disposable
{
  /** What a document was opened for, by its address. */
  readonly #targets = new Map<string, ConfigurationTarget>();
  readonly #findings = vscode.languages.createDiagnosticCollection('lake-crawler');
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #own: vscode.Disposable[];

  constructor() {
    const json = { language: 'json' };
    this.#own = [
      this.#findings,
      this.#changed,
      vscode.languages.registerCodeLensProvider(json, this),
      vscode.languages.registerCodeActionsProvider(json, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
      vscode.languages.registerHoverProvider(json, this),
      vscode.languages.registerCompletionItemProvider(json, this, '"'),
      vscode.workspace.onDidOpenTextDocument((file) => this.#check(file)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#check(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#targets.delete(uri.toString());
        this.#findings.delete(uri);
      }),
    ];
    for (const file of vscode.workspace.textDocuments) this.#check(file);
  }

  /** Opens a configuration to be looked over. */
  async open(target: ConfigurationTarget, content: string): Promise<vscode.Uri> {
    const file = await vscode.workspace.openTextDocument({ language: 'json', content });
    this.#targets.set(file.uri.toString(), target);
    await vscode.window.showTextDocument(file, { preview: false });
    this.#check(file);
    this.#changed.fire();
    return file.uri;
  }

  /** The configuration at an address, of the active editor without one; `target` where it was opened for one. */
  async at(
    address: string | undefined,
  ): Promise<
    { readonly uri: vscode.Uri; readonly text: string; readonly target?: ConfigurationTarget } | undefined
  > {
    const uri =
      address === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(address);
    if (uri === undefined) return undefined;
    const file = await vscode.workspace.openTextDocument(uri);
    if (!this.#isOurs(file)) return undefined;
    const target = this.#targets.get(uri.toString());
    return { uri, text: file.getText(), ...(target === undefined ? {} : { target }) };
  }

  /** Tells that a document was carried out: what it says is what the crawler has now. */
  done(uri: vscode.Uri, target: Required<ConfigurationTarget>): void {
    this.#targets.set(uri.toString(), target);
    this.#changed.fire();
  }

  provideCodeLenses(file: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.#isOurs(file)) return [];
    const text = file.getText();
    const name = textOf(valueOf(readJson(text).root, 'Name')) ?? '';
    const errors = checkConfiguration(text).filter(({ severity }) => severity === 'error').length;
    const target = this.#targets.get(file.uri.toString());
    const title = `${target?.before === undefined ? 'Create' : 'Update'} Crawler ${name}`.trim();
    return [
      new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
        title:
          errors === 0
            ? `$(add) ${title}`
            : `$(error) ${title}: ${errors} ${errors === 1 ? 'error' : 'errors'}`,
        tooltip:
          target === undefined
            ? 'On the connection in use'
            : `On ${target.connection.name} · ${target.connection.region}`,
        command: 'lakeWorkbench.applyCrawler',
        arguments: [file.uri.toString()],
      }),
    ];
  }

  provideCodeActions(file: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    if (!this.#isOurs(file)) return [];
    return checkConfiguration(file.getText()).flatMap((finding) => {
      const place = rangeOf(file, finding);
      if (place.intersection(range) === undefined) return [];
      return finding.fixes.map(({ title, edits }) => {
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.edit = new vscode.WorkspaceEdit();
        for (const edit of edits) action.edit.replace(file.uri, rangeOf(file, edit), edit.text);
        action.diagnostics = [diagnosticOf(file, finding)];
        action.isPreferred = finding.fixes.length === 1;
        return action;
      });
    });
  }

  provideCompletionItems(file: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    if (!this.#isOurs(file)) return [];
    const found = choicesAt(file.getText(), file.offsetAt(position));
    if (found === undefined) return [];
    return found.choices.map(({ value, does }, at) => {
      const item = new vscode.CompletionItem(
        { label: value, description: does },
        vscode.CompletionItemKind.EnumMember,
      );
      item.range = rangeOf(file, found);
      item.sortText = String(at);
      return item;
    });
  }

  provideHover(file: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    if (!this.#isOurs(file)) return undefined;
    const node = valueOf(readJson(file.getText()).root, 'Schedule');
    const text = textOf(node);
    if (node === undefined || text === undefined) return undefined;
    const range = rangeOf(file, node);
    if (!range.contains(position)) return undefined;
    const schedule = readSchedule(text);
    if (schedule.kind === 'invalid') return undefined;
    const times = nextTimes(schedule.fields, new Date(), 3).map(timeText);
    const next = times.length === 0 ? 'Never again.' : `Next: ${times.join(', ')}`;
    const markdown = new vscode.MarkdownString(`${schedule.words}\n\n${next}`);
    return new vscode.Hover(markdown, range);
  }

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }

  #isOurs(file: vscode.TextDocument): boolean {
    if (file.languageId !== 'json') return false;
    return this.#targets.has(file.uri.toString()) || isConfiguration(file.getText());
  }

  #check(file: vscode.TextDocument): void {
    if (file.languageId !== 'json') return;
    if (!this.#isOurs(file)) {
      this.#findings.delete(file.uri);
      return;
    }
    const found = checkConfiguration(file.getText());
    this.#findings.set(
      file.uri,
      found.map((finding) => diagnosticOf(file, finding)),
    );
  }
}

function diagnosticOf(file: vscode.TextDocument, finding: ConfigurationFinding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    rangeOf(file, finding),
    finding.message,
    severities[finding.severity],
  );
  diagnostic.source = 'Lake';
  return diagnostic;
}

function rangeOf(
  file: vscode.TextDocument,
  { start, end }: { readonly start: number; readonly end: number },
): vscode.Range {
  return new vscode.Range(file.positionAt(start), file.positionAt(end));
}
