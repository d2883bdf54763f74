import type * as vscode from 'vscode';
import type { CatalogSnapshot } from '../../catalog/catalog';
import { lintFile, reviewFile, type FileLintOptions, type FileLintResult } from '../../lint/lintFile';
import { openFile, type LakeFile, type OtherFile } from '../../lint/openFile';
import type { RuleSettings } from '../../lint/settings';
import type { Finding } from '../../lint/finding';
import type { Dialect } from '../../sql/ast';
import { isOurs, isSql, pathOf } from './ours';
import { structure } from './structure';

/** A document that is not SQL as it was read and linted last. */
export interface OtherReading {
  readonly file: OtherFile;
  readonly result: FileLintResult;
}

export interface OtherFilesOptions {
  /** Of SQL in a document where its call does not tell. */
  readonly dialectOf: (uri: vscode.Uri, text: string) => Dialect | undefined;
  readonly rulesOf: (uri: vscode.Uri) => RuleSettings;
  readonly isExcluded: (uri: vscode.Uri) => boolean;
  readonly catalog: (dialect: Dialect) => CatalogSnapshot;
}

interface State {
  readonly version: number;
  readonly file: Promise<LakeFile | undefined>;
  /** Of an earlier version. */
  readonly previous?: FileLintResult;
  linted?: { readonly result: FileLintResult; readonly options: FileLintOptions };
}

/** The open documents with something of ours in them besides SQL: what an edit did not touch is not linted again. */
export class OtherFiles {
  readonly #options: OtherFilesOptions;
  readonly #states = new Map<string, State>();

  constructor(options: OtherFilesOptions) {
    this.#options = options;
  }

  /** The document as it stands now; undefined for SQL, and for what holds nothing of ours. */
  async read(document: vscode.TextDocument): Promise<OtherReading | undefined> {
    const key = document.uri.toString();
    if (isSql(document) || !isOurs(document) || this.#options.isExcluded(document.uri)) {
      this.#states.delete(key);
      return undefined;
    }
    const before = this.#states.get(key);
    const state = before?.version === document.version ? before : this.#open(document, before);
    this.#states.set(key, state);
    const file = await state.file;
    if (file?.kind !== 'document') return undefined;
    const options = this.#lintOptions(document.uri);
    if (state.linted === undefined || !isSame(state.linted.options, options)) {
      const previous = state.linted?.result ?? state.previous;
      const given = previous === undefined ? options : { ...options, previous };
      state.linted = { result: lintFile(file, given), options };
    }
    return { file, result: state.linted.result };
  }

  /** The findings after a second look at syntax errors, off the typing path. */
  async review(uri: vscode.Uri, { file, result }: OtherReading): Promise<readonly Finding[]> {
    return await reviewFile(file, result, { ...this.#lintOptions(uri), structure });
  }

  /** Lets go of a closed document. */
  forget({ uri }: vscode.TextDocument): void {
    this.#states.delete(uri.toString());
  }

  #open(document: vscode.TextDocument, before: State | undefined): State {
    const request = {
      path: pathOf(document),
      text: document.getText(),
      dialect: this.#options.dialectOf(document.uri, ''),
    };
    const open = async (): Promise<LakeFile | undefined> => openFile(request, await before?.file);
    const previous = before?.linted?.result ?? before?.previous;
    return {
      version: document.version,
      file: open(),
      ...(previous === undefined ? {} : { previous }),
    };
  }

  #lintOptions(uri: vscode.Uri): FileLintOptions {
    const { catalog, rulesOf } = this.#options;
    return {
      catalogs: { athena: catalog('athena'), redshift: catalog('redshift') },
      config: { rules: rulesOf(uri) },
    };
  }
}

function isSame(a: FileLintOptions, b: FileLintOptions): boolean {
  return (
    a.catalogs.athena === b.catalogs.athena &&
    a.catalogs.redshift === b.catalogs.redshift &&
    a.config.rules === b.config.rules
  );
}
