import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { WorkspaceSummary } from '../../../src/ui/check/checkWorkspace';
import { writeSnapshot } from '../../../src/catalog/snapshot';
import { codeOf, findings, openText, until } from './editor';

function command<T = unknown>(id: string, ...args: readonly unknown[]): Thenable<T | undefined> {
  return vscode.commands.executeCommand<T>(`lakeWorkbench.${id}`, ...args);
}

function inFolder(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder);
  return vscode.Uri.joinPath(folder, path);
}

const write = (path: string, text: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(inFolder(path), Buffer.from(text));

const codesOf = (path: string): string[] => vscode.languages.getDiagnostics(inFolder(path)).map(codeOf);

const has = (path: string, code: string): Promise<string[]> =>
  until(
    () => codesOf(path),
    (codes) => codes.includes(code),
  );
const isClear = (path: string): Promise<string[]> =>
  until(
    () => codesOf(path),
    (codes) => codes.length === 0,
  );

const scan = '-- dialect: athena\nSELECT channel FROM customer_transactions;\n';

const terabyte = 2 ** 40;
const huge = {
  database: 'checked',
  name: 'huge',
  columns: [{ name: 'id', type: 'bigint' }],
  partitionKeys: [{ name: 'year', type: 'int' }],
  partitionCount: 4,
  bytes: 4 * terabyte,
};

suite('checking the workspace', () => {
  suiteSetup(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await write('checked/scan.sql', scan);
    await write('checked/closed.sql', scan);
    await write('checked/left-out/scan.sql', scan);
    await write('checked/.gitignore', 'left-out/\n');
    await write('checked/unknown.sql', 'select 1;\n');
    await write('checked/huge.sql', '-- dialect: athena\n\nSELECT id\nFROM checked.huge;\n');
    await write('checked/lake.catalog.json', writeSnapshot({ databases: [], tables: [huge] }));
    const asksHuge = await openText('-- dialect: athena\nSELECT id FROM checked.huge;\n');
    await findings(asksHuge, 'ATH101'); // the snapshot is read
  });
  suiteTeardown(async () => {
    await command('clearFindings');
    await vscode.workspace.fs.delete(inFolder('checked'), { recursive: true });
  });

  test('files of all kinds that nobody has opened are listed, and those that Git ignores are not', async () => {
    const summary = await command<WorkspaceSummary>('checkWorkspace');
    assert.ok(summary);
    assert.equal(summary.cancelled, false);
    assert.ok(summary.files >= 10, JSON.stringify(summary));
    assert.ok(summary.bySeverity.warning > 0 && summary.bySeverity.error > 0, JSON.stringify(summary));
    assert.ok(summary.unknownDialect >= 1);
    assert.ok(codesOf('checked/scan.sql').includes('ATH101'));
    assert.ok(codesOf('pipelines/nightly-totals.asl.json').includes('ASL04'));
    assert.ok(codesOf('pipelines/daily_report.py').includes('ATH101'));
    assert.deepEqual(codesOf('checked/left-out/scan.sql'), []);
  });

  test('an editor that opens the file lists its findings once, and they stay when it closes', async () => {
    const before = codesOf('checked/scan.sql');
    await vscode.window.showTextDocument(inFolder('checked/scan.sql'));
    await until(
      () => codesOf('checked/scan.sql'),
      (codes) => codes.length === before.length,
    );
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await has('checked/scan.sql', 'ATH101');
  });

  test('a finding goes when its file is mended outside the editor, and comes back with the mistake', async () => {
    await write('checked/closed.sql', scan.replace(';', ' WHERE year = 2024 AND month = 1 AND day = 15;'));
    await isClear('checked/closed.sql');
    await write('checked/closed.sql', scan);
    await command('checkWorkspace');
    assert.ok(codesOf('checked/closed.sql').includes('ATH101'));
  });

  test('the most expensive statement stands first, and picking it goes to its place', async () => {
    await command('checkWorkspace');
    const picking = command('showCosts');
    const shown = await until(
      () => vscode.window.activeTextEditor?.document.uri.path ?? '',
      (path) => {
        if (!path.endsWith('checked/huge.sql'))
          void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return path.endsWith('checked/huge.sql');
      },
    );
    await picking;
    assert.ok(shown.endsWith('checked/huge.sql'));
    assert.equal(vscode.window.activeTextEditor?.selection.start.line, 3);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      inFolder('checked/huge.sql'),
      new vscode.Position(3, 8),
    );
    const text = hovers
      .flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)))
      .join('\n');
    assert.match(text, /The statement reads about 4 TB, \$20\.00 a run\./);
  });

  test('clearing takes the findings of closed files away', async () => {
    await command('clearFindings');
    assert.deepEqual(codesOf('checked/closed.sql'), []);
  });
});
