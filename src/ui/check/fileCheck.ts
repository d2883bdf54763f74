import * as vscode from 'vscode';
import type { KnownCatalog } from '../../catalog/known';
import { nameKind } from '../../documents/kind';
import { costsIn, type CostlyStatement } from '../../language/fileCosts';
import type { Use } from '../../language/sharedUse';
import type { Finding } from '../../lint/finding';
import { lintFile, reviewFile } from '../../lint/lintFile';
import { openFile } from '../../lint/openFile';
import type { Dialect } from '../../sql/ast';
import type { Policy } from '../editor/policy';
import { structure } from '../editor/structure';

/** Larger files are dumps and data, bytes. */
const largest = 5_000_000;

/** What files are checked with. */
export interface FileChecks {
  readonly policy: Policy;
  readonly catalog: (dialect: Dialect) => KnownCatalog;
  /** How the SQL files of the workspace use tables. */
  readonly use: (dialect: Dialect) => Use;
}

/** A file of ours as it was checked. */
export interface FileCheck {
  readonly kind: 'checked';
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly costs: readonly CostlyStatement[];
}

/** What came of looking into a file: its findings, or why there are none. */
export type FileLook = FileCheck | { readonly kind: 'unknown-dialect' } | { readonly kind: 'not-ours' };

/** Checks one file as it stands in its editor, else on disk. */
export async function checkFile(uri: vscode.Uri, checks: FileChecks): Promise<FileLook> {
  const { policy, catalog, use } = checks;
  if (policy.isExcluded(uri)) return { kind: 'not-ours' };
  const text = openText(uri) ?? (await textOnDisk(uri));
  if (text === undefined) return { kind: 'not-ours' };
  const isSql = nameKind(uri.path) === 'sql';
  const dialect = policy.dialectOf(uri, isSql ? text : '');
  if (isSql && dialect === undefined) return { kind: 'unknown-dialect' };
  const file = await openFile({ path: uri.path, text, dialect });
  if (file === undefined) return { kind: 'not-ours' };
  const athena = catalog('athena');
  const options = {
    catalogs: { athena, redshift: catalog('redshift') },
    config: { rules: policy.rulesOf(uri) },
    ...(file.kind === 'sql' ? { use: { athena: use('athena'), redshift: use('redshift') } } : {}),
  };
  const findings = await reviewFile(file, lintFile(file, options), { ...options, structure });
  return { kind: 'checked', text, findings, costs: costsIn(file, findings, athena) };
}

function openText(uri: vscode.Uri): string | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((one) => one.uri.toString() === key)?.getText();
}

/** `undefined` for a file that is gone, too large, or not text. */
async function textOnDisk(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > largest) return undefined;
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.subarray(0, 8_000).includes(0) ? undefined : new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}
