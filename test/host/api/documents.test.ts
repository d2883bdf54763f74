import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeOf, findings, open, openText, until } from './editor';

function actionsAt(document: vscode.TextDocument, range: vscode.Range): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range);
}

async function finding(document: vscode.TextDocument, code: string): Promise<vscode.Diagnostic> {
  const found = (await findings(document, code)).find((one) => codeOf(one) === code);
  assert.ok(found);
  return found;
}

function action(actions: readonly vscode.CodeAction[], title: RegExp): vscode.CodeAction {
  const found = actions.find((one) => title.test(one.title));
  assert.ok(found, actions.map((one) => one.title).join('\n'));
  return found;
}

async function hoverAt(document: vscode.TextDocument, at: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    at,
  );
  return hovers
    .flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)))
    .join('\n');
}

const gone = (document: vscode.TextDocument, code: string): Promise<string[]> =>
  until(
    () => vscode.languages.getDiagnostics(document.uri).map(codeOf),
    (codes) => !codes.includes(code),
  );

suite('files that are not SQL', () => {
  test('in a state machine the states are offered where one is named, and fields where one is begun', async () => {
    const document = await open('pipelines/nightly-totals.asl.json');
    const text = document.getText();
    const next = /"Next":\s*"/.exec(text);
    assert.ok(next);
    const at = document.positionAt(next.index + next[0].length);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      at,
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    const machine = JSON.parse(text) as { readonly States: Readonly<Record<string, unknown>> };
    const states = Object.keys(machine.States);
    assert.ok(
      states.some((state) => labels.some((label) => label.includes(state))),
      `${labels.slice(0, 20).join(', ')} holds none of ${states.join(', ')}`,
    );
  });

  test('a state machine and the SQL in it are checked in place, and a quick fix mends it', async () => {
    const document = await open('pipelines/nightly-totals.asl.json');
    const inSql = await finding(document, 'ATH101');
    assert.equal(document.getText(inSql.range), 'customer_transactions');
    const job = await finding(document, 'ASL04');
    const fix = action(await actionsAt(document, job.range), /sync/);
    assert.ok(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
    await gone(document, 'ASL04');
    JSON.parse(document.getText());
    await vscode.commands.executeCommand('undo');
  });

  test('SQL that Python sends is checked in place, and its tables have hovers', async () => {
    const document = await open('pipelines/daily_report.py');
    const found = await finding(document, 'ATH101');
    assert.equal(document.getText(found.range), 'customer_transactions');
    const text = await hoverAt(document, found.range.start.translate(0, 2));
    assert.match(text, /ATH101/);
    assert.match(text, /year \*int\*, month \*int\*, day \*int\*/);
  });

  test('a rule is ignored in Python by a comment of Python', async () => {
    const document = await open('pipelines/daily_report.py');
    const found = await finding(document, 'ATH101');
    const ignore = action(await actionsAt(document, found.range), /^Ignore ATH101 in this statement$/);
    assert.ok(ignore.edit && (await vscode.workspace.applyEdit(ignore.edit)));
    assert.match(document.getText(), /^\s*# lake-ignore ATH101$/m);
    await gone(document, 'ATH101');
    await vscode.commands.executeCommand('undo');
  });

  test('JSON that is nothing of ours gets no finding', async () => {
    const marker = await openText('-- dialect: redshift\nDELETE FROM fct_transfers;\n');
    const other = await vscode.workspace.openTextDocument({
      language: 'json',
      content: '{ "name": "a", "Rules": 1, "value": [1, 2 }',
    });
    await findings(marker, 'RS306');
    assert.deepEqual(
      vscode.languages.getDiagnostics(other.uri).filter(({ source }) => source === 'Lake'),
      [],
    );
  });

  test('a notebook cell that begins with %%sql is checked as SQL', async () => {
    const cell = new vscode.NotebookCellData(
      vscode.NotebookCellKind.Code,
      '%%athena\nSELECT channel FROM customer_transactions\n',
      'python',
    );
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    const { document } = notebook.cellAt(0);
    const found = await finding(document, 'ATH101');
    assert.equal(document.getText(found.range), 'customer_transactions');
    assert.equal(found.range.start.line, 1);
  });
});

suite('ignoring and fixing', () => {
  const twoDates =
    "-- dialect: athena\nSELECT transaction_id FROM customer_transactions WHERE year = 2024 AND month = 1 AND transaction_date = '2024-01-15';\nSELECT amount FROM customer_transactions WHERE year = 2024 AND month = 1 AND transaction_date = '2024-01-16';\n";

  test('all findings of one kind are mended at once', async () => {
    const document = await openText(twoDates);
    const found = await finding(document, 'ATH109');
    const fix = action(await actionsAt(document, found.range), /^Fix all 2 findings of ATH109 in this file$/);
    assert.ok(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
    assert.equal(document.getText().match(/DATE '2024-01-1[56]'/g)?.length, 2);
    await gone(document, 'ATH109');
  });

  test('source.fixAll.lakeWorkbench is what "fix on save" finds', async () => {
    const document = await openText(twoDates);
    await finding(document, 'ATH109');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(0, 0, 2, 0),
      'source.fixAll.lakeWorkbench',
    );
    assert.deepEqual(
      actions.map((one) => [one.title, one.kind?.value]),
      [['Fix all findings of Lake', 'source.fixAll.lakeWorkbench']],
    );
    assert.ok(actions[0]?.edit && (await vscode.workspace.applyEdit(actions[0].edit)));
    await gone(document, 'ATH109');
  });

  test('a rule is switched off for a folder in the configuration, which keeps its form', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const config = vscode.Uri.joinPath(folder, '.lake-workbench.json');
    const before = await vscode.workspace.fs.readFile(config);
    try {
      const document = await open('queries/large-transfers.sql');
      const found = await finding(document, 'ATH109');
      const ignore = action(
        await actionsAt(document, found.range),
        /^Ignore ATH109 in queries\/\*\* \(\.lake-workbench\.json\)$/,
      );
      assert.ok(ignore.command);
      await vscode.commands.executeCommand(ignore.command.command, ...(ignore.command.arguments ?? []));
      await gone(document, 'ATH109');
      const text = Buffer.from(await vscode.workspace.fs.readFile(config)).toString();
      assert.ok(text.startsWith(Buffer.from(before).toString().trimEnd().slice(0, -1).trimEnd()), text);
      assert.match(text, /"files": \[\s*"queries\/\*\*"\s*\]/);
    } finally {
      await vscode.workspace.fs.writeFile(config, before);
    }
    await finding(await open('queries/large-transfers.sql'), 'ATH109');
  });
});
