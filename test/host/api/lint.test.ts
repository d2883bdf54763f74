import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeOf, findings, open, openText, type, until } from './editor';

/** The codes above hint of a file, by the line (counted from 1) they start at. */
function byLine(list: readonly vscode.Diagnostic[]): string[] {
  return list
    .filter(({ severity }) => severity !== vscode.DiagnosticSeverity.Hint)
    .map((finding) => `${finding.range.start.line + 1} ${codeOf(finding)}`);
}

function actionsAt(document: vscode.TextDocument, range: vscode.Range): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range);
}

suite('linting in the editor', () => {
  test('a table described in the workspace is enough to find an unpartitioned scan', async () => {
    const found = byLine(await findings(await open('queries/large-transfers.sql'), 'ATH113'));
    assert.ok(found.some((one) => one.endsWith('ATH113') || one.endsWith('ATH101')));
    assert.ok(
      found.some((one) => /^1[01] ATH109$/.test(one)),
      found.join(', '),
    );
    assert.deepEqual(
      found.filter((one) => Number(one.split(' ')[0]) >= 13),
      [],
      'the last statement is as it should be',
    );
  });

  test('the globs of .lake-workbench.json decide the dialect', async () => {
    const found = byLine(await findings(await open('warehouse/tables.sql'), 'RS101'));
    assert.ok(found.some((one) => one.endsWith('RS102')));
    assert.ok(
      found.every((one) => / RS\d+$/.test(one)),
      found.join(', '),
    );
  });

  test('UNLOAD is linted, each statement for itself', async () => {
    const found = byLine(await findings(await open('warehouse/export.sql'), 'RS211'));
    assert.ok(
      found.some((one) => /^[1-7] RS213$/.test(one)),
      found.join(', '),
    );
    assert.ok(
      found.some((one) => /^15 RS211$/.test(one)),
      found.join(', '),
    );
  });

  test('a quick fix mends the finding that it is offered for', async () => {
    const document = await openText(
      `-- dialect: athena\nSELECT transaction_id FROM customer_transactions WHERE year = 2024 AND month = 1 AND transaction_date = '2024-01-15';\n`,
    );
    const [finding] = (await findings(document, 'ATH109')).filter((one) => codeOf(one) === 'ATH109');
    assert.ok(finding);
    const fix = (await actionsAt(document, finding.range)).find((action) => /DATE/.test(action.title));
    assert.ok(fix?.edit, 'no fix is offered');
    assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
    assert.match(document.getText(), /transaction_date = DATE '2024-01-15'/);
    await until(
      () => vscode.languages.getDiagnostics(document.uri).map(codeOf),
      (codes) => !codes.includes('ATH109'),
    );
  });

  test('the hover of a finding says why, and the hover of a table shows its partition keys', async () => {
    const document = await open('queries/large-transfers.sql');
    await findings(document, 'ATH109');
    const offset = document.getText().indexOf('customer_transactions');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      document.positionAt(offset + 3),
    );
    const text = hovers.flatMap((hover) => hover.contents.map(textOf)).join('\n');
    assert.match(text, /year \*int\*, month \*int\*, day \*int\*/);
  });

  test('findings follow what is typed, and go when the mistake goes', async () => {
    const document = await openText('-- dialect: redshift\nDELETE FROM fct_transfers;\n');
    await findings(document, 'RS306');
    const end = document.lineAt(1).range.end.translate(0, -1);
    await type(document, new vscode.Range(end, end), ' WHERE transfer_id = 1');
    await until(
      () => vscode.languages.getDiagnostics(document.uri).map(codeOf),
      (codes) => !codes.includes('RS306'),
    );
  });

  test('a file of an unknown dialect gets no finding at all', async () => {
    const marker = await openText('-- dialect: redshift\nDELETE FROM fct_transfers;\n');
    const unknown = await openText('SELECT `a` FROM `b` LIMIT 5, 10;\nDELETE FROM t;\n');
    await findings(marker, 'RS306');
    assert.deepEqual(vscode.languages.getDiagnostics(unknown.uri), []);
  });

  test('binary in a file with the ending .sql does no harm', async () => {
    const document = await openText(
      `-- dialect: athena\n\u0000\u0001\uFFFD${'\uFFFD\u0000'.repeat(500)}\nSELECT 1;`,
    );
    const marker = await openText('-- dialect: redshift\nDELETE FROM fct_transfers;\n');
    await findings(marker, 'RS306');
    assert.ok(vscode.languages.getDiagnostics(document.uri).length < 100);
  });
});

function textOf(content: vscode.MarkedString | vscode.MarkdownString): string {
  return typeof content === 'string' ? content : content.value;
}
