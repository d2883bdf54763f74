import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RunSummary } from '../../../src/ui/commands/runCommand';
import { lakeCalls, waitForCall } from '../lakeControl';
import { open, openText, until } from './editor';
import { lakeApi, lakeEndpoint } from './lakeApi';

function run(document: vscode.TextDocument, line: number): Thenable<RunSummary> {
  return vscode.commands.executeCommand('lakeWorkbench.runStatement', { uri: document.uri.toString(), line });
}

suite('running statements', () => {
  test('a hundred thousand rows arrive in order, NULL told from an empty text', async () => {
    const { results } = await lakeApi();
    const summary = await run(await open(join('queries', 'hundred-thousand.sql')), 2);
    assert.equal(summary.state, 'succeeded');
    assert.ok((summary.bytesScanned ?? 0) > 0);
    await results.allRead();

    const rows = results.rows(0, 100_000);
    assert.equal(rows.length, 100_000);
    assert.deepEqual(rows[0]?.[0], 'TXN-20240101-000000');
    const ids = rows.map(([id]) => String(id));
    assert.ok(ids.every((id, at) => at === 0 || String(ids[at - 1]) < id));
    const merchants = rows.map((row) => row[4]);
    assert.ok(merchants.includes(null), 'no NULL');
    assert.ok(merchants.includes(''), 'no empty text');
    assert.ok(merchants.includes('Corner "Deli"'), 'no quoted text');
  });

  test('a row in the middle of a long result is the row that the lake has', async () => {
    const { results } = await lakeApi();
    await run(await open(join('queries', 'hundred-thousand.sql')), 2);
    await results.allRead();
    const [shown] = results.rows(54_321, 54_322);
    const check = await openText(`-- dialect: athena
SELECT transaction_id, customer_id, transaction_date, amount, merchant
FROM customer_transactions
WHERE year = 2024 AND transaction_id = '${shown?.[0]}';
`);
    assert.equal((await run(check, 2)).rowCount, 1);
    assert.deepEqual(results.rows(0, 1)[0], shown);
  });

  test('cancelling stops the query on the server', async () => {
    const { results, status } = await lakeApi();
    const before = (await lakeCalls(lakeEndpoint())).length;
    const running = run(await open(join('queries', 'never-ends.sql')), 2);
    await waitForCall(lakeEndpoint(), 'athena:GetQueryExecution', before);
    assert.notEqual(status().run, '');
    await vscode.commands.executeCommand('lakeWorkbench.cancelQuery');
    const summary = await running;
    assert.equal(summary.state, 'cancelled');
    const stop = await waitForCall(lakeEndpoint(), 'athena:StopQueryExecution', before);
    assert.equal(stop.input?.['QueryExecutionId'], summary.queryId);
    assert.equal(results.screen().kind, 'error');
    await until(
      () => status().run,
      (text) => text === '',
    );
  });

  test('a query that fails says why, and marks its place in the editor', async () => {
    const { results } = await lakeApi();
    const document = await open(join('queries', 'no-such-column.sql'));
    const summary = await run(document, 1);
    assert.equal(summary.state, 'failed');
    assert.match(summary.reason ?? '', /no_such_column/i);
    const screen = results.screen();
    assert.equal(screen.kind, 'error');
    const marks = await until(
      () => vscode.languages.getDiagnostics(document.uri),
      (list) => list.some(({ message }) => /no_such_column/i.test(message)),
    );
    const mark = marks.find(({ message }) => /no_such_column/i.test(message));
    assert.equal(mark?.range.start.line, 0);
  });

  test('values for the places of a statement are sent beside it, as literals', async () => {
    const { results } = await lakeApi();
    const document = await openText(`-- dialect: athena
SELECT channel, count(*) FROM customer_transactions
WHERE year = ? AND month = ? AND channel = ? GROUP BY channel;
`);
    const summary = await vscode.commands.executeCommand<RunSummary>('lakeWorkbench.runStatement', {
      uri: document.uri.toString(),
      line: 2,
      parameters: ['2024', '1', 'MOBILE'],
    });
    assert.equal(summary.state, 'succeeded', summary.reason);
    const sent = (await lakeCalls(lakeEndpoint())).findLast(
      ({ action }) => action === 'athena:StartQueryExecution',
    );
    assert.deepEqual(sent?.input?.['ExecutionParameters'], ['2024', '1', "'MOBILE'"]);
    await results.allRead();
    assert.equal(results.rows(0, 1)[0]?.[0], 'MOBILE');
  });

  test('selected statements run in turn, and the first that fails is the last', async () => {
    const { results } = await lakeApi();
    const document = await openText(
      '-- dialect: athena\nSELECT 1 AS a;\nSELECT 2 AS b;\nSELECT no_such_column;\nSELECT 4;\n',
    );
    const select = (from: number, to: number): void => {
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document, document);
      editor.selection = new vscode.Selection(from, 0, to, 0);
    };
    select(1, 3);
    const both = await vscode.commands.executeCommand<RunSummary>('lakeWorkbench.runStatement');
    assert.deepEqual([both.state, both.ran], ['succeeded', { done: 2, of: 2 }]);
    await results.allRead();
    assert.deepEqual(results.rows(0, 1)[0], ['2']);
    select(1, 5);
    const stopped = await vscode.commands.executeCommand<RunSummary>('lakeWorkbench.runStatement');
    assert.deepEqual([stopped.state, stopped.ran], ['failed', { done: 3, of: 4 }]);
  });

  test('a table that a statement has made is known to lint at once, and unknown once it is dropped', async () => {
    const made = 'made_by_a_statement';
    const document = await openText(`-- dialect: athena
CREATE EXTERNAL TABLE ${made} (id int) PARTITIONED BY (year int) STORED AS PARQUET LOCATION 's3://centralbank-data-lake/made/';
`);
    const query = await openText(`-- dialect: athena\nSELECT id FROM ${made};\n`);
    const drop = await openText(`-- dialect: athena\nDROP TABLE ${made};\n`);
    const codes = (): unknown[] =>
      vscode.languages
        .getDiagnostics(query.uri)
        .map(({ code }) => (typeof code === 'object' ? code.value : code));
    try {
      const summary = await run(document, 2);
      assert.equal(summary.state, 'succeeded', summary.reason);
      await until(codes, (list) => list.includes('ATH101'));
    } finally {
      const summary = await run(drop, 2);
      assert.equal(summary.state, 'succeeded', summary.reason);
    }
    await until(codes, (list) => !list.includes('ATH101'));
  });
});
