import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Connection } from '../../../src/connection/connection';
import type { DownloadResult } from '../../../src/transfer/download';
import type { UploadResult } from '../../../src/transfer/upload';
import type { TreeNode } from '../../../src/trees/node';
import type { ChangeBody } from '../../../src/ui/files/changePages';
import { lakeCalls, withFaults } from '../lakeControl';
import { type, until } from './editor';
import { lakeApi, lakeEndpoint } from './lakeApi';

const bucket = 'centralbank-data-lake';
const odd = 'host files/a+b 100%/ünï.sql';

async function lake(key: string, options: RequestInit = {}): Promise<Response> {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return await fetch(`${lakeEndpoint()}/${bucket}/${path}`, options);
}

async function put(key: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/sql', 'x-amz-meta-team': 'risk' };
  assert.ok((await lake(key, { method: 'PUT', body, headers })).ok);
}

function command<T>(id: string, ...args: readonly unknown[]): Thenable<T | undefined> {
  return vscode.commands.executeCommand<T>(`lakeWorkbench.${id}`, ...args);
}

async function connectionInUse(): Promise<Connection> {
  const { zones } = await lakeApi();
  const waiting: (TreeNode | undefined)[] = [undefined];
  for (let node = waiting.shift(); waiting.length < 200; node = waiting.shift()) {
    const found = node?.subject;
    if (found?.kind === 'bucket' || found?.kind === 'prefix') return found.connection;
    waiting.push(...(await zones(node)));
  }
  throw new Error('No bucket in Zones');
}

async function opened(key: string): Promise<vscode.TextDocument> {
  const subject = { kind: 'object', connection: await connectionInUse(), bucket, key };
  const uri = await command<vscode.Uri>('openObject', subject);
  assert.ok(uri);
  return await vscode.workspace.openTextDocument(uri);
}

function all(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(0, 0, document.lineCount, 0);
}

suite('files of S3', () => {
  let folder: string;
  suiteSetup(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lake-host-files-'));
    await command('switchConnection', { profile: 'lake-demo' });
  });
  suiteTeardown(async () => {
    rmSync(folder, { recursive: true, force: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  test('an object opens by its name, is edited and saved, and keeps what was said of it', async () => {
    await put(odd, 'select 1\n');
    const document = await opened(odd);
    assert.deepEqual([document.languageId, document.getText()], ['sql', 'select 1\n']);
    await type(document, all(document), 'select 2\n');
    assert.equal(await document.save(), true);
    const now = await lake(odd);
    assert.equal(await now.text(), 'select 2\n');
    assert.deepEqual(
      [now.headers.get('content-type'), now.headers.get('x-amz-meta-team')],
      ['application/sql', 'risk'],
    );
    // Other extensions read it by the same address, and by the plain one.
    const plain = vscode.Uri.from({ scheme: 's3', authority: bucket, path: `/${odd}` });
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(plain)).toString(), 'select 2\n');
    const names = await vscode.workspace.fs.readDirectory(plain.with({ path: '/host files' }));
    assert.deepEqual(names, [['a+b 100%', vscode.FileType.Directory]]);
  });

  test('a version that somebody else wrote is not overwritten, and the edit stays in the editor', async () => {
    const key = 'host files/conflict.sql';
    await put(key, 'select 1\n');
    const document = await opened(key);
    await type(document, all(document), 'mine 001\n');
    await put(key, 'theirs 1\n');
    // A window under test shows no dialogs, as one whose user presses Escape.
    assert.equal(await document.save(), false);
    assert.equal(await (await lake(key)).text(), 'theirs 1\n');
    assert.deepEqual([document.isDirty, document.getText()], [true, 'mine 001\n']);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until(
      () => document.getText(),
      (text) => text === 'theirs 1\n',
    );
    await type(document, all(document), 'on top 1\n');
    assert.equal(await document.save(), true, 'going on from their version is no conflict');
    assert.equal(await (await lake(key)).text(), 'on top 1\n');
  });

  test('errors are the sentences of the problem, and large objects are not read unasked', async () => {
    const key = 'host files/denied.sql';
    await put(key, 'select 1\n');
    const uri = vscode.Uri.from({ scheme: 's3', authority: bucket, path: `/${key}` });
    const read = (at: vscode.Uri) => vscode.workspace.fs.readFile(at);
    await withFaults(lakeEndpoint(), [{ action: 's3:GetObject', bucket, kind: 'denied' }], async () => {
      await assert.rejects(async () => read(uri), /S3 denied s3:GetObject on s3:\/\/centralbank-data-lake/);
    });
    await assert.rejects(async () => read(uri.with({ path: '/host files/none' })), { code: 'FileNotFound' });
    const settings = vscode.workspace.getConfiguration('lakeWorkbench.files');
    await settings.update('askAboveBytes', 5, vscode.ConfigurationTarget.Global);
    try {
      await assert.rejects(async () => read(uri), /was not read, since it is 9 B: Lake: Preview/);
    } finally {
      await settings.update('askAboveBytes', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('a folder goes up and comes down again, byte by byte', async () => {
    const connection = await connectionInUse();
    const from = join(folder, 'up');
    mkdirSync(join(from, 'deep'), { recursive: true });
    writeFileSync(join(from, 'deep', 'a b.csv'), 'id\n1\n');
    writeFileSync(join(from, 'big.bin'), Buffer.alloc(17 * 1024 ** 2, 'x'));
    const below = { kind: 'prefix', connection, bucket, prefix: 'host transfer/' };
    const sent = await command<UploadResult>('uploadFolder', below, { paths: [from], choice: 'keep' });
    assert.deepEqual([sent?.done, sent?.failed], [2, []]);
    assert.match(
      (await lake('host transfer/up/big.bin', { method: 'HEAD' })).headers.get('etag') ?? '',
      /-2"$/,
    );
    const to = join(folder, 'down');
    const got = await command<DownloadResult>('downloadObjects', below, { folder: to, choice: 'keep' });
    assert.deepEqual([got?.done, got?.failed], [2, []]);
    assert.equal(readFileSync(join(to, 'host transfer', 'up', 'deep', 'a b.csv'), 'utf8'), 'id\n1\n');
    assert.equal(readFileSync(join(to, 'host transfer', 'up', 'big.bin')).length, 17 * 1024 ** 2);
    const again = await command<UploadResult>('uploadFolder', below, { paths: [from], choice: 'keep' });
    assert.equal(again?.done, 0, 'what is there is kept');
  });

  test('a move and a deletion show their list first, ask, and do just that', async () => {
    const connection = await connectionInUse();
    for (const name of ['a', 'b']) await put(`host old/${name}`, name);
    const old = { kind: 'prefix', connection, bucket, prefix: 'host old/' };
    const moved = await command<string>('moveObjects', old, { to: `s3://${bucket}/host new/` });
    const text = async (address: string) =>
      (await vscode.workspace.openTextDocument(vscode.Uri.parse(address))).getText();
    assert.match(await text(moved ?? ''), /^# Move s3:\/\/centralbank-data-lake\/host old\/ to /);
    assert.equal(await command('applyChange', moved, { answer: 'Cancel' }), undefined);
    assert.ok((await lake('host old/a', { method: 'HEAD' })).ok, 'nothing happens on a no');
    const done = await command<ChangeBody>('applyChange', moved, { answer: 'Move 2' });
    assert.equal(done?.kind, 'moved');
    assert.equal((await lake('host old/a', { method: 'HEAD' })).status, 404);
    assert.equal(await (await lake('host new/b')).text(), 'b');

    const listed = await command<string>('deleteObjects', { ...old, prefix: 'host new/' });
    assert.match(await text(listed ?? ''), /2 objects, 2 B\. Nothing has been deleted yet\./);
    const removed = await command<ChangeBody>('applyChange', listed, { answer: 'Delete 2' });
    assert.ok(removed?.kind === 'deleted' && removed.result.removed === 2);
    await until(
      () => vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === listed)?.getText() ?? '',
      (shown) => shown.startsWith('# Deleted from s3://centralbank-data-lake/host new/'),
    );
    await put('host one.sql', 'x');
    const one = { kind: 'object', connection, bucket, key: 'host one.sql' };
    await command('copyObjects', one, { to: `s3://${bucket}/host two.sql` });
    await command('deleteObjects', one, { answer: 'Delete' });
    assert.deepEqual(
      [(await lake('host one.sql', { method: 'HEAD' })).status, await (await lake('host two.sql')).text()],
      [404, 'x'],
      'one object needs no list',
    );
    const readOnly = { ...old, connection: { ...connection, readOnly: true } };
    assert.equal(
      await command('deleteObjects', readOnly),
      undefined,
      'a read-only connection lists nothing to delete',
    );
  });

  test('over versions a deletion is taken back', async () => {
    const connection = await connectionInUse();
    const at = `${lakeEndpoint()}/host-versions`;
    await fetch(at, { method: 'PUT' });
    const body = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
    await fetch(`${at}?versioning`, { method: 'PUT', body });
    for (const name of ['a', 'b']) await fetch(`${at}/${name}`, { method: 'PUT', body: name });
    const whole = { kind: 'bucket', connection, bucket: 'host-versions' };
    const listed = await command<string>('deleteObjects', whole);
    await command('applyChange', listed, { answer: 'Delete 2' });
    assert.equal((await fetch(`${at}/a`)).status, 404);
    const back = await command<ChangeBody>('undoChange', listed, { answer: 'Bring Back 2' });
    assert.ok(back?.kind === 'undone' && back.result.restored === 2);
    assert.equal(await (await fetch(`${at}/b`)).text(), 'b');
  });

  test('an upload that failed half way is resumed, and sends only what is left', async () => {
    const connection = await connectionInUse();
    const file = join(folder, 'resumed.bin');
    writeFileSync(file, Buffer.alloc(20 * 1024 ** 2, 'y'));
    const below = { kind: 'prefix', connection, bucket, prefix: 'host resume/' };
    const denied = [{ action: 's3:CompleteMultipartUpload', bucket, kind: 'denied' }] as const;
    await withFaults(lakeEndpoint(), denied, async () => {
      const cut = await command<UploadResult>('uploadFiles', below, { paths: [file], choice: 'keep' });
      assert.deepEqual([cut?.done, cut?.failed.length], [0, 1]);
    });
    const before = (await lakeCalls(lakeEndpoint())).length;
    const resumed = await command<UploadResult>('resumeTransfer', { action: 'resume' });
    assert.deepEqual([resumed?.done, resumed?.failed], [1, []]);
    const sent = (await lakeCalls(lakeEndpoint())).slice(before).map(({ action }) => action);
    assert.ok(sent.includes('s3:ListParts') && !sent.includes('s3:UploadPart'), sent.join(', '));
    const { headers } = await lake('host resume/resumed.bin', { method: 'HEAD' });
    assert.equal(headers.get('content-length'), String(20 * 1024 ** 2));
  });
});
