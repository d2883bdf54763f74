import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import { Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import { statementAt, tablesOf } from '../../language/namedTable';
import { longestStatement, mayWrite } from '../../language/writes';
import type { LakePorts } from '../../query/lakePorts';
import type { TargetChoice } from '../../query/target';
import type { Statement } from '../../sql/ast';
import { readDocument } from '../../sql/document';
import type { Connections } from '../connections';
import { spanOf } from '../editor/places';
import type { SqlFiles } from '../editor/sqlFiles';
import type { Queries } from '../results/queries';
import { chooseTarget, type TargetMemory } from './queryTarget';

/** Which statement to run, and where; everything absent is taken from the active editor or asked. */
export interface RunArgument extends TargetChoice {
  readonly uri?: string;
  /** UTF-16 offset in the document, or a line counted from 1: the statement there is run. */
  readonly offset?: number;
  readonly line?: number;
}

/** What came of a run, as plain data. */
export interface RunSummary {
  readonly state: 'succeeded' | 'failed' | 'cancelled';
  readonly queryId: string;
  readonly rowCount?: number;
  readonly bytesScanned?: number;
  readonly usd?: number;
  readonly reason?: string;
}

/** The statement to run, as it is sent. */
interface Chosen {
  readonly sql: string;
  /** Where it begins in its document. */
  readonly offset: number;
  readonly needsDatabase: boolean;
  readonly writes: boolean;
}

export interface RunParts {
  readonly files: SqlFiles;
  readonly connections: Connections;
  readonly ports: () => Promise<LakePorts>;
  readonly memory: TargetMemory;
  readonly queries: Queries;
}

/**
 * Runs the selected text or the statement at the cursor on Athena, and shows its rows in the panel.
 * `undefined` when the user closed a question.
 */
export async function runCommand(parts: RunParts, given: RunArgument = {}): Promise<RunSummary | undefined> {
  const file = await fileOf(given);
  const chosen = chosenText(parts.files, file, given);
  const connection = await parts.connections.use();
  if (!(await mayRun(chosen, connection))) return undefined;
  const ports = await parts.ports();
  const target = await chooseTarget(
    {
      ports,
      connection,
      memory: parts.memory,
      scope: file.uri,
      needsDatabase: chosen.needsDatabase,
      given: targetOf(given),
    },
    new AbortController().signal,
  );
  if (target === undefined) return undefined;
  const { bytesCutoff: _, ...place } = target;
  await vscode.commands.executeCommand('lakeWorkbench.results.focus', { preserveFocus: true });
  const { result, ...outcome } = await parts.queries.run({
    ports,
    connection,
    start: { sql: chosen.sql, ...place },
    origin: { uri: file.uri, offset: chosen.offset, version: file.version },
  });
  return { ...outcome, ...(result === undefined ? {} : { rowCount: result.rows.rowCount }) };
}

/** Refuses what a connection forbids; asks once more before a write to production. */
async function mayRun({ sql, writes }: Chosen, connection: Connection): Promise<boolean> {
  const bytes = Buffer.byteLength(sql);
  if (bytes > longestStatement) {
    throw new Problem(
      `The statement has ${formatCount(bytes)} bytes and Athena takes ${formatCount(longestStatement)}: shorten it, or put its values into a table.`,
      'invalid',
    );
  }
  if (!writes) return true;
  if (connection.readOnly) {
    throw new Problem(
      `${connection.name} is read only by lakeWorkbench.connection.readOnly, and this statement writes: switch to another connection to run it.`,
      'invalid',
    );
  }
  if (!connection.production) return true;
  const answer = await vscode.window.showWarningMessage(
    `This statement writes, and ${connection.name} is production.`,
    { modal: true },
    'Run',
  );
  return answer === 'Run';
}

async function fileOf({ uri }: RunArgument): Promise<vscode.TextDocument> {
  if (uri !== undefined) return await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined)
    throw new Problem('No editor is open: open a SQL file and put the cursor into a statement.', 'invalid');
  return editor.document;
}

function chosenText(files: SqlFiles, file: vscode.TextDocument, given: RunArgument): Chosen {
  const reading = files.read(file);
  if (reading?.document.dialect !== 'athena') {
    const reason = reading === undefined ? 'has no known dialect' : 'is Redshift SQL';
    throw new Problem(
      `${vscode.workspace.asRelativePath(file.uri)} ${reason}, and statements are run on Athena: write -- dialect: athena into its first line if it is meant for it.`,
      'invalid',
    );
  }
  const selection = selectionIn(file, given);
  if (selection !== undefined) {
    const selected = readDocument(file.getText(selection), 'athena');
    const [first, second] = selected.statements;
    if (first === undefined)
      throw new Problem('Nothing but space and comments is selected: select a statement.', 'invalid');
    if (second !== undefined)
      throw new Problem('Athena runs one statement at a time: select a single one.', 'invalid');
    return chosenFrom(first, spanOf(file, selection).start);
  }
  const statement = statementAt(reading.document, offsetIn(file, given));
  if (statement === undefined) {
    throw new Problem(
      `There is no statement at the cursor in ${vscode.workspace.asRelativePath(file.uri)}: write one, or move the cursor into one.`,
      'invalid',
    );
  }
  return chosenFrom(statement, 0);
}

function chosenFrom(statement: Statement, from: number): Chosen {
  return {
    sql: statement.parsed.text,
    offset: from + statement.start,
    needsDatabase: tablesOf(statement).some(({ parts }) => parts.length === 1),
    writes: mayWrite(statement.parsed),
  };
}

/** A selection counts only where the cursor decides: a place that was given is the place. */
function selectionIn(file: vscode.TextDocument, given: RunArgument): vscode.Range | undefined {
  if (given.offset !== undefined || given.line !== undefined) return undefined;
  const editor = editorOf(file);
  return editor === undefined || editor.selection.isEmpty ? undefined : editor.selection;
}

function offsetIn(file: vscode.TextDocument, { offset, line }: RunArgument): number {
  if (offset !== undefined) return offset;
  if (line !== undefined) {
    const at = file.lineAt(Math.min(Math.max(0, line - 1), file.lineCount - 1));
    return file.offsetAt(at.range.start) + at.firstNonWhitespaceCharacterIndex;
  }
  const editor = editorOf(file);
  return editor === undefined ? 0 : file.offsetAt(editor.selection.active);
}

function editorOf(file: vscode.TextDocument): vscode.TextEditor | undefined {
  return vscode.window.visibleTextEditors.find(({ document }) => document === file);
}

function targetOf({ workGroup, database, catalog, outputLocation }: RunArgument): TargetChoice {
  return {
    ...(workGroup === undefined ? {} : { workGroup }),
    ...(database === undefined ? {} : { database }),
    ...(catalog === undefined ? {} : { catalog }),
    ...(outputLocation === undefined ? {} : { outputLocation }),
  };
}
