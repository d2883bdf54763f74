import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './editor';
import { labels, lakeApi } from './lakeApi';

function switchTo(profile: string): Thenable<unknown> {
  return vscode.commands.executeCommand('lakeWorkbench.switchConnection', { profile });
}

suite('connections', () => {
  suiteTeardown(() => switchTo('lake-demo'));

  test('the status bar says where calls go', async () => {
    await switchTo('lake-demo');
    const { status } = await lakeApi();
    const text = await until(
      () => status().connection,
      (shown) => shown.includes('lake-demo · '),
    );
    assert.match(text, /127\.0\.0\.1/, 'an endpoint that is not AWS is shown');
  });

  test('switching shows in the status bar and in the ids of the nodes', async () => {
    const { zones, status } = await lakeApi();
    await switchTo('lake-demo-archive');
    await until(
      () => status().connection,
      (shown) => shown.includes('lake-demo-archive · '),
    );
    const nodes = await zones();
    assert.ok(labels(nodes).includes('processed'));
    assert.ok(
      nodes.every(({ id }) => id.includes('lake-demo-archive')),
      nodes[0]?.id,
    );
  });

  test('signed out, both trees offer to sign in and nothing else', async () => {
    const { zones, catalog } = await lakeApi();
    await switchTo('lake-signed-out');
    assert.deepEqual(labels(await zones()), ['Sign in']);
    assert.deepEqual(labels(await catalog()), ['Sign in']);
    const [node] = await catalog();
    assert.match(node?.hint ?? '', /aws sso login|signed out|sign/i);
  });
});
