import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Connection } from '../../../src/connection/connection';
import type { TreeNode } from '../../../src/trees/node';
import { lakeCalls, withFaults } from '../lakeControl';
import { childrenAt, labels, lakeApi, lakeEndpoint } from './lakeApi';

const bucket = 'centralbank-data-lake';
const command = async <T>(name: string, ...given: readonly unknown[]): Promise<T> =>
  (await vscode.commands.executeCommand(`lakeWorkbench.${name}`, ...given)) as T;
const textOf = async (uri: vscode.Uri): Promise<string> =>
  (await vscode.workspace.openTextDocument(uri)).getText();

async function nodeIn(path: readonly string[], label: string): Promise<TreeNode> {
  const { zones } = await lakeApi();
  const node = (await childrenAt(zones, path)).find((one) => one.label === label);
  assert.ok(node, label);
  return node;
}

suite('zones at full size', () => {
  test('an address is gone to without the right to list buckets, and stands among the opened places', async () => {
    const { zones } = await lakeApi();
    await withFaults(lakeEndpoint(), [{ action: 's3:ListBuckets', kind: 'denied' }], async () => {
      const found = await command<{ kind: string }>('goToUri', {
        uri: `s3://${bucket}/processed/transactions`,
      });
      assert.equal(found.kind, 'prefix');
      const place = `${bucket}/processed/transactions/`;
      assert.deepEqual(labels(await childrenAt(zones, ['Opened places'])), [place]);
      assert.ok(labels(await childrenAt(zones, ['Opened places', place])).includes('year=2024'));
      assert.equal(await command('goToUri', { uri: 'gs://elsewhere/x' }), undefined, 'refused in a sentence');
    });
    await command(
      'clearOpenedPlaces',
      (await zones()).find(({ menu }) => menu === 'opened'),
    );
    assert.ok(!labels(await zones()).includes('Opened places'));
  });

  test('a prefix is filtered by S3, and the filter is cleared again', async () => {
    const { zones } = await lakeApi();
    const path = ['processed', `${bucket}/processed`];
    const node = await nodeIn(path, 'transactions/');
    await command('filterPrefix', node, 'year=2024');
    const inside = [...path, 'transactions/'];
    assert.deepEqual(labels(await childrenAt(zones, inside)), [
      'Names that begin with year=2024',
      'year=2024',
    ]);
    const shown = await nodeIn(path, 'transactions/');
    assert.match(shown.hint ?? '', /^begins with year=2024/);
    await command('clearFilter', (await childrenAt(zones, inside))[0]);
    assert.ok(labels(await childrenAt(zones, inside)).length > 1);
  });

  test('statistics are counted once, stand on the nodes, and are shown as a page', async () => {
    const path = ['processed', `${bucket}/processed`];
    const node = await nodeIn(path, 'transactions/');
    const first = await textOf(await command<vscode.Uri>('showStatistics', node));
    assert.match(first, /## By year/);
    const again = await nodeIn(path, 'transactions/');
    assert.match(again.hint ?? '', /^[\d.]+ (KB|MB|GB) · [\d,]+ objects/);
    const before = (await lakeCalls(lakeEndpoint())).length;
    await command('showStatistics', node);
    assert.equal((await lakeCalls(lakeEndpoint())).length, before, 'what is kept costs no request');
    await command('recountStatistics', node);
    assert.ok((await lakeCalls(lakeEndpoint())).length > before);
  });

  test('objects are searched, described, kept as favourites and copied in other forms', async () => {
    const { zones } = await lakeApi();
    const glob = `s3://${bucket}/processed/transactions/year=2024/month=01/**/*.parquet`;
    const found = await command<readonly string[]>('searchObjects', { glob, most: 5 });
    assert.equal(found.length, 5);
    const key = found[0]?.slice(`s3://${bucket}/`.length) ?? '';
    const connection = (await nodeIn([], 'processed')).subject?.connection as Connection;
    const subject = { kind: 'object', connection, bucket, key };
    const details = await textOf(await command<vscode.Uri>('showObjectDetails', subject));
    assert.match(details, /Storage class\*\*: STANDARD[\s\S]*## Tags/);
    assert.equal(await command('toggleFavourite', subject), true);
    assert.equal(labels(await zones())[0], 'Favourites');
    assert.deepEqual(labels(await childrenAt(zones, ['Favourites'])), [`${bucket}/${key}`]);
    assert.equal(await command('toggleFavourite', subject), false);
    assert.equal(await command('copyArn', subject), `arn:aws:s3:::${bucket}/${key}`);
    assert.match(await command<string>('copyAs', subject, 'spark'), /^spark\.read\.parquet/);
  });

  test('what a search finds is listed while it runs, and what is chosen is shown in the view', async () => {
    const { zones } = await lakeApi();
    const glob = `s3://${bucket}/processed/transactions/year=2024/month=02/**/*.parquet`;
    const searching = command<readonly string[]>('searchObjects', { glob, shown: true });
    let chosen = false;
    const over = searching.finally(() => (chosen = true));
    // Choosing before the first one is listed chooses nothing: it is tried until the list has closed.
    while (!chosen) {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const found = await over;
    assert.ok(found.length > 0);
    const [opened] = labels(await childrenAt(zones, ['Opened places']));
    assert.match(opened ?? '', /\/year=2024\/month=02\/day=\d+\/[^/]+\.parquet$/);
    await command(
      'clearOpenedPlaces',
      (await zones()).find(({ menu }) => menu === 'opened'),
    );
  });

  test('a second connection stands beside the first, and its denial leaves the first as it is', async () => {
    const { zones } = await lakeApi();
    const { connection } = (await nodeIn([], 'processed')).subject ?? {};
    assert.ok(connection);
    const before = (await lakeCalls(lakeEndpoint())).length;
    const region = connection.region === 'eu-west-1' ? 'eu-central-1' : 'eu-west-1';
    const profile = connection.profile === undefined ? {} : { profile: connection.profile };
    const added = await command<Connection>('addConnectionToZones', { ...profile, name: 'second', region });
    try {
      assert.equal(added.region, region);
      const groups = await zones();
      assert.deepEqual(labels(groups), [connection.name, 'second']);
      assert.equal((await lakeCalls(lakeEndpoint())).length, before, 'nothing is asked before one is opened');
      assert.ok(labels(await childrenAt(zones, [connection.name])).includes('processed'));
      await withFaults(lakeEndpoint(), [{ action: 's3:ListBuckets', kind: 'denied' }], async () => {
        assert.deepEqual(labels(await childrenAt(zones, ['second'])), ['Not permitted']);
        assert.ok(labels(await childrenAt(zones, [connection.name])).includes('processed'));
      });
    } finally {
      assert.equal(await command('removeConnectionFromZones', (await zones())[1]), true);
    }
    assert.ok(labels(await zones()).includes('processed'));
  });
});
