import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import { lakeCalls, waitForCall } from '../lakeControl';
import { until } from './editor';
import { labels, lakeApi, lakeEndpoint } from './lakeApi';

const profile = 'lake-signed-out';
const token = 'token-of-the-fake-sign-in';
const cache = join(homedir(), '.aws', 'sso');

/** Puts an `aws` before all others on the path of new terminals: it signs in at once and says how it was called. */
function fakeAws(folder: string): string {
  const called = join(folder, 'called.txt');
  const sso = {
    startUrl: `${lakeEndpoint()}/start`,
    region: 'us-east-1',
    accessToken: token,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  };
  const session = createHash('sha1').update('lake').digest('hex');
  const script = `#!/bin/sh
mkdir -p "$HOME/.aws/sso/cache"
cat > "$HOME/.aws/sso/cache/${session}.json" <<'TOKEN'
${JSON.stringify(sso)}
TOKEN
echo "$* with $AWS_CONFIG_FILE" > '${called}'
`;
  writeFileSync(join(folder, 'aws'), script);
  chmodSync(join(folder, 'aws'), 0o755);
  return called;
}

/** The portal of Identity Center: gives the lake's keys to whoever holds the token. */
async function startPortal(asked: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://portal');
    asked.push(`${url.searchParams.get('account_id')} ${url.searchParams.get('role_name')}`);
    const known = request.headers['x-amz-sso_bearer_token'] === token;
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
    const roleCredentials = {
      accessKeyId: 'ASIAFROMTHEPORTAL000',
      secretAccessKey: 'secret',
      sessionToken: 'session',
      expiration: Date.now() + 3_600_000,
    };
    response.end(
      JSON.stringify(known ? { roleCredentials } : { message: 'Session token not found or invalid' }),
    );
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return server;
}

suite('signing in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lake-sign-in-'));
  const asked: string[] = [];
  const terminals = () => vscode.window.terminals.filter(({ name }) => name === `Sign in: ${profile}`);
  let portal: Server;

  suiteSetup(async () => {
    portal = await startPortal(asked);
    process.env['AWS_ENDPOINT_URL_SSO'] = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;
    await setPath(`${folder}${delimiter}${process.env['PATH'] ?? ''}`);
    rmSync(cache, { recursive: true, force: true });
    await vscode.commands.executeCommand('lakeWorkbench.switchConnection', { profile });
  });
  suiteTeardown(async () => {
    for (const terminal of terminals()) terminal.dispose();
    delete process.env['AWS_ENDPOINT_URL_SSO'];
    await setPath(undefined);
    await vscode.commands.executeCommand('lakeWorkbench.switchConnection', { profile: 'lake-demo' });
    portal.close();
    for (const one of [cache, folder]) rmSync(one, { recursive: true, force: true });
  });

  test('a terminal runs aws sso login for the profile, and the views are read as soon as it is done', async () => {
    const { catalog, zones } = await lakeApi();
    const called = fakeAws(folder);
    assert.deepEqual(labels(await catalog()), ['Sign in']);
    await vscode.commands.executeCommand('lakeWorkbench.catalog.focus');
    const before = (await lakeCalls(lakeEndpoint())).length;

    await vscode.commands.executeCommand('lakeWorkbench.signIn');

    assert.equal(terminals().length, 1);
    await until(
      () => existsSync(called),
      (there) => there,
    );
    const config = process.env['AWS_CONFIG_FILE'] ?? '';
    assert.equal(readFileSync(called, 'utf8').trim(), `sso login --profile ${profile} with ${config}`);
    // Nobody asked again: the view, which is open, was refreshed by the sign-in itself.
    const call = await waitForCall(lakeEndpoint(), 'glue:GetDatabases', before);
    assert.equal(call.status, 200);
    assert.equal(asked[0], '111122223333 analyst');
    assert.ok(labels(await catalog()).includes('centralbank_data'));
    assert.ok(labels(await zones()).includes('processed'));
  });

  test('a profile with keys of its own has nothing to sign in to, and no terminal opens', async () => {
    const before = vscode.window.terminals.length;
    await vscode.commands.executeCommand('lakeWorkbench.switchConnection', { profile: 'lake-demo' });
    await vscode.commands.executeCommand('lakeWorkbench.signIn');
    assert.equal(vscode.window.terminals.length, before);
  });
});

/** The search path of terminals that are opened from now on; undefined for the usual one. */
async function setPath(path: string | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('terminal.integrated.env');
  const wanted = path === undefined ? undefined : { PATH: path };
  for (const system of ['linux', 'osx'])
    await settings.update(system, wanted, vscode.ConfigurationTarget.Workspace);
}
