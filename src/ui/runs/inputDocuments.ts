import * as vscode from 'vscode';
import type { Connection } from '../../connection/connection';
import { kindOf } from '../../pipelines/kinds/index';
import type { Pipeline } from '../../pipelines/pipeline';

/** What a document is the input of. */
export interface PipelineInput {
  readonly connection: Connection;
  readonly pipeline: Pipeline;
}

/** True while the active editor holds the input of a pipeline. */
const contextKey = 'lakeWorkbench.runInput';

/** Inputs of pipelines as untitled JSON documents: checked while they are typed, started by a lens. */
export class InputDocuments implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #inputs = new Map<string, PipelineInput>();
  readonly #findings = vscode.languages.createDiagnosticCollection('lake-input');
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #own: vscode.Disposable[];

  constructor() {
    this.#own = [
      this.#findings,
      this.#changed,
      vscode.languages.registerCodeLensProvider({ scheme: 'untitled', language: 'json' }, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#check(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#inputs.delete(uri.toString());
        this.#findings.delete(uri);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#tell(editor)),
    ];
  }

  /** Opens an input to be looked over and started. */
  async open(input: PipelineInput, content: string): Promise<vscode.Uri> {
    const file = await vscode.workspace.openTextDocument({ language: 'json', content });
    this.#inputs.set(file.uri.toString(), input);
    const editor = await vscode.window.showTextDocument(file, { preview: false });
    this.#check(file);
    this.#tell(editor);
    this.#changed.fire();
    return file.uri;
  }

  /** The input that a document holds, that of the active editor without an address. */
  async at(
    address?: string,
  ): Promise<(PipelineInput & { readonly text: string; readonly address: string }) | undefined> {
    const uri =
      address === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(address);
    const input = uri === undefined ? undefined : this.#inputs.get(uri.toString());
    if (uri === undefined || input === undefined) return undefined;
    const file = await vscode.workspace.openTextDocument(uri);
    return { ...input, text: file.getText(), address: uri.toString() };
  }

  /** Closes an input that was started, without asking to save it, as long as it is in front. */
  async close(address: string): Promise<void> {
    if (vscode.window.activeTextEditor?.document.uri.toString() !== address) return;
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const input = this.#inputs.get(uri.toString());
    if (input === undefined) return [];
    const lens = new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
      title: `Start ${input.pipeline.name}`,
      tooltip: `On ${input.connection.name} · ${input.connection.region}`,
      command: 'lakeWorkbench.startPipeline',
      arguments: [uri.toString()],
    });
    return [lens];
  }

  dispose(): void {
    for (const thing of this.#own) thing.dispose();
  }

  #tell(editor: vscode.TextEditor | undefined): void {
    const isInput = editor !== undefined && this.#inputs.has(editor.document.uri.toString());
    vscode.commands.executeCommand('setContext', contextKey, isInput);
  }

  #check(file: vscode.TextDocument): void {
    const input = this.#inputs.get(file.uri.toString());
    if (input === undefined) return;
    const problem = kindOf(input.pipeline.kind).check(file.getText());
    if (problem === undefined) {
      this.#findings.delete(file.uri);
      return;
    }
    const finding = new vscode.Diagnostic(
      rangeOf(file, problem.message),
      problem.message,
      vscode.DiagnosticSeverity.Error,
    );
    finding.source = 'Lake';
    this.#findings.set(file.uri, [finding]);
  }
}

/** The argument that a message names, the place where JSON ends to be any, else the first line. */
function rangeOf(file: vscode.TextDocument, message: string): vscode.Range {
  const text = file.getText();
  const at = /at position (\d+)/.exec(message)?.[1];
  if (at !== undefined) {
    const place = file.positionAt(Math.min(Number(at), text.length));
    return file.getWordRangeAtPosition(place) ?? new vscode.Range(place, place.translate(0, 1));
  }
  const name = /: (\S+) must be/.exec(message)?.[1];
  const begin = name === undefined ? -1 : text.indexOf(`"${name}"`);
  if (name === undefined || begin < 0) return file.lineAt(0).range;
  return new vscode.Range(file.positionAt(begin), file.positionAt(begin + name.length + 2));
}
