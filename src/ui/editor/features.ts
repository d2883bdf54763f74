import * as vscode from 'vscode';
import type { KnownCatalog } from '../../catalog/known';
import type { TableName } from '../../catalog/catalog';
import type { Dialect } from '../../sql/ast';
import { aslCompletion } from './aslCompletion';
import { codeActions, fixAllKind } from './codeActions';
import { hovers } from './hovers';
import { rangeOf } from './places';
import type { OtherFiles } from './otherFiles';
import type { Policy } from './policy';
import type { SqlFiles } from './sqlFiles';
import { lensesOf } from '../../language/lenses';

const sql: vscode.DocumentSelector = { language: 'sql' };
/** All that may hold something of ours: most files do not, and cost a look at their name or text. */
const ours: vscode.DocumentSelector = [
  { language: 'sql' },
  { language: 'json' },
  { language: 'jsonc' },
  { language: 'yaml' },
  { language: 'python' },
  { pattern: '**/*.{asl,ipynb}' },
  { pattern: '**/*.asl.{json,yaml,yml}' },
];

/** What may be a state machine. */
const machines: vscode.DocumentSelector = [
  { language: 'json' },
  { language: 'yaml' },
  { pattern: '**/*.asl' },
  { pattern: '**/*.asl.{json,yaml,yml}' },
];

export interface FeatureOptions {
  readonly files: SqlFiles;
  readonly others: OtherFiles;
  readonly policy: Policy;
  readonly catalog: (dialect: Dialect) => KnownCatalog;
  readonly sourceOf: (name: TableName, dialect: Dialect) => string | undefined;
  /** Fires when lenses may have changed. */
  readonly onDidLint: vscode.Event<void>;
}

/** Registers quick fixes and hovers of all documents of ours, and the lenses of SQL. */
export function registerFeatures(options: FeatureOptions): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider(ours, codeActions(options), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
    }),
    vscode.languages.registerHoverProvider(ours, hovers(options)),
    vscode.languages.registerCodeLensProvider(sql, lenses(options)),
    vscode.languages.registerCompletionItemProvider(machines, aslCompletion(), '"'),
  );
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
