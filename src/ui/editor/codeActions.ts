import * as vscode from 'vscode';
import type { Span } from '../../base/text';
import { actionsAt, editBetween, fileActionsAt, touching, type Action } from '../../language/codeActions';
import { commandActionsAt } from '../../language/commandActions';
import { configFileName } from '../../lint/config';
import { fixAll } from '../../lint/fixAll';
import type { Finding } from '../../lint/finding';
import { folderGlob, type IgnoreArgument } from '../commands/ignoreRule';
import type { FeatureOptions } from './features';
import { isSql } from './ours';
import { editOf, spanOf } from './places';

/** What "fix all on save" asks for: `source.fixAll.lakeWorkbench`. */
export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('lakeWorkbench');

/** The edit that applies every complete fix of a document; `undefined` when there is none. */
export async function fixAllEdit(
  { files, others }: Pick<FeatureOptions, 'files' | 'others'>,
  file: vscode.TextDocument,
): Promise<vscode.WorkspaceEdit | undefined> {
  const reading = isSql(file) ? files.read(file) : await others.read(file);
  if (reading === undefined) return undefined;
  const text = file.getText();
  const edit = editBetween(text, fixAll(text, reading.result.findings));
  return edit === undefined ? undefined : editOf(file, [edit]);
}

/** Quick fixes of findings, the ways to ignore their rules, and all fixes at once. */
export function codeActions(options: FeatureOptions): vscode.CodeActionProvider {
  return {
    async provideCodeActions(file, range, context) {
      if (context.only !== undefined && fixAllKind.contains(context.only)) {
        const edit = await fixAllEdit(options, file);
        if (edit === undefined) return [];
        const action = new vscode.CodeAction('Fix all findings of Lake', fixAllKind);
        action.edit = edit;
        return [action];
      }
      const { edits, commands } = await entriesOf(options, file, spanOf(file, range));
      const quickFix = ({ title, finding }: { title: string; finding: Finding }): vscode.CodeAction => {
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.diagnostics = context.diagnostics.filter(
          ({ source, code }) => source === 'Lake' && typeof code === 'object' && code.value === finding.code,
        );
        return action;
      };
      const byCommand = (one: Command): vscode.CodeAction => {
        const action = quickFix(one);
        action.command = { title: one.title, command: one.command, arguments: [one.argument] };
        return action;
      };
      const byEdit = (one: Action): vscode.CodeAction => {
        const action = quickFix(one);
        action.edit = editOf(file, one.edits);
        action.isPreferred = one.preferred;
        return action;
      };
      const mends = commands.filter(({ mends: does }) => does);
      const others = commands.filter(({ mends: does }) => !does);
      return [...mends.map(byCommand), ...edits.map(byEdit), ...others.map(byCommand)];
    },
  };
}

interface Command {
  readonly title: string;
  readonly finding: Finding;
  readonly command: string;
  readonly argument: unknown;
  /** False: it only hides the finding. */
  readonly mends: boolean;
}

interface Entries {
  readonly edits: readonly Action[];
  readonly commands: readonly Command[];
}

async function entriesOf(options: FeatureOptions, file: vscode.TextDocument, range: Span): Promise<Entries> {
  if (!isSql(file)) {
    const reading = await options.others.read(file);
    if (reading === undefined) return { edits: [], commands: [] };
    const { findings } = reading.result;
    const commands = inConfig(options, file.uri, touching(findings, range));
    return { edits: fileActionsAt(reading.file, findings, range), commands };
  }
  const reading = options.files.read(file);
  if (reading === undefined) return { edits: [], commands: [] };
  const { document, result } = reading;
  const mends = commandActionsAt(document, result.findings, range).map(
    ({ title, finding, command, parts }) => {
      const database = options.catalog(document.dialect).table(parts)?.database ?? parts.at(-2);
      const argument = { table: parts.at(-1), ...(database ? { database } : {}) };
      return { title, finding, command: `lakeWorkbench.${command}`, argument, mends: true };
    },
  );
  return {
    edits: actionsAt(document, result.findings, range),
    commands: [...mends, ...inConfig(options, file.uri, touching(result.findings, range))],
  };
}

/** The two ways to switch a rule off in the configuration file, for each rule of the findings. */
function inConfig(
  { policy }: Pick<FeatureOptions, 'policy'>,
  uri: vscode.Uri,
  findings: readonly Finding[],
): readonly Command[] {
  const config = policy.configFor(uri);
  if (config === undefined) return [];
  const glob = folderGlob(config, uri);
  const byCode = new Map(findings.map((finding) => [finding.code, finding]));
  return [...byCode.values()].flatMap((finding) => {
    const entry = (place: string, reach: 'everywhere' | 'folder'): Command => ({
      title: `Ignore ${finding.code} ${place}`,
      finding,
      command: 'lakeWorkbench.ignoreRule',
      argument: { rule: finding.code, uri: uri.toString(), reach } satisfies IgnoreArgument,
      mends: false,
    });
    return [
      ...(glob === undefined ? [] : [entry(`in ${glob} (${configFileName})`, 'folder')]),
      entry(`everywhere (${configFileName})`, 'everywhere'),
    ];
  });
}
