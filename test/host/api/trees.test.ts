import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { withFaults } from '../lakeControl';
import { childrenAt, labels, lakeApi, lakeEndpoint } from './lakeApi';

const transactions = ['centralbank_data', 'customer_transactions'];

suite('the trees', () => {
  test('the zones of the lake are found by their prefixes', async () => {
    const { zones } = await lakeApi();
    const found = labels(await zones());
    for (const zone of ['raw', 'processed', 'analytics', 'archive'])
      assert.ok(found.includes(zone), found.join(', '));
  });

  test('a zone goes down through partitions to objects with sizes', async () => {
    const { zones } = await lakeApi();
    const day = ['year=2024', 'month=01', 'day=15'];
    const path = ['processed', 'centralbank-data-lake/processed', 'transactions/', ...day];
    const objects = await childrenAt(zones, path);
    const [object] = objects;
    assert.ok(object);
    assert.match(object.label, /\.parquet$/);
    assert.match(object.hint ?? '', /^[\d.,]+ (B|kB|KB|KiB|MB|MiB)$/);
  });

  test('a table shows its columns and its partition keys with their types', async () => {
    const { catalog } = await lakeApi();
    assert.deepEqual(labels(await childrenAt(catalog, [...transactions, 'partition keys'])), [
      'year',
      'month',
      'day',
    ]);
    const columns = await childrenAt(catalog, [...transactions, 'columns']);
    const amount = columns.find(({ label }) => label === 'amount');
    assert.equal(amount?.hint, 'decimal(18,2)');
  });

  test('partitions come a page at a time', async () => {
    const { catalog } = await lakeApi();
    const path = [...transactions, 'partitions'];
    const first = await childrenAt(catalog, path);
    const more = first.at(-1);
    assert.equal(more?.label, 'Load more…');
    assert.ok(more.command);
    await vscode.commands.executeCommand(more.command.id, ...(more.command.arguments ?? []));
    const second = await childrenAt(catalog, path);
    assert.ok(second.length > first.length, `${first.length} nodes, then ${second.length}`);
    assert.deepEqual(labels(second).slice(0, first.length - 1), labels(first).slice(0, -1));
  });

  test('a denied listing says so where it happened, and is read when it is permitted again', async () => {
    const { catalog } = await lakeApi();
    await vscode.commands.executeCommand('lakeWorkbench.refresh');
    await withFaults(lakeEndpoint(), [{ action: 'glue:GetTables', kind: 'denied' }], async () => {
      const nodes = await childrenAt(catalog, ['centralbank_data']);
      assert.deepEqual(labels(nodes), ['Not permitted']);
      assert.match(nodes[0]?.hint ?? '', /glue:GetTables/);
    });
    await vscode.commands.executeCommand('lakeWorkbench.refresh');
    assert.ok(labels(await childrenAt(catalog, ['centralbank_data'])).includes('customer_transactions'));
  });

  test('throttled calls are tried again until they succeed', async () => {
    const { catalog } = await lakeApi();
    await vscode.commands.executeCommand('lakeWorkbench.refresh');
    await withFaults(lakeEndpoint(), [{ action: 'glue:*', kind: 'throttle', times: 2 }], async () => {
      assert.ok(labels(await catalog()).includes('centralbank_data'));
    });
  });
});
