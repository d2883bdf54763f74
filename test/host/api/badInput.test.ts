import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TreeNode } from '../../../src/trees/node';
import type { RunSummary } from '../../../src/ui/commands/runCommand';
import { lakeCalls, waitForCall, withFaults } from '../lakeControl';
import { codeOf, findings, open, openText } from './editor';
import { childrenAt, labels, lakeApi, lakeEndpoint } from './lakeApi';
import { startProxy } from './lakeProxy';

const partitions = ['centralbank_data', 'customer_transactions', 'partitions'];

function run(document: vscode.TextDocument, line: number): Thenable<RunSummary | undefined> {
  return vscode.commands.executeCommand('lakeWorkbench.runStatement', { uri: document.uri.toString(), line });
}

/** Asks the lake as any client would. */
async function glue(operation: string, input: object): Promise<void> {
  const headers = { 'x-amz-target': `AWSGlue.${operation}` };
  const answer = await fetch(lakeEndpoint(), { method: 'POST', headers, body: JSON.stringify(input) });
  assert.equal(answer.status, 200, await answer.text());
}

/** One sentence: it ends once, and holds no stack, no JSON, no code of its own. */
function assertSentence(text: string | undefined): void {
  assert.match(text ?? '', /^[A-Z][^\n{}]{10,400}\.$/);
}

async function more(nodes: readonly TreeNode[]): Promise<void> {
  const last = nodes.at(-1);
  assert.ok(last?.command, last?.label);
  await vscode.commands.executeCommand(last.command.id, ...(last.command.arguments ?? []));
}

suite('bad input', () => {
  /** What a file of this text is told, once the file after it has been linted. */
  async function told(text: string): Promise<readonly string[]> {
    const document = await openText(text);
    await findings(await openText('-- dialect: redshift\nDELETE FROM fct_transfers;\n'), 'RS306');
    return vscode.languages.getDiagnostics(document.uri).map(codeOf);
  }

  test('SQL cut in half: what stands before the cut is linted, and the cut is one finding at most', async () => {
    const { length } = 'select * from t';
    const whole = `-- dialect: athena
SELECT transaction_id FROM customer_transactions WHERE year = 2024 AND month = 1 AND transaction_date = '2024-01-15';
SELECT t.customer_id, sum(t.amount) FROM customer_transactions t WHERE t.year = 2024 AND t.mon`;
    for (const cut of [whole.length, whole.length - length, whole.length - 40, 150]) {
      const codes = await told(whole.slice(0, cut));
      assert.ok(codes.includes('ATH109') || cut < 130, codes.join());
      assert.ok(codes.filter((code) => code === 'SQL001').length <= 1, `${cut}: ${codes.join()}`);
    }
  });

  test('a statement of a megabyte is linted without a word too much, and the editor goes on', async () => {
    const list = Array.from({ length: 90_000 }, (_, at) => `'k${at}'`).join(',');
    const text = `-- dialect: athena\nSELECT customer_id FROM customers WHERE customer_id IN (${list});\n`;
    assert.ok(text.length > 700_000);
    assert.ok((await told(text)).length < 5);
  });

  test('a MySQL dump gets no finding', async () => {
    assert.deepEqual(
      await told(`-- MySQL dump 10.13
/*!40101 SET NAMES utf8 */;
DROP TABLE IF EXISTS \`orders\`;
CREATE TABLE \`orders\` (\`id\` int(11) NOT NULL AUTO_INCREMENT, \`note\` text, PRIMARY KEY (\`id\`)) ENGINE=InnoDB;
LOCK TABLES \`orders\` WRITE;
INSERT INTO \`orders\` VALUES (1,'it\\'s'),(2,"two");
UNLOCK TABLES;
SELECT * FROM \`orders\` LIMIT 5, 10;
DELETE FROM \`orders\`;
`),
      [],
    );
  });
});

suite('trouble on the way', () => {
  const switchTo = (given: object) => vscode.commands.executeCommand('lakeWorkbench.switchConnection', given);
  suiteSetup(() => switchTo({ profile: 'lake-demo' }));
  suiteTeardown(() => switchTo({ profile: 'lake-demo' }));

  test('a bucket that denies says so below itself, and what is beside it can be read', async () => {
    const { zones } = await lakeApi();
    const path = ['processed', 'centralbank-data-lake/processed'];
    const fault = { action: 's3:ListObjectsV2', kind: 'denied', bucket: 'centralbank-data-lake' } as const;
    await childrenAt(zones, ['raw', 'centralbank-data-lake/raw']);
    await childrenAt(zones, path);
    await withFaults(lakeEndpoint(), [fault], async () => {
      const nodes = await childrenAt(zones, [...path, 'accounts/']);
      assert.deepEqual(labels(nodes), ['Not permitted']);
      assertSentence(nodes[0]?.hint);
      assert.ok((await childrenAt(zones, ['raw', 'centralbank-data-lake/raw'])).length > 1, 'still shown');
    });
  });

  test('a table whose location is gone: its partitions are listed, and a query on it has no rows', async () => {
    const columns = [{ Name: 'id', Type: 'bigint' }];
    const descriptor = (Location: string) => ({
      Columns: columns,
      Location,
      InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
    });
    const DatabaseName = 'centralbank_data';
    const location = 's3://centralbank-data-lake/a-prefix-that-is-gone/';
    await glue('CreateTable', {
      DatabaseName,
      TableInput: {
        Name: 'gone',
        TableType: 'EXTERNAL_TABLE',
        PartitionKeys: [{ Name: 'dt', Type: 'string' }],
        StorageDescriptor: descriptor(location),
      },
    });
    try {
      await glue('CreatePartition', {
        DatabaseName,
        TableName: 'gone',
        PartitionInput: {
          Values: ['2026-01-01'],
          StorageDescriptor: descriptor(`${location}dt=2026-01-01/`),
        },
      });
      await vscode.commands.executeCommand('lakeWorkbench.refresh');
      const { catalog, results } = await lakeApi();
      assert.deepEqual(labels(await childrenAt(catalog, [DatabaseName, 'gone', 'partitions'])), [
        'dt=2026-01-01',
      ]);
      const summary = await run(
        await openText("-- dialect: athena\nselect id from gone where dt = '2026-01-01'"),
        2,
      );
      // Athena reads nothing where nothing is, and does not complain.
      assert.deepEqual([summary?.state, summary?.rowCount], ['succeeded', 0], summary?.reason);
      assert.equal(results.screen().kind, 'open');
    } finally {
      await glue('DeleteTable', { DatabaseName, Name: 'gone' });
      await vscode.commands.executeCommand('lakeWorkbench.refresh');
    }
  });

  test('throttled on every call: trees and queries say so in a sentence, and go on when it is over', async () => {
    const { catalog, zones, results } = await lakeApi();
    await vscode.commands.executeCommand('lakeWorkbench.refresh');
    await withFaults(lakeEndpoint(), [{ action: '*', kind: 'throttle' }], async () => {
      for (const tree of [catalog, zones]) {
        const nodes = await tree();
        assert.equal(nodes.at(-1)?.label, 'AWS asks to slow down: try again');
        assertSentence(nodes.at(-1)?.hint);
      }
      assert.equal(await run(await openText('-- dialect: athena\nselect 1 as one'), 2), undefined);
    });
    await vscode.commands.executeCommand('lakeWorkbench.refresh');
    assert.ok(labels(await catalog()).includes('centralbank_data'));
    assert.equal((await run(await openText('-- dialect: athena\nselect 1 as one'), 2))?.state, 'succeeded');
    assert.equal(results.screen().kind, 'open');
  });

  test('credentials that expire in the middle of a listing: what is loaded stays, and a sign-in is offered', async () => {
    const { catalog } = await lakeApi();
    const first = await childrenAt(catalog, partitions);
    await withFaults(lakeEndpoint(), [{ action: 'glue:*', kind: 'expired' }], async () => {
      await more(first);
      const then = await childrenAt(catalog, partitions);
      assert.deepEqual(labels(then).slice(0, -1), labels(first).slice(0, -1));
      assert.equal(then.at(-1)?.label, 'Sign in');
      assertSentence(then.at(-1)?.hint);
    });
    await vscode.commands.executeCommand('lakeWorkbench.refresh');
    assert.equal((await childrenAt(catalog, partitions)).at(-1)?.label, 'Load more…');
  });

  test('the endpoint goes away: open trees keep their rows, a running query ends in a sentence, all comes back', async () => {
    const proxy = await startProxy(lakeEndpoint());
    const { catalog, results } = await lakeApi();
    try {
      await switchTo({ name: 'lake-proxy', profile: 'lake-demo', endpoint: proxy.endpoint });
      const first = await childrenAt(catalog, partitions);
      const before = (await lakeCalls(lakeEndpoint())).length;
      const running = run(await open('queries/never-ends.sql'), 2);
      await waitForCall(lakeEndpoint(), 'athena:GetQueryExecution', before);
      const start = await waitForCall(lakeEndpoint(), 'athena:StartQueryExecution', before);
      assert.equal(start.status, 200);

      await proxy.cut();
      await more(first);
      const then = await childrenAt(catalog, partitions);
      assert.deepEqual(labels(then).slice(0, -1), labels(first).slice(0, -1));
      assert.equal(then.at(-1)?.label, 'Not reachable: try again');
      assertSentence(then.at(-1)?.hint);
      await running;
      const screen = results.screen();
      assert.equal(screen.kind, 'error', JSON.stringify(screen));
      if (screen.kind === 'error') assertSentence(screen.message);

      await proxy.mend();
      await more(then);
      assert.ok((await childrenAt(catalog, partitions)).length > first.length);
      assert.equal((await run(await openText('-- dialect: athena\nselect 1 as one'), 2))?.state, 'succeeded');
    } finally {
      await proxy.cut();
    }
  });
});
