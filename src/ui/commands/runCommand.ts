import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import { Problem } from '../../base/problem';
import type { TableName } from '../../catalog/catalog';
import type { Connection } from '../../connection/connection';
import { definedTable } from '../../language/definedTable';
import { statementAt, tablesOf } from '../../language/namedTable';
import { longestStatement, mayWrite } from '../../language/writes';
import type { LakePorts } from '../../query/lakePorts';
import type { TargetChoice } from '../../query/target';
import type { ParsedStatement, Statement } from '../../sql/ast';
import { readDocument } from '../../sql/document';
import type { Connections } from '../connections';
import { spanOf } from '../editor/places';
import type { SqlFiles } from '../editor/sqlFiles';
import type { Queries } from '../results/queries';
import { askParameters } from './askParameters';
import { chooseTarget, type TargetMemory } from './queryTarget';

/** Which statement to run, and where; everything absent is taken from the active editor or asked. */
export interface RunArgument extends TargetChoice {
  readonly uri?: string;
  /** UTF-16 offset in the document, or a line counted from 1: the statement there is run. */
  readonly offset?: number;
  readonly line?: number;
  /** Values for the `?` of the statement, in their order; absent: asked. */
  readonly parameters?: readonly string[];
}

/** What came of a run, as plain data. */
export interface RunSummary {
  readonly state: 'succeeded' | 'failed' | 'cancelled';
  readonly queryId: string;
  readonly rowCount?: number;
  readonly bytesScanned?: number;
  readonly usd?: number;
  readonly reason?: string;
  /** Where several statements were selected: how many of them ran, this one included, of how many. */
  readonly ran?: { readonly done: number; readonly of: number };
}

/** The statement to run, as it is sent. */
interface Chosen {
  readonly sql: string;
  /** Where it begins in its document. */
  readonly offset: number;
  readonly needsDatabase: boolean;
  readonly writes: boolean;
  readonly parsed: ParsedStatement;
}

export interface RunParts {
  readonly files: SqlFiles;
  readonly connections: Connections;
  readonly ports: () => Promise<LakePorts>;
  readonly memory: TargetMemory;
  readonly queries: Queries;
  /** Remembers the values of parameters. */
  readonly state: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  /** Told once a statement has made, changed or dropped a table. */
  readonly onDefined: (connection: Connection, table: TableName) => Promise<void>;
}

/**
 * Runs the statement at the cursor, or the selected ones in turn until one fails, on Athena, and shows the rows in the
 * panel. Answers with what came of the last one; `undefined` when the user closed a question.
 */
export async function runCommand(parts: RunParts, given: RunArgument = {}): Promise<RunSummary | undefined> {
  const file = await fileOf(given);
  const statements = chosenTexts(parts.files, file, given);
  const connection = await parts.connections.use();
  if (!(await mayRun(statements, connection))) return undefined;
  const ready: { chosen: Chosen; parameters: readonly string[] }[] = [];
  for (const chosen of statements) {
    const values = given.parameters === undefined ? {} : { given: given.parameters };
    const parameters = await askParameters(chosen.parsed, { state: parts.state, ...values });
    if (parameters === undefined) return undefined;
    ready.push({ chosen, parameters });
  }
  const ports = await parts.ports();
  const target = await chooseTarget(
    {
      ports,
      connection,
      memory: parts.memory,
      scope: file.uri,
      needsDatabase: statements.some(({ needsDatabase }) => needsDatabase),
      given: targetOf(given),
    },
    new AbortController().signal,
  );
  if (target === undefined) return undefined;
  const { bytesCutoff: _, ...place } = target;
  await vscode.commands.executeCommand('lakeWorkbench.results.focus', { preserveFocus: true });
  let summary: RunSummary | undefined;
  for (const [index, { chosen, parameters }] of ready.entries()) {
    const values = parameters.length === 0 ? {} : { parameters };
    const { result, ...outcome } = await parts.queries.run({
      ports,
      connection,
      start: { sql: chosen.sql, ...place, ...values },
      origin: { uri: file.uri, offset: chosen.offset, version: file.version },
    });
    const ran = { done: index + 1, of: ready.length };
    summary = {
      ...outcome,
      ...(result === undefined ? {} : { rowCount: result.rows.rowCount }),
      ...(ready.length === 1 ? {} : { ran }),
    };
    if (ready.length > 1) parts.log.info(runLine(ran, { ...outcome, location: result?.location }));
    if (outcome.state !== 'succeeded') break;
    const defined = definedTable(chosen.parsed, place.database);
    if (defined !== undefined) await parts.onDefined(connection, defined);
  }
  if (summary?.ran !== undefined) tellRuns(summary.ran, summary.state);
  return summary;
}

/** The panel shows the last result: where each of the others lies is in the log. */
function runLine(
  { done, of }: NonNullable<RunSummary['ran']>,
  {
    state,
    queryId,
    location,
  }: Pick<RunSummary, 'state' | 'queryId'> & { readonly location: string | undefined },
): string {
  return `Statement ${done} of ${of} ${state}: query ${queryId}${location === undefined ? '' : `, result ${location}`}`;
}

function tellRuns({ done, of }: NonNullable<RunSummary['ran']>, state: RunSummary['state']): void {
  const rest = of - done;
  const skipped = rest === 0 ? '' : ` The ${rest === 1 ? 'one' : String(rest)} behind it did not run.`;
  const text =
    state === 'succeeded'
      ? `All ${of} statements ran: the panel shows the last result, the log names the others.`
      : `Statement ${done} of ${of} ${state === 'failed' ? 'failed' : 'was cancelled'}.${skipped}`;
  void vscode.window.showInformationMessage(text);
}

/** Refuses what a connection forbids; asks once more before a write to production. */
async function mayRun(statements: readonly Chosen[], connection: Connection): Promise<boolean> {
  const bytes = Math.max(...statements.map(({ sql }) => Buffer.byteLength(sql)));
  if (bytes > longestStatement) {
    throw new Problem(
      `The statement has ${formatCount(bytes)} bytes and Athena takes ${formatCount(longestStatement)}: shorten it, or put its values into a table.`,
      'invalid',
    );
  }
  const writing = statements.filter(({ writes }) => writes).length;
  if (writing === 0) return true;
  if (connection.readOnly) {
    throw new Problem(
      `${connection.name} is read only by lakeWorkbench.connection.readOnly, and this statement writes: switch to another connection to run it.`,
      'invalid',
    );
  }
  if (!connection.production) return true;
  const answer = await vscode.window.showWarningMessage(
    `${writing === 1 ? 'This statement writes' : `${writing} of these statements write`}, and ${connection.name} is production.`,
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

function chosenTexts(files: SqlFiles, file: vscode.TextDocument, given: RunArgument): readonly Chosen[] {
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
    const { statements } = readDocument(file.getText(selection), 'athena');
    if (statements.length === 0)
      throw new Problem('Nothing but space and comments is selected: select a statement.', 'invalid');
    return statements.map((statement) => chosenFrom(statement, spanOf(file, selection).start));
  }
  const statement = statementAt(reading.document, offsetIn(file, given));
  if (statement === undefined) {
    throw new Problem(
      `There is no statement at the cursor in ${vscode.workspace.asRelativePath(file.uri)}: write one, or move the cursor into one.`,
      'invalid',
    );
  }
  return [chosenFrom(statement, 0)];
}

function chosenFrom(statement: Statement, from: number): Chosen {
  return {
    sql: statement.parsed.text,
    offset: from + statement.start,
    needsDatabase: tablesOf(statement).some(({ parts }) => parts.length === 1),
    writes: mayWrite(statement.parsed),
    parsed: statement.parsed,
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
