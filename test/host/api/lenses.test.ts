import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findings, open } from './editor';

suite('the line above a statement', () => {
  test('each Athena statement can be run from it, and one that will be rejected says so', async () => {
    const document = await open('queries/large-transfers.sql');
    await findings(document, 'ATH109');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      20,
    );
    const titles = lenses.map(({ command }) => command?.title ?? '');
    assert.equal(titles.filter((title) => /Run/.test(title)).length, 3, titles.join(' | '));
    assert.equal(titles.filter((title) => /reject/.test(title)).length, 1, titles.join(' | '));
  });

  test('Redshift statements are not offered to run', async () => {
    const document = await open('warehouse/tables.sql');
    await findings(document, 'RS101');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      [],
    );
  });
});
