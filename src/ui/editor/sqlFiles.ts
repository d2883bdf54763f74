import * as vscode from 'vscode';
import type { CatalogSnapshot } from '../../catalog/catalog';
import { withOwnUse, type Use } from '../../language/sharedUse';
import { lintDocument, type LintResult } from '../../lint/lint';
import type { RuleSettings } from '../../lint/settings';
import type { Dialect } from '../../sql/ast';
import { readDocument, type SqlDocument } from '../../sql/document';
import { sqlCell } from './cells';
import { isSql } from './ours';

/** A SQL document as it was read and linted last. */
export interface Reading {
  readonly document: SqlDocument;
  readonly result: LintResult;
}

export interface SqlFilesOptions {
  /** `undefined`: nobody said, and the text does not tell; then nothing is said of the document. */
  readonly dialectOf: (uri: vscode.Uri, text: string) => Dialect | undefined;
  readonly rulesOf: (uri: vscode.Uri) => RuleSettings;
  readonly catalog: (dialect: Dialect) => CatalogSnapshot;
  /** How all other files use tables; the same object until something changes. */
  readonly useBeside: (uri: vscode.Uri, dialect: Dialect) => Use;
}

interface State extends Reading {
  readonly version: number;
  readonly catalog: CatalogSnapshot;
  readonly rules: RuleSettings;
  readonly others: Use;
}

/** The open SQL documents, read and linted: only what an edit touched is worked out again. */
export class SqlFiles {
  readonly #options: SqlFilesOptions;
  readonly #states = new Map<string, State>();

  constructor(options: SqlFilesOptions) {
    this.#options = options;
  }

  /** The document as it stands now; `undefined` for what is not SQL of a known dialect. */
  read(file: vscode.TextDocument): Reading | undefined {
    if (!isSql(file)) return undefined;
    const key = file.uri.toString();
    const before = this.#states.get(key);
    const cell = sqlCell(file);
    const text = before?.version === file.version ? before.document.text : (cell?.text ?? file.getText());
    const dialect = cell?.dialect ?? this.#options.dialectOf(file.uri, text);
    if (dialect === undefined) {
      this.#states.delete(key);
      return undefined;
    }
    const catalog = this.#options.catalog(dialect);
    const rules = this.#options.rulesOf(file.uri);
    const same = before?.version === file.version && before.document.dialect === dialect;
    const others = this.#options.useBeside(file.uri, dialect);
    if (same && before.catalog === catalog && before.rules === rules && before.others === others)
      return before;
    const document = same ? before.document : readDocument(text, dialect, before?.document);
    const previous = before === undefined ? {} : { previous: before.result };
    const use = withOwnUse(others, document);
    const result = lintDocument(document, { catalog, config: { rules }, use, ...previous });
    const now = { version: file.version, document, result, catalog, rules, others };
    this.#states.set(key, now);
    return now;
  }

  /** Lets go of a closed document. */
  forget(file: vscode.TextDocument): void {
    this.#states.delete(file.uri.toString());
  }
}
