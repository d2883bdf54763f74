import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApplyResult } from '../../../src/partitions/applyPlan';
import type { DatabaseSummary } from '../../../src/ui/repair/databaseCommands';
import type { RepairSummary } from '../../../src/ui/repair/repairCommands';
import { withFaults } from '../lakeControl';
import { until } from './editor';
import { lakeEndpoint } from './lakeApi';

const database = 'centralbank_data';

function command<T = unknown>(id: string, ...args: readonly unknown[]): Thenable<T | undefined> {
  return vscode.commands.executeCommand<T>(`lakeWorkbench.${id}`, ...args);
}

const textAt = async (uri: string): Promise<string> =>
  (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).getText();

/** What an open document shows now: it is filled anew a moment after its page was changed. */
const shownAt = (uri: string): string =>
  vscode.workspace.textDocuments.find((file) => file.uri.toString() === uri)?.getText() ?? '';

const lensesAt = async (uri: string): Promise<readonly string[]> => {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    vscode.Uri.parse(uri),
  );
  return lenses.map((lens) => lens.command?.title ?? '');
};

async function glue(target: string, input: unknown): Promise<void> {
  const answer = await fetch(lakeEndpoint(), {
    method: 'POST',
    headers: { 'x-amz-target': `AWSGlue.${target}`, 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(input),
  });
  assert.ok(answer.ok, await answer.text());
}

suite('repair of databases and layouts', () => {
  suiteSetup(() => command('switchConnection', { profile: 'lake-demo' }));

  test('a database is repaired table by table in one document, a denied table stays named, and all is taken back', async () => {
    const planned = await command<DatabaseSummary>('repairDatabase', { database });
    assert.ok(planned);
    const wanted = planned.tables.filter(({ create = 0 }) => create > 0);
    assert.ok(wanted.length > 0, JSON.stringify(planned.tables));
    const text = await textAt(planned.uri);
    for (const { table, create } of wanted) {
      assert.match(text, new RegExp(`^## ${table}$`, 'm'));
      assert.match(text, new RegExp(`^${create} to add, `, 'm'));
    }
    const lenses = await lensesAt(planned.uri);
    assert.ok(
      lenses.some((title) => /^Add \d+ in \d+ tables?$/.test(title)),
      lenses.join(),
    );
    assert.ok(lenses.includes('Look at its plan…'), lenses.join());

    const [first] = wanted;
    assert.ok(first);
    const fault = { action: 'glue:BatchCreatePartition', table: first.table, kind: 'denied' } as const;
    let denied: DatabaseSummary | undefined;
    await withFaults(lakeEndpoint(), [fault], async () => {
      denied = await command<DatabaseSummary>('applyDatabaseRepair', planned.uri);
    });
    const refused = await until(
      () => shownAt(planned.uri),
      (shown) => shown.includes('Not done'),
    );
    assert.match(refused, new RegExp(`^- ${first.table}: Glue denied glue:BatchCreatePartition on `, 'm'));
    assert.ok(denied);

    const again = await command<DatabaseSummary>('repairDatabase', { database });
    const done = await command<DatabaseSummary>('applyDatabaseRepair', again?.uri);
    const mended = done?.tables.find(({ table }) => table === first.table);
    assert.equal(mended?.created, first.create);
    assert.ok((await lensesAt(done?.uri ?? '')).includes('Undo all'));
    const undone = await command<DatabaseSummary>('undoDatabaseRepair', done?.uri);
    assert.equal(undone?.tables.find(({ table }) => table === first.table)?.create, first.create);
  });

  test('a layout that is not key=value is read by the template given for it, which is kept', async () => {
    await fetch(`${lakeEndpoint()}/host-layout`, { method: 'PUT' });
    for (const day of ['05', '06'])
      await fetch(`${lakeEndpoint()}/host-layout/d/2024/01/${day}/a`, { method: 'PUT', body: 'x' });
    await glue('CreateTable', {
      DatabaseName: database,
      TableInput: {
        Name: 'host_layout',
        PartitionKeys: [{ Name: 'dt', Type: 'date' }],
        StorageDescriptor: { Location: 's3://host-layout/d/', Columns: [{ Name: 'id', Type: 'bigint' }] },
      },
    });
    const target = { database, table: 'host_layout' };
    const template = '${dt:yyyy/MM/dd}/';
    const plan = await command<RepairSummary>('repairPartitions', { ...target, template });
    assert.equal(plan?.create, 2);
    assert.match(
      await textAt(plan.uri),
      /^Their directories are read by the template `\$\{dt:yyyy\/MM\/dd\}\/`\.$/m,
    );
    assert.ok((await lensesAt(plan.uri)).includes('Layout…'));
    assert.equal(
      (await command<RepairSummary>('repairPartitions', target))?.create,
      2,
      'the template is kept',
    );

    const policy = await command<string>('copyRepairPolicy', plan.uri);
    assert.match(policy ?? '', /"glue:BatchCreatePartition"/);
    assert.equal((await vscode.env.clipboard.readText()).trim(), policy);

    const applied = await command<ApplyResult>('applyRepair', plan.uri);
    assert.equal(applied?.created, 2);
    await command('undoRepair', plan.uri);
    const hive = await command<RepairSummary>('repairPartitions', target);
    const other = await command<RepairSummary>('chooseRepairLayout', hive?.uri, '${dt:yyyy/MM}/');
    assert.deepEqual([other?.create, other?.report], [1, 0]);
    await glue('DeleteTable', { DatabaseName: database, Name: 'host_layout' });
  });
});
