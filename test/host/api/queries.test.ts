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
});
