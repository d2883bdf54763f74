import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Run } from '../../../src/pipelines/pipeline';
import type { CreatedTable } from '../../../src/ui/createTable/createTable';
import type { ProposedDocument } from '../../../src/ui/crawlers/createCrawler';
import type { CheckedDrift } from '../../../src/ui/drift/checkDrift';
import { lakeCalls, withFaults } from '../lakeControl';
import { type, until } from './editor';
import { lakeEndpoint } from './lakeApi';

const payments = 's3://centralbank-data-lake/processed/card_payments/';

function command<T = unknown>(id: string, ...args: readonly unknown[]): Thenable<T | undefined> {
  return vscode.commands.executeCommand<T>(`lakeWorkbench.${id}`, ...args);
}

const open = async (uri: string): Promise<vscode.TextDocument> =>
  vscode.workspace.openTextDocument(vscode.Uri.parse(uri));

/** Asks the lake itself, past the product. */
async function ask(target: string, input: object): Promise<void> {
  await fetch(lakeEndpoint(), {
    method: 'POST',
    headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(input),
  });
}

suite('tables and crawlers from a prefix', () => {
  suiteSetup(() => command('switchConnection', { profile: 'lake-demo' }));
  // Other suites count what the demo lake has.
  suiteTeardown(async () => {
    await ask('AWSGlue.DeleteTable', { DatabaseName: 'centralbank_data', Name: 'crawled_ledger' });
    await ask('AWSGlue.DeleteCrawler', { Name: 'made-in-the-editor' });
  });

  test('a prefix becomes a statement that is clean to our own rules and that nobody has run', async () => {
    const before = (await lakeCalls(lakeEndpoint())).length;
    const made = await command<CreatedTable>('createTable', payments, 'centralbank_data.payments_again');
    assert.ok(made);
    assert.equal(made.table, 'centralbank_data.payments_again');
    const document = await open(made.uri);
    assert.match(document.getText(), /\nCREATE EXTERNAL TABLE `centralbank_data`\.`payments_again` \(/);
    assert.match(document.getText(), /PARTITIONED BY \(\n {2}`dt` string\n\)/);
    await until(
      () => vscode.window.activeTextEditor?.document.uri.toString(),
      (uri) => uri === made.uri,
    );
    assert.deepEqual(
      vscode.languages.getDiagnostics(document.uri).map(({ message }) => message),
      [],
    );
    const actions = (await lakeCalls(lakeEndpoint())).slice(before).map(({ action }) => action);
    assert.deepEqual(
      actions.filter((action) => /Create|Start|Update/.test(action)),
      [],
    );
  });

  test('a table is compared with its partitions and files, and a denied part is told', async () => {
    const table = { database: 'centralbank_data', table: 'accounts' };
    const found = await command<CheckedDrift>('checkDrift', table);
    assert.ok(found && found.drifts > 0, 'the demo table has partitions of another type');
    assert.match(found.sql, /HIVE_PARTITION_SCHEMA_MISMATCH/);
    await withFaults(lakeEndpoint(), [{ action: 'glue:GetPartitions', kind: 'denied' }], async () => {
      const blind = await command<CheckedDrift>('checkDrift', table);
      assert.match(blind?.sql ?? '', /-- Not looked at: .*glue:GetPartitions/);
    });
  });

  test('a crawler is a document with findings, fixes and words for its schedule', async () => {
    const made = await command<ProposedDocument>('createCrawler', payments);
    assert.ok(made);
    const document = await open(made.uri);
    assert.match(document.getText(), /"RecrawlBehavior": "CRAWL_NEW_FOLDERS_ONLY"/);
    const text = document
      .getText()
      .replace('"UpdateBehavior": "LOG"', '"UpdateBehavior": "UPDATE_IN_DATABASE"')
      .replace('"RecrawlPolicy"', '"Schedule": "cron(15 2 * * ? *)",\n  "RecrawlPolicy"');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
    const [finding] = await until(
      () => vscode.languages.getDiagnostics(document.uri).filter(({ message }) => /than LOG/.test(message)),
      (list) => list.length === 1,
    );
    assert.ok(finding);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      finding.range,
    );
    assert.ok(
      actions.some(({ title }) => title === 'Use LOG'),
      actions.map(({ title }) => title).join(),
    );
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      document.positionAt(text.indexOf('cron(') + 2),
    );
    const words = hovers.flatMap(({ contents }) =>
      contents.map((one) => (typeof one === 'string' ? one : one.value)),
    );
    assert.match(words.join('\n'), /every day at 02:15 UTC/);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.ok(lenses.some((lens) => lens.command?.title.includes('Create Crawler') === true));
    const place = document.getText().indexOf('"UPDATE_IN_DATABASE"') + 3;
    const offered = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      document.positionAt(place),
    );
    const values = offered.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(values.includes('LOG'), values.join());
    const before = (await lakeCalls(lakeEndpoint())).length;
    assert.equal(await command('applyCrawler', made.uri), undefined, 'what Glue would refuse is not sent');
    const calls = (await lakeCalls(lakeEndpoint())).slice(before).map(({ action }) => action);
    assert.deepEqual(
      calls.filter((action) => action === 'glue:CreateCrawler'),
      [],
    );
  });

  test('the schedule of a crawler is changed and put to rest, and what it changed is a page', async () => {
    const target = { crawler: 'banking-data-crawler' };
    const words = await command<string>('changeCrawlerSchedule', target, { schedule: 'cron(30 4 * * ? *)' });
    assert.match(words ?? '', /^every day at 04:30 UTC, next at /);
    assert.equal(await command('changeCrawlerSchedule', target, 'pause'), 'pause');
    const page = await command<vscode.Uri>('showCrawlChanges', target);
    assert.ok(page);
    const text = (await vscode.workspace.openTextDocument(page)).getText();
    assert.match(text, /^# banking-data-crawler\n/);
    assert.match(text, /04:30 UTC.* — paused/);
    await command('changeCrawlerSchedule', target, { schedule: 'cron(0 4 * * ? *)' });
  });

  test('a crawler there is can be looked over as a configuration', async () => {
    const opened = await command<ProposedDocument>('editCrawler', { crawler: 'banking-data-crawler' });
    assert.ok(opened);
    assert.match(opened.text, /"Name": "banking-data-crawler"/);
    assert.doesNotMatch(opened.text, /LastCrawl|CrawlElapsedTime|"State"/);
    const document = await open(opened.uri);
    const lenses = await until(
      () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri),
      () => true,
    );
    assert.ok(
      lenses.some((lens) => lens.command?.title.includes('Update Crawler banking-data-crawler') === true),
    );
    assert.equal(
      await command('applyCrawler', opened.uri),
      undefined,
      'nothing was changed, so nothing is sent',
    );
  });

  test('a crawler is made, run and changed, and what its crawl changed is a page', async () => {
    const prefix = 's3://centralbank-data-lake/processed/ledger/';
    const made = await command<ProposedDocument>('createCrawler', prefix);
    assert.ok(made);
    const name = 'made-in-the-editor';
    const document = await open(made.uri);
    const text = made.text
      .replace(/"Name": "[^"]*"/, `"Name": "${name}"`)
      .replace(/"DatabaseName": "[^"]*"/, '"DatabaseName": "centralbank_data",\n  "TablePrefix": "crawled_"');
    await type(document, new vscode.Range(0, 0, document.lineCount, 0), text);
    assert.equal(await command('applyCrawler', made.uri, { confirmed: true }), name);

    const run = await command<Run>('runPipeline', { kind: 'crawler', name });
    assert.equal(run?.kind, 'crawler');
    let page = '';
    for (
      let looks = 0;
      looks < 100 && !/## Table crawled_ledger added/.test(page.replaceAll('\\', ''));
      looks++
    ) {
      const uri = await command<vscode.Uri>('showCrawlChanges', { crawler: name });
      page = uri === undefined ? '' : (await vscode.workspace.openTextDocument(uri)).getText();
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    }
    assert.match(page.replaceAll('\\', ''), /## Table crawled_ledger added/);

    await type(
      document,
      new vscode.Range(0, 0, document.lineCount, 0),
      text.replace(/"Description": "[^"]*"/, '"Description": "again"'),
    );
    assert.equal(await command('applyCrawler', made.uri, { confirmed: true }), name);
    const again = await command<ProposedDocument>('editCrawler', { crawler: name });
    assert.match(again?.text ?? '', /"Description": "again"/);
  });
});
