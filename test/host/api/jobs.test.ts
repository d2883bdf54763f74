import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApplyResult } from '../../../src/partitions/applyPlan';
import type { Run } from '../../../src/pipelines/pipeline';
import type { RepairSummary } from '../../../src/ui/repair/repairCommands';
import { lakeCalls, withFaults } from '../lakeControl';
import { findings, openText, until } from './editor';
import { lakeEndpoint } from './lakeApi';

const table = { database: 'centralbank_data', table: 'customer_transactions' };

function command<T = unknown>(id: string, ...args: readonly unknown[]): Thenable<T | undefined> {
  return vscode.commands.executeCommand<T>(`lakeWorkbench.${id}`, ...args);
}

async function plan(): Promise<RepairSummary> {
  const summary = await command<RepairSummary>('repairPartitions', table);
  assert.ok(summary, 'no plan was made');
  return summary;
}

const textAt = async (uri: string): Promise<string> =>
  (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).getText();

suite('repair', () => {
  suiteSetup(() => command('switchConnection', { profile: 'lake-demo' }));

  test('a plan is a read-only document, is applied and taken back, and SQL is copied', async () => {
    const first = await plan();
    assert.ok(first.create > 0, 'the demo lake has partitions that its catalog lacks');
    assert.match(await textAt(first.uri), new RegExp(`^## Add ${first.create}$`, 'm'));
    assert.equal(vscode.Uri.parse(first.uri).scheme, 'lake-repair');
    const sql = await command<string>('copyRepairSql', first.uri);
    assert.equal(await vscode.env.clipboard.readText(), sql);
    assert.match(sql ?? '', /^ALTER TABLE centralbank_data\.customer_transactions ADD IF NOT EXISTS/);

    const applied = await command<ApplyResult>('applyRepair', first.uri);
    assert.deepEqual([applied?.created, applied?.failed], [first.create, []]);
    await until(
      () => vscode.window.activeTextEditor?.document.getText() ?? '',
      (text) => text.startsWith('# Repaired centralbank_data.customer_transactions'),
    );
    const undone = await command<ApplyResult>('undoRepair', first.uri);
    assert.equal(undone?.removed, first.create);
    assert.equal((await plan()).create, first.create);
  });

  test('a repair that is denied tells it, changes nothing, and goes on later', async () => {
    const first = await plan();
    await withFaults(lakeEndpoint(), [{ action: 'glue:BatchCreatePartition', kind: 'denied' }], async () => {
      assert.equal(await command('applyRepair', first.uri), undefined);
    });
    await until(
      () => vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === first.uri)?.getText() ?? '',
      (text) => /The last repair of this table was cut off\./.test(text),
    );
    const applied = await command<ApplyResult>('applyRepair', first.uri);
    assert.equal(applied?.created, first.create);
    await command('undoRepair', first.uri);
    assert.equal((await plan()).create, first.create);
  });

  test('MSCK REPAIR TABLE offers the repair of its table as a quick fix', async () => {
    const document = await openText(
      '-- dialect: athena\nMSCK REPAIR TABLE centralbank_data.customer_transactions;\n',
    );
    const [found] = await findings(document, 'ATH311');
    assert.ok(found);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
    );
    const action = actions.find(({ title }) => title === 'Repair Partitions…');
    assert.equal(action?.command?.command, 'lakeWorkbench.repairPartitions');
    assert.deepEqual(action.command.arguments, [table]);
  });
});

suite('pipelines', () => {
  suiteSetup(() => command('switchConnection', { profile: 'lake-demo' }));

  test('a function is invoked once with its input, and its log can be read', async () => {
    const before = (await lakeCalls(lakeEndpoint())).length;
    const input = '{"execution_date":"2025-01-06"}';
    const wish = { kind: 'lambda', name: 'validate-banking-data', input };
    const run = await command<Run>('runPipeline', wish);
    assert.equal(run?.state, 'succeeded', run?.problem);
    const invoked = (await lakeCalls(lakeEndpoint()))
      .slice(before)
      .filter(({ action }) => action === 'lambda:Invoke' || action === 'lambda:InvokeFunction');
    assert.equal(invoked.length, 1);
  });

  test('an input that the pipeline would refuse is not sent', async () => {
    const before = (await lakeCalls(lakeEndpoint())).length;
    const wish = { kind: 'glue-job', name: 'migrate-legacy-data', input: '{"day":"2025-01-06"}' };
    assert.equal(await command('runPipeline', wish), undefined);
    const actions = (await lakeCalls(lakeEndpoint())).slice(before).map(({ action }) => action);
    assert.ok(!actions.includes('glue:StartJobRun'), actions.join());
  });

  test('the input of the last start is what the next one begins with', async () => {
    const address = await command<string>('runPipeline', { kind: 'lambda', name: 'validate-banking-data' });
    assert.equal(await textAt(address ?? ''), '{\n  "execution_date": "2025-01-06"\n}\n');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      vscode.Uri.parse(address ?? ''),
    );
    assert.deepEqual(
      lenses.map((lens) => lens.command?.title),
      ['Start validate-banking-data'],
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
