import * as vscode from 'vscode';
import type { KnownCatalog } from '../../catalog/known';
import { withDdl } from '../../catalog/overlay';
import type { TableName } from '../../catalog/catalog';
import { actionsAt, editBetween } from '../../language/codeActions';
import { commandActionsAt } from '../../language/commandActions';
import { ruleCard, tableCard, type TableFacts } from '../../language/hover';
import { lensesOf } from '../../language/lenses';
import { tableAt, type NamedTable } from '../../language/namedTable';
import { fixAll } from '../../lint/fixAll';
import { rules } from '../../lint/rules/index';
import { findRule } from '../../lint/settings';
import type { Dialect } from '../../sql/ast';
import type { SqlDocument } from '../../sql/document';
import { commandUri, editOf, rangeOf, spanOf } from './places';
import type { SqlFiles } from './sqlFiles';

const selector: vscode.DocumentSelector = { language: 'sql' };
const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('lake');

export interface FeatureOptions {
  readonly files: SqlFiles;
  readonly catalog: (dialect: Dialect) => KnownCatalog;
  readonly sourceOf: (name: TableName, dialect: Dialect) => string | undefined;
  /** Fires when lenses may have changed. */
  readonly onDidLint: vscode.Event<void>;
}

/** Registers quick fixes, hover and lenses of SQL documents. */
export function registerFeatures(options: FeatureOptions): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider(selector, codeActions(options), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
    }),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: (file, at) => hover(options, file, at),
    }),
    vscode.languages.registerCodeLensProvider(selector, lenses(options)),
  );
}

/** The edit that applies every complete fix of a document; `undefined` when there is none. */
export function fixAllEdit(
  { files }: Pick<FeatureOptions, 'files'>,
  file: vscode.TextDocument,
): vscode.WorkspaceEdit | undefined {
  const reading = files.read(file);
  if (reading === undefined) return undefined;
  const { text } = reading.document;
  const edit = editBetween(text, fixAll(text, reading.result.findings));
  return edit === undefined ? undefined : editOf(file, [edit]);
}

function codeActions(options: FeatureOptions): vscode.CodeActionProvider {
  return {
    provideCodeActions(file, range, context) {
      const reading = options.files.read(file);
      if (reading === undefined) return [];
      const { findings } = reading.result;
      if (context.only !== undefined && fixAllKind.contains(context.only)) {
        const edit = fixAllEdit(options, file);
        if (edit === undefined) return [];
        const action = new vscode.CodeAction('Fix all findings of Lake', fixAllKind);
        action.edit = edit;
        return [action];
      }
      const quickFix = (title: string, code: string): vscode.CodeAction => {
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.diagnostics = context.diagnostics.filter(
          (known) => known.source === 'Lake' && typeof known.code === 'object' && known.code.value === code,
        );
        return action;
      };
      const { document } = reading;
      const touched = spanOf(file, range);
      const commands = commandActionsAt(document, findings, touched).map((one) => {
        const action = quickFix(one.title, one.finding.code);
        const { parts } = one;
        const database = options.catalog(document.dialect).table(parts)?.database ?? parts.at(-2);
        action.command = {
          title: one.title,
          command: `lakeWorkbench.${one.command}`,
          arguments: [{ table: parts.at(-1), ...(database ? { database } : {}) }],
        };
        return action;
      });
      const edits = actionsAt(document, findings, touched).map((one) => {
        const action = quickFix(one.title, one.finding.code);
        action.edit = editOf(file, one.edits);
        action.isPreferred = one.preferred;
        return action;
      });
      return [...commands, ...edits];
    },
  };
}

function hover(
  options: FeatureOptions,
  file: vscode.TextDocument,
  position: vscode.Position,
): vscode.Hover | undefined {
  const reading = options.files.read(file);
  if (reading === undefined) return undefined;
  const offset = file.offsetAt(position);
  const reasons = reading.result.findings
    .filter(({ start, end }) => start <= offset && offset <= end)
    .flatMap((finding) => {
      const rule = findRule(rules, finding.code);
      if (rule === undefined) return [];
      const page = commandUri('lakeWorkbench.showRule', [rule.code]);
      return [ruleCard(finding, rule, `[the rule](${page.toString()})`)];
    });
  const table = tableAt(reading.document, offset);
  const cards = table === undefined ? [] : [tableCard(factsOf(options, reading.document, table))];
  if (reasons.length + cards.length === 0) return undefined;
  return new vscode.Hover(
    [...new Set([...reasons, ...cards])].map(markdown),
    table === undefined ? undefined : rangeOf(file, table),
  );
}

function factsOf(
  { catalog, sourceOf }: FeatureOptions,
  document: SqlDocument,
  { parts, start }: NamedTable,
): TableFacts {
  // What the file itself has created or changed above counts for more than what the catalog says.
  const { dialect } = document;
  const known = catalog(dialect);
  const own = withDdl(known);
  for (const statement of document.statements) if (statement.start <= start) own.apply(statement.parsed);
  const table = own.table(parts);
  if (table !== undefined) {
    const source = own.made().includes(table) ? undefined : sourceOf(table, dialect);
    return { kind: 'known', table, source: source ?? 'this file' };
  }
  const name = parts.join('.');
  const conflict = known.conflict(parts);
  return conflict === undefined
    ? { kind: 'unknown', name }
    : { kind: 'conflict', name, sources: conflict.definitions.map(({ origin }) => origin) };
}

function markdown(text: string): vscode.MarkdownString {
  const result = new vscode.MarkdownString(text, true);
  result.isTrusted = { enabledCommands: ['lakeWorkbench.showRule'] };
  return result;
}

function lenses({ files, onDidLint }: FeatureOptions): vscode.CodeLensProvider {
  return {
    onDidChangeCodeLenses: onDidLint,
    provideCodeLenses(file) {
      const reading = files.read(file);
      if (reading === undefined) return [];
      return lensesOf(reading.document, reading.result.findings).map(({ start, kind, title, finding }) => {
        const range = rangeOf(file, { start, end: start });
        if (kind === 'run') {
          const argument = { uri: file.uri.toString(), offset: start };
          const command = 'lakeWorkbench.runStatement';
          return new vscode.CodeLens(range, { title, command, arguments: [argument] });
        }
        return new vscode.CodeLens(range, {
          title: `${title}\u00a0$(${finding?.severity === 'error' ? 'error' : 'warning'})`,
          tooltip: finding?.message ?? '',
          command: 'lakeWorkbench.showRule',
          arguments: [finding?.code],
        });
      });
    },
  };
}
