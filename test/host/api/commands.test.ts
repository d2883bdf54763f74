import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TreeNode } from '../../../src/trees/node';
import type { RunSummary } from '../../../src/ui/commands/runCommand';
import { lakeCalls } from '../lakeControl';
import { codeOf, findings, openText, until } from './editor';
import { childrenAt, lakeApi, lakeEndpoint } from './lakeApi';

function command<T = unknown>(id: string, ...args: readonly unknown[]): Thenable<T> {
  return vscode.commands.executeCommand<T>(`lakeWorkbench.${id}`, ...args);
}

function run(document: vscode.TextDocument, line: number): Thenable<RunSummary | undefined> {
  return command('runStatement', { uri: document.uri.toString(), line });
}

async function table(name: string): Promise<TreeNode> {
  const { catalog } = await lakeApi();
  const found = (await childrenAt(catalog, ['centralbank_data'])).find(({ label }) => label === name);
  assert.ok(found, `${name} is not in the catalog`);
  return found;
}

async function textOf(uri: string | vscode.Uri): Promise<string> {
  const address = typeof uri === 'string' ? vscode.Uri.parse(uri) : uri;
  return (await vscode.workspace.openTextDocument(address)).getText();
}

const shown = (): string => vscode.window.activeTextEditor?.document.getText() ?? '';

suite('commands with arguments', () => {
  suiteSetup(() => command('switchConnection', { profile: 'lake-demo' }));

  test('name and address of a table are copied', async () => {
    const node = await table('customer_transactions');
    assert.equal(await command('copyName', node), 'centralbank_data.customer_transactions');
    assert.equal(await vscode.env.clipboard.readText(), 'centralbank_data.customer_transactions');
    const uri = await command<string>('copyUri', node);
    assert.equal(uri, 's3://centralbank-data-lake/processed/transactions/');
    assert.equal(await vscode.env.clipboard.readText(), uri);
  });

  test('a new query of a table already reads its newest partition only, and runs', async () => {
    const uri = await command<string>('newQuery', await table('customer_transactions'));
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const text = document.getText();
    assert.match(text, /^-- dialect: athena\n/);
    assert.match(text, /year = 2025|year = 2024/);
    const summary = await run(document, 2);
    assert.equal(summary?.state, 'succeeded', summary?.reason);
  });

  test('the DDL of a table opens as a document that has its columns and its partition keys', async () => {
    const uri = await command<string>('showDdl', await table('customer_transactions'));
    const text = await textOf(uri);
    assert.match(text, /CREATE EXTERNAL TABLE/i);
    assert.match(text, /PARTITIONED BY \([\s\S]*year[\s\S]*int/i);
  });

  test('a table and an object are previewed from ranged reads, which no query pays for', async () => {
    await command('preview', await table('customer_transactions'));
    const text = shown();
    assert.match(text, /^s3:\/\/centralbank-data-lake\/processed\/transactions\/year=\d{4}\//);
    assert.match(text, /Parquet[\s\S]*Read for this page: [\s\S]*First \d+ rows/);
    assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'lake-page');
    const { zones } = await lakeApi();
    const day = ['year=2024', 'month=01', 'day=15'];
    const place = ['processed', 'centralbank-data-lake/processed', 'transactions/', ...day];
    const [object] = await childrenAt(zones, place);
    await command('preview', object);
    assert.match(shown(), /\/year=2024\/month=01\/day=15\//);
  });

  test('a table is shown as a page with its keys and its newest partition', async () => {
    const text = await textOf(await command<string>('showTable', await table('customer_transactions')));
    assert.match(text, /customer\\_transactions/);
    assert.match(text, /newest partition is year=\d{4}\/month=\d+\/day=\d+/);
  });

  test('the definition of a table is written for other tools, without a query', async () => {
    for (const [form, expected] of [
      ['terraform', /resource "aws_glue_catalog_table"/],
      ['cloudformation', /AWS::Glue::Table/],
      ['spark', /CREATE TABLE[\s\S]*USING/i],
    ] as const) {
      await command('showDdlAs', await table('customer_transactions'), form);
      assert.match(shown(), expected);
    }
  });

  test('the snapshots of an Iceberg table come from its metadata, their ids exact', async () => {
    const text = await textOf(await command<string>('showIceberg', await table('loan_events')));
    assert.match(text, /loan\\_events/);
    assert.match(text, /\b\d{18,19}\b/);
  });

  test('the views open at the place of a table and at the table', async () => {
    await command('revealLocation', await table('customer_transactions'));
    await command('revealTable', { database: 'centralbank_data', table: 'customer_transactions' });
  });

  test('the permission that is missing is written as a policy statement', async () => {
    await command('showPermission', { action: 's3:ListBucket', target: 's3://some-bucket/raw/' });
    const policy: unknown = JSON.parse(shown().replaceAll(/^\s*\/\/.*$/gm, ''));
    assert.deepEqual(policy, {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::some-bucket' }],
    });
  });

  test('a rule explains itself', async () => {
    await command('showRule', 'ATH101');
    await until(
      () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
      (labels) => labels.some((label) => /ATH101|athena-missing-partition-filter/.test(label)),
    );
  });

  test('results are exported, opened as text and found in S3', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lake-export-'));
    try {
      const document = await openText(
        `-- dialect: athena
select 1 as a, cast(null as varchar) as b, '' as c
union all select 2, 'x,y', 'z' order by a;

select 5 as q;
`,
      );
      assert.equal((await run(document, 2))?.rowCount, 2);
      const csv = '"a","b","c"\n"1",,""\n"2","x,y","z"\n';
      const path = join(folder, 'deeper', 'result.csv');
      assert.equal(await command('exportResult', path), path);
      assert.equal(readFileSync(path, 'utf8'), csv);
      assert.equal(existsSync(`${path}.part`), false);
      await command('openResultFile');
      assert.equal(shown(), csv);
      const uri = await command<string>('copyResultUri');
      assert.match(uri, /^s3:\/\/[^/]+\/.*[\da-f-]{36}\.csv$/);
      assert.equal((await run(document, 5))?.rowCount, 1);
      assert.deepEqual((await lakeApi()).results.rows(0, 1), [['5']]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('a statement that is no query shows what it says', async () => {
    const document = await openText(
      '-- dialect: athena\nshow partitions centralbank_data.customer_transactions\n',
    );
    const summary = await run(document, 2);
    assert.equal(summary?.state, 'succeeded', summary?.reason);
    const { results } = await lakeApi();
    assert.match(String(results.rows(0, 1)[0]?.[0]), /^year=20\d\d\/month=\d+\/day=\d+$/);
  });

  test('what cannot be run is refused before anything is sent', async () => {
    const before = (await lakeCalls(lakeEndpoint())).length;
    const long = await openText(`-- dialect: athena\nselect '${'x'.repeat(1_000_000)}'`);
    assert.equal(await run(long, 2), undefined, 'longer than Athena takes');
    const other = await openText('-- dialect: redshift\nselect 1');
    assert.equal(await run(other, 2), undefined, 'Redshift');
    const unknown = await openText('select 1');
    assert.equal(await run(unknown, 1), undefined, 'no known dialect');
    const nothing = await openText('-- dialect: athena\n\n');
    assert.equal(await run(nothing, 2), undefined, 'no statement');
    const calls = (await lakeCalls(lakeEndpoint())).slice(before);
    assert.deepEqual(
      calls.filter(({ action }) => action === 'athena:StartQueryExecution'),
      [],
    );
  });

  test('a connection that is read only runs queries and no statement that writes', async () => {
    const settings = vscode.workspace.getConfiguration('lakeWorkbench.connection');
    const set = (list: readonly string[] | undefined) =>
      settings.update('readOnly', list, vscode.ConfigurationTarget.Workspace);
    await set(['lake-*']);
    try {
      const document = await openText(
        '-- dialect: athena\ndrop table if exists nothing_here;\n\nselect 1 as one;\n',
      );
      const before = (await lakeCalls(lakeEndpoint())).length;
      assert.equal(await run(document, 2), undefined);
      const calls = (await lakeCalls(lakeEndpoint())).slice(before);
      assert.ok(!calls.some(({ action }) => action === 'athena:StartQueryExecution'));
      assert.equal((await run(document, 4))?.state, 'succeeded');
    } finally {
      await set(undefined);
    }
  });

  test('the dialect is pinned in the first line, and all fixes that are safe are made at once', async () => {
    const document = await openText(
      "select transaction_id from customer_transactions where year = 2024 and month = 1 and transaction_date = '2024-01-15' and value_date = '2024-01-16'",
    );
    await command('setDialect', 'athena');
    assert.equal(document.lineAt(0).text, '-- dialect: athena');
    await findings(document, 'ATH109');
    await command('fixAll');
    assert.match(document.getText(), /transaction_date = DATE '2024-01-15'/i);
    await until(
      () => vscode.languages.getDiagnostics(document.uri).map(codeOf),
      (codes) => !codes.includes('ATH109'),
    );
  });
});
