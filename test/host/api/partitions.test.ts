import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BrowserSummary } from '../../../src/ui/partitions/browsePartitions';
import { withFaults } from '../lakeControl';
import { childrenAt, lakeApi, lakeEndpoint } from './lakeApi';

const table = { database: 'centralbank_data', table: 'customer_transactions' };

async function browse(wish: object): Promise<BrowserSummary> {
  const summary = await vscode.commands.executeCommand<BrowserSummary | undefined>(
    'lakeWorkbench.browsePartitions',
    table,
    wish,
  );
  assert.ok(summary);
  return summary;
}

suite('the partition browser', () => {
  test('shows values as columns and, once measured, what is missing in S3 and in the catalog', async () => {
    const shown = await browse({ loadAll: true, measure: true, sort: 'state' });
    assert.deepEqual(shown.columns.slice(0, 3), ['year', 'month', 'day']);
    assert.deepEqual(shown.columns.slice(3, 7), ['state', 'files', 'bytes', 'newest object']);
    assert.match(shown.facts[0] ?? '', /^\d+ partitions$/);
    const told = shown.findings.join('\n');
    assert.match(told, /of the catalog (has|have) nothing at (its|their) location in S3\./);
    assert.match(told, /not in the catalog, so queries do not read/);
    assert.match(told, /Counted from [\d,]+ objects by \d+ LIST requests? /);
    assert.ok(shown.rows.some((row) => row[3] === 'nothing in S3'));
    // The page itself runs under its policy and asks for what it shows.
    let { pageReady } = shown;
    for (let tries = 0; !pageReady && tries < 50; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      ({ pageReady } = await browse({}));
    }
    assert.ok(pageReady);
  });

  test('sends a filter to Glue, and says what is wrong with one that Glue would refuse', async () => {
    const shown = await browse({ filter: 'year = 2024 AND month = 12' });
    assert.ok(
      shown.rowCount > 0 && shown.rows.every(([year, month]) => year === '2024' && Number(month) === 12),
    );
    const wrong = await browse({ filter: 'yer = 2024' });
    assert.equal(wrong.filterError, 'yer is no partition key: did you mean year?');
    assert.equal(wrong.rowCount, shown.rowCount);
    await withFaults(lakeEndpoint(), [{ action: 'glue:GetPartitions', kind: 'denied' }], async () => {
      const denied = await browse({ filter: '' });
      assert.match(denied.findings[0] ?? '', /glue:GetPartitions/);
    });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  test('a projection is proposed as a statement that nobody has run', async () => {
    const uri = await vscode.commands.executeCommand<vscode.Uri>('lakeWorkbench.authorProjection', table);
    const file = await vscode.workspace.openTextDocument(uri);
    const text = file.getText();
    assert.match(text, /ALTER TABLE `centralbank_data`\.`customer_transactions` SET TBLPROPERTIES \(/);
    assert.match(text, /'projection\.month\.range' = '1,12'/);
    const at = text.indexOf("'1,12'");
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(file.positionAt(at), file.positionAt(at + 6)), "'12,1'");
    await vscode.workspace.applyEdit(edit);
    const [fault] = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Lake');
    assert.match(fault?.message ?? '', /^projection\.month\.range: .*ends before it begins/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('an index is made, followed until it is in use, and deleted', async () => {
    const made = await vscode.commands.executeCommand<{ readonly state: string } | undefined>(
      'lakeWorkbench.createPartitionIndex',
      table,
      { keys: ['year', 'month'], name: 'host_test', confirmed: true },
    );
    assert.equal(made?.state, 'active');
    const { catalog } = await lakeApi();
    const subject = (await childrenAt(catalog, [table.database])).find(
      ({ label }) => label === table.table,
    )?.subject;
    assert.ok(subject?.kind === 'table');
    const readOnly = { ...subject, connection: { ...subject.connection, readOnly: true } };
    for (const command of ['createPartitionIndex', 'deletePartitionIndex']) {
      const wish = { keys: ['day'], name: 'host_test', confirmed: true };
      assert.equal(
        await vscode.commands.executeCommand(`lakeWorkbench.${command}`, readOnly, wish),
        undefined,
      );
    }
    const page = await vscode.commands.executeCommand<vscode.Uri>(
      'lakeWorkbench.listPartitionIndexes',
      table,
    );
    assert.match(
      (await vscode.workspace.openTextDocument(page)).getText(),
      /\| host\\_test \| year, month \| in use \|/,
    );
    const gone = await vscode.commands.executeCommand<string | undefined>(
      'lakeWorkbench.deletePartitionIndex',
      table,
      { name: 'host_test', confirmed: true },
    );
    assert.equal(gone, 'host_test');
  });

  test('the age of a table’s data stands on its node once somebody asked, against what is expected', async () => {
    const { catalog } = await lakeApi();
    const databaseNode = async () => {
      const node = (await catalog()).find(({ label }) => label === table.database);
      assert.ok(node?.subject);
      return node.subject;
    };
    const hint = async (): Promise<string> => {
      const nodes = await childrenAt(catalog, [table.database]);
      return nodes.find(({ label }) => label === table.table)?.hint ?? '';
    };
    await vscode.commands.executeCommand('lakeWorkbench.setFreshness', table, '26h');
    const checked = await vscode.commands.executeCommand<{
      readonly kind: string;
      readonly sentence: string;
    }>('lakeWorkbench.checkFreshness', table);
    assert.equal(checked.kind, 'late');
    assert.match(
      checked.sentence,
      /^Data ends at \d{4}-\d\d-\d\d 00:00 UTC, \d+ days later than expected\.$/,
    );
    assert.match(await hint(), /late: data is \d+ days old$/);
    const page = await vscode.commands.executeCommand<vscode.Uri>('lakeWorkbench.checkFreshness', {
      ...(await databaseNode()),
    });
    const text = (await vscode.workspace.openTextDocument(page)).getText();
    assert.match(text, /\| customer\\_transactions \| [\d/]+ \| 26h \| \*\*late\*\*: Data ends at/);
    await vscode.commands.executeCommand('lakeWorkbench.setFreshness', table, '');
    const expected = vscode.workspace.getConfiguration('lakeWorkbench.freshness').get('expected');
    assert.deepEqual(expected, {});
  });
});
