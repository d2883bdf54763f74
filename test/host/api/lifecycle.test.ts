import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Connection } from '../../../src/connection/connection';
import type { AdviceSummary } from '../../../src/ui/lifecycle/advice';
import type { ApplySummary } from '../../../src/ui/lifecycle/applyLifecycle';
import type { EffectsSummary } from '../../../src/ui/lifecycle/effects';
import { findings, until } from './editor';
import { lakeEndpoint } from './lakeApi';

const bucket = 'centralbank-data-lake';

function command<T = unknown>(id: string, ...args: readonly unknown[]): Thenable<T | undefined> {
  return vscode.commands.executeCommand<T>(`lakeWorkbench.${id}`, ...args);
}

async function atLake(method = 'GET', body?: string): Promise<string> {
  const answer = await fetch(`${lakeEndpoint()}/${bucket}?lifecycle`, {
    method,
    ...(body === undefined ? {} : { body }),
  });
  return await answer.text();
}

async function edited(uri: vscode.Uri, from: string, to: string): Promise<vscode.TextDocument> {
  const file = await vscode.workspace.openTextDocument(uri);
  const at = file.getText().indexOf(from);
  assert.ok(at >= 0, `${from} is not in ${file.getText()}`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(file.positionAt(at), file.positionAt(at + from.length)), to);
  await vscode.workspace.applyEdit(edit);
  return file;
}

const titles = async (uri: vscode.Uri): Promise<readonly string[]> =>
  (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri)).map(
    (lens) => lens.command?.title ?? '',
  );

suite('lifecycle', () => {
  let connection: Connection;
  let before = '';
  const open = async (prefix?: string): Promise<vscode.Uri> => {
    const place = prefix === undefined ? { kind: 'bucket' } : { kind: 'prefix', prefix };
    const uri = await command<vscode.Uri>('openLifecycle', { ...place, connection, bucket });
    assert.ok(uri);
    return uri;
  };
  suiteSetup(async () => {
    connection =
      (await command<Connection>('switchConnection', { profile: 'lake-demo' })) ??
      assert.fail('no connection');
    before = await atLake();
  });
  suiteTeardown(async () => {
    await atLake('PUT', before);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  test('a bucket opens its lifecycle, linted, with what its rules catch now', async () => {
    const uri = await open();
    const file = await vscode.workspace.openTextDocument(uri);
    assert.equal(file.languageId, 'json');
    const all = await findings(file, 'S3L06');
    assert.ok(all.some(({ message }) => /[Mm]ultipart|upload/.test(message)));
    assert.deepEqual((await titles(uri)).slice(0, 3), [
      `$(check) As s3://${bucket} has it`,
      '$(search) What all rules catch now',
      '$(cloud-upload) Apply…',
    ]);
    const effects = await command<EffectsSummary>('showLifecycleEffects', uri.toString(), { agreed: true });
    assert.ok(effects && effects.listed > 0, JSON.stringify(effects));
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse(effects.uri));
    assert.match(page.getText(), /^## raw-data-lifecycle$/m);
    assert.ok((await titles(uri)).some((title) => /^(Now|Nothing now|Catches nothing)/.test(title)));
  });

  test('a change is a draft until it is applied, what was there before comes back, and nobody is written over', async () => {
    const uri = await open();
    const file = await edited(uri, '"Days": 7', '"Days": 300');
    assert.match((await titles(uri))[0] ?? '', /1 change not applied/);
    assert.equal(await atLake(), before);
    const applied = await command<ApplySummary>('applyLifecycle', uri.toString(), { confirmed: bucket });
    assert.equal(applied?.kind, 'applied');
    assert.match(await atLake(), /<Days>300<\/Days>/);
    assert.match(await atLake(), /<StorageClass>DEEP_ARCHIVE<\/StorageClass>/);
    await until(
      () => file.isDirty,
      (dirty) => !dirty,
    );

    // Nothing is left to be saved, so the same file can be changed again.
    await edited(uri, '"Days": 300', '"Days": 30');
    assert.ok(await file.save());

    const restored = await command<string>('restorePreviousLifecycle', uri.toString(), applied.saved);
    assert.match(restored ?? '', /"Days": 7/);
    await atLake('PUT', before.replace('<Days>7</Days>', '<Days>9</Days>'));
    const clash = await command<ApplySummary>('applyLifecycle', uri.toString(), { confirmed: bucket });
    assert.equal(clash?.kind, 'changed');
    assert.match(await atLake(), /<Days>9<\/Days>/);

    const left = await command<vscode.Uri>('compareLifecycle', uri.toString());
    assert.match((await vscode.workspace.openTextDocument(left ?? uri)).getText(), /"Days": 9/);
    assert.match(file.getText(), /"Days": 7/);
    const again = await command<ApplySummary>('applyLifecycle', uri.toString(), { confirmed: bucket });
    assert.equal(again?.kind, 'applied');
    assert.match(await atLake(), /<Days>7<\/Days>/);
  });

  test('saving keeps a draft on this computer, and classes are completed', async () => {
    const uri = await open();
    const file = await edited(uri, '"STANDARD_IA"', '"STANDARD_I"');
    assert.ok(await file.save());
    assert.equal(file.isDirty, false);
    assert.doesNotMatch(await atLake(), /STANDARD_I</);
    assert.match((await titles(uri))[0] ?? '', /1 change not applied/);
    assert.match((await titles(await open()))[0] ?? '', /1 change not applied/);
    const inside = file.positionAt(file.getText().indexOf('"STANDARD_I"') + 5);
    const labels = async (): Promise<readonly string[]> =>
      (
        await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          uri,
          inside,
        )
      ).items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    let found = await labels();
    // The JSON extension reads its schemas in its own time.
    for (let tries = 0; tries < 50 && !found.includes('"GLACIER_IR"'); tries += 1) {
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
      found = await labels();
    }
    assert.ok(found.includes('"GLACIER_IR"'), found.join());
    await edited(uri, '"STANDARD_I"', '"STANDARD_IA"');
    assert.ok(await file.save());
    assert.match((await titles(uri))[0] ?? '', /As s3:/);
  });

  test('storage advice tells the upload that broke off, for a bucket and for the places of a zone', async () => {
    const advise = async (subject: object): Promise<AdviceSummary> =>
      (await command<AdviceSummary>('showStorageAdvice', { connection, ...subject }, { agreed: true })) ??
      assert.fail('nothing was looked at');
    const advice = await advise({ kind: 'bucket', bucket });
    assert.ok(advice.findings.includes('incomplete-uploads'), JSON.stringify(advice));
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse(advice.uri));
    assert.match(page.getText(), /^# Storage advice for `s3:\/\/centralbank-data-lake\/`$/m);
    assert.match(page.getText(), /^1 incomplete upload, the oldest begun [\d,]+ days ago: \d+ B\.$/m);
    const places = [
      { bucket, prefix: 'raw/' },
      { bucket: 'no-such-bucket', prefix: '' },
    ];
    const zone = await advise({ kind: 'zone', zone: 'raw', places });
    const text = (await vscode.workspace.openTextDocument(vscode.Uri.parse(zone.uri))).getText();
    assert.match(text, /^## `s3:\/\/no-such-bucket\/`\n\nS3 has no s3:\/\/no-such-bucket/m);
    assert.match(text, /^## `s3:\/\/centralbank-data-lake\/raw\/`$/m);
  });

  test('a prefix opens the same document at the rule that touches it', async () => {
    const uri = await open('processed/customers/');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), uri.toString());
    assert.match(editor.document.lineAt(editor.selection.active.line).text, /processed-data-lifecycle/);
    assert.ok((await titles(uri)).includes('$(arrow-small-right) Touches processed/customers/'));
  });
});
