import * as vscode from 'vscode';
import { isCancel, Problem } from '../../base/problem';
import { connectionKey, type Connection } from '../../connection/connection';
import type { LakePorts } from '../../query/lakePorts';
import {
  defaultWorkGroup,
  outputUri,
  resolveTarget,
  type QueryTarget,
  type TargetChoice,
} from '../../query/target';

/** What was chosen for each connection, kept across windows. */
export class TargetMemory {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** What the settings say, filled up with what was chosen for the connection. */
  of(connection: Connection, scope?: vscode.Uri): TargetChoice {
    const settings = vscode.workspace.getConfiguration('lakeWorkbench.query', scope);
    const set = {
      ...filled('workGroup', settings.get<string>('workGroup')),
      ...filled('database', settings.get<string>('database')),
      ...filled('outputLocation', settings.get<string>('outputLocation')),
    };
    return { ...this.#chosen(connection), ...set };
  }

  /** The database that names without one mean: of the settings alone where no connection is known yet. */
  databaseOf(connection: Connection | undefined): string | undefined {
    if (connection !== undefined) return this.of(connection).database;
    return vscode.workspace.getConfiguration('lakeWorkbench.query').get<string>('database') || undefined;
  }

  async keep(connection: Connection, choice: TargetChoice): Promise<void> {
    await this.#state.update(keyOf(connection), { ...this.#chosen(connection), ...choice });
  }

  async forget(connection: Connection): Promise<void> {
    await this.#state.update(keyOf(connection), undefined);
  }

  #chosen(connection: Connection): TargetChoice {
    return this.#state.get<TargetChoice>(keyOf(connection)) ?? {};
  }
}

export interface TargetRequest {
  readonly ports: LakePorts;
  readonly connection: Connection;
  readonly memory: TargetMemory;
  /** Settings may differ by folder. */
  readonly scope?: vscode.Uri;
  /** The statement names a table without its database. */
  readonly needsDatabase: boolean;
  /** Given with the command, so that nothing is asked. */
  readonly given?: TargetChoice;
}

/**
 * Where a statement runs. Asks only what nothing answers, once for a connection: the work group where there
 * are several, the database where the statement needs one, the output location where the work group has none.
 * `undefined` when the user closed a question.
 */
export async function chooseTarget(
  request: TargetRequest,
  signal: AbortSignal,
): Promise<QueryTarget | undefined> {
  const { ports, connection, memory, scope, needsDatabase } = request;
  let choice: TargetChoice = { ...memory.of(connection, scope), ...request.given };
  const take = async (more: TargetChoice): Promise<void> => {
    choice = { ...choice, ...more };
    await memory.keep(connection, more);
  };
  if (choice.workGroup === undefined) {
    const workGroup = await askWorkGroup(request, signal);
    if (workGroup === undefined) return undefined;
    await take({ workGroup });
  }
  if (choice.database === undefined && needsDatabase) {
    const database = await askDatabase(request, signal);
    if (database === undefined) return undefined;
    await take({ database });
  }
  const resolved = await resolveTarget({ engine: ports.engine, connection }, choice, signal);
  if (resolved.kind === 'ready') return resolved.target;
  const outputLocation = await askOutput(resolved.workGroup);
  if (outputLocation === undefined) return undefined;
  await take({ outputLocation });
  const again = await resolveTarget({ engine: ports.engine, connection }, choice, signal);
  return again.kind === 'ready' ? again.target : undefined;
}

async function askWorkGroup(
  { ports, connection }: TargetRequest,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const { items } = await ports.engine.workGroups(connection, {}, signal);
    const names = items.filter(({ state }) => state !== 'disabled').map(({ name }) => name);
    const [only] = names;
    if (only !== undefined && names.length === 1) return only;
    if (names.length === 0) return defaultWorkGroup;
    return await vscode.window.showQuickPick(
      names.toSorted((a, b) => Number(b === defaultWorkGroup) - Number(a === defaultWorkGroup)),
      { title: 'Athena Work Group', placeHolder: `For ${connection.name}; asked once`, ignoreFocusOut: true },
    );
  } catch (error) {
    if (isCancel(error) || !(error instanceof Problem) || error.kind !== 'denied') throw error;
    return defaultWorkGroup; // who may not list them may still run there
  }
}

async function askDatabase(
  { ports, connection }: TargetRequest,
  signal: AbortSignal,
): Promise<string | undefined> {
  const names: string[] = [];
  let next: string | undefined;
  do {
    const page = await ports.catalog.databases(connection, next === undefined ? {} : { next }, signal);
    names.push(...page.items.map(({ name }) => name));
    next = page.next;
  } while (next !== undefined && names.length < 5_000);
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  return await vscode.window.showQuickPick(names, {
    title: 'Database',
    placeHolder: 'For tables that the statement names without one; asked once',
    ignoreFocusOut: true,
  });
}

async function askOutput(workGroup: string): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    title: 'Output Location',
    prompt: `Work group ${workGroup} has no place for results of its own.`,
    placeHolder: 's3://bucket/prefix/',
    ignoreFocusOut: true,
    validateInput(text) {
      try {
        outputUri(text);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
  });
  return answer === undefined ? undefined : outputUri(answer);
}

function keyOf(connection: Connection): string {
  return `target/${connectionKey(connection)}`;
}

function filled<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  // A cast of a computed key: TypeScript widens it to an index signature.
  return (value ? { [key]: value } : {}) as { readonly [P in K]?: string };
}
