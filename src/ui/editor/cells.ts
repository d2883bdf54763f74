import * as vscode from 'vscode';
import type { Dialect } from '../../sql/ast';

/** A notebook's cell whose first line hands the rest to a SQL engine. */
export interface SqlCell {
  /** As long as the cell, so that offsets are the cell's: what only the notebook reads is blank. */
  readonly text: string;
  /** Where the line names it. */
  readonly dialect?: Dialect;
}

/** What a cell that begins with `%%sql`, `%%athena` or `%%redshift` holds; undefined for any other document. */
export function sqlCell(file: vscode.TextDocument): SqlCell | undefined {
  if (file.uri.scheme !== 'vscode-notebook-cell') return undefined;
  const line = file.lineAt(0).text;
  const engine = /^\s*%%(sql|athena|redshift)\b/i.exec(line)?.[1]?.toLowerCase();
  if (engine === undefined || (engine === 'sql' && isSpark(file))) return undefined;
  const text = ' '.repeat(line.length) + file.getText().slice(line.length);
  return engine === 'athena' || engine === 'redshift' ? { text, dialect: engine } : { text };
}

/** In Glue's and EMR's notebooks `%%sql` is Spark's, which is neither of our engines. */
function isSpark(file: vscode.TextDocument): boolean {
  const notebook = vscode.workspace.notebookDocuments.find((one) =>
    one.getCells().some(({ document }) => document === file),
  );
  if (notebook === undefined) return false;
  const sign = /pyspark|awsglue|sparkmagic|%glue_version/i;
  return (
    sign.test(JSON.stringify(notebook.metadata)) ||
    notebook.getCells().some(({ document }) => sign.test(document.getText()))
  );
}
