import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { open, findings, until } from './editor';
import { holdsAwsClient, loadedFiles } from './loadedScripts';

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('lake-workbench.lake-workbench');
  assert.ok(found, 'the extension is not installed');
  return found;
}

suite('activation', () => {
  test('a JSON file that is nothing of ours costs no more than the registrations', async () => {
    await vscode.workspace.openTextDocument({ language: 'json', content: '{ "name": "other" }' });
    await until(
      () => extension().isActive,
      (isActive) => isActive,
    );
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    const loaded = loadedFiles(extension().extensionPath).filter((file) => file.endsWith('.mjs'));
    const bytes = loaded.reduce((sum, file) => sum + statSync(file).size, 0);
    assert.ok(bytes > 0);
    assert.ok(bytes < 80_000, `${bytes} bytes in ${loaded.join(', ')}`);
  });

  test('opening an SQL file activates the extension and lints the file without reading any AWS code', async () => {
    const chunks = join(extension().extensionPath, 'dist', 'chunks');
    const clients = readdirSync(chunks).filter(
      (name) => name.endsWith('.mjs') && holdsAwsClient(join(chunks, name)),
    );
    assert.ok(clients.length > 0, 'no chunk holds an AWS client, so this test could not fail');

    await findings(await open('queries/large-transfers.sql'), 'ATH109');

    assert.equal(extension().isActive, true);
    const loaded = loadedFiles(extension().extensionPath);
    assert.ok(loaded.some((file) => file.endsWith('extension.mjs')));
    assert.deepEqual(
      loaded.filter((file) => file.endsWith('.mjs') && holdsAwsClient(file)),
      [],
    );
  });

  test('every command of the manifest is there once the extension is active', async () => {
    await extension().activate();
    const manifest = extension().packageJSON as {
      readonly contributes: { readonly commands: readonly { readonly command: string }[] };
    };
    const known = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands
      .map(({ command }) => command)
      .filter((id) => !known.has(id));
    assert.deepEqual(missing, []);
  });
});
