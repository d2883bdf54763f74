import * as vscode from 'vscode';
import type { TableName } from '../../catalog/catalog';
import { expectedAge, readExpectedAge, type ExpectedAge } from '../../catalog/freshness';

/** Ages by patterns of `database.table`, as somebody wrote them. */
type Expected = Readonly<Record<string, unknown>>;

/** How old a table's data may be by the settings; a Problem where they cannot be read. */
export function expectedOf(table: TableName): ExpectedAge | undefined {
  return expectedAge(expectedSetting(), table);
}

/**
 * Sets how old a table's data may be, in the workspace's settings or, without a workspace, in the user's; asks where no
 * age is given, and an empty one takes the expectation away. Returns what was set; undefined when nothing was said.
 */
export async function setExpected(table: TableName, given?: string): Promise<string | undefined> {
  const name = `${table.database}.${table.name}`;
  const text =
    given ??
    (await vscode.window.showInputBox({
      title: `Set Expected Freshness of ${name}`,
      prompt: 'How old its newest data may be: 26h, 2d, 1w. Empty: nothing is expected.',
      value: own(table) ?? '26h',
      validateInput: (value) => wrong(value),
    }));
  if (text === undefined) return undefined;
  const age = text.trim();
  if (age !== '') readExpectedAge(age);
  const configuration = vscode.workspace.getConfiguration('lakeWorkbench.freshness');
  const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const inspected = configuration.inspect<Expected>('expected');
  // What another scope says is not copied into this one.
  const before = (inWorkspace ? inspected?.workspaceValue : inspected?.globalValue) ?? {};
  const { [name]: _, ...others } = before;
  await configuration.update(
    'expected',
    age === '' ? others : { ...others, [name]: age },
    inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
  return age;
}

function expectedSetting(): Expected {
  return vscode.workspace.getConfiguration('lakeWorkbench.freshness').get<Expected>('expected') ?? {};
}

function own(table: TableName): string | undefined {
  const value = expectedSetting()[`${table.database}.${table.name}`];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function wrong(value: string): string | undefined {
  if (value.trim() === '') return undefined;
  try {
    readExpectedAge(value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
