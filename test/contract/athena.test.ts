import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf, rowsOf, runQuery } from './clients';

describe('Athena on the local lake', () => {
  let lake: TestLake;
  let clients: ReturnType<typeof clientsOf>;
  before(async () => {
    lake = await startLake();
    clients = clientsOf(lake);
  });
  after(() => lake.stop());

  test('a query reads the registered partitions only', async () => {
    assert.deepEqual(
      await rowsOf(
        clients.athena,
        'select count(*) as n, max(transaction_date) as d from customer_transactions',
      ),
      [
        ['n', 'd'],
        ['2950', '2024-12-28'],
      ],
    );
  });

  test('a partition with another location is read there', async () => {
    assert.deepEqual(
      await rowsOf(
        clients.athena,
        'select count(*) from customer_transactions where year = 2024 and month = 2',
      ),
      [['_col0'], ['50']],
    );
  });

  test('bytes scanned follow the partitions and columns a query needs', async () => {
    const bytes = async (sql: string): Promise<number> =>
      (await runQuery(clients.athena, sql)).Statistics?.DataScannedInBytes ?? -1;
    const all = await bytes('select * from customer_transactions');
    const day = await bytes(
      'select * from customer_transactions where year = 2024 and month = 12 and day = 5',
    );
    const column = await bytes(
      'select amount from customer_transactions where year = 2024 and month = 12 and day = 5',
    );
    assert.ok(all > 40 * day && day > 3 * column && column > 0, `${all}, ${day}, ${column}`);
  });

  test('the result file has NULL as nothing and every other value in quotes', async () => {
    const { ResultConfiguration } = await runQuery(
      clients.athena,
      `select 1 as a, 'x"y' as b, cast(null as varchar) as c, '' as d, 2.50 as e, 1e0 as f`,
    );
    const [, bucket = '', key = ''] =
      /^s3:\/\/([^/]+)\/(.*)$/.exec(ResultConfiguration?.OutputLocation ?? '') ?? [];
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    assert.equal(await Body?.transformToString(), '"a","b","c","d","e","f"\n"1","x""y",,"","2.50","1.0"\n');
  });

  test('results come in pages with one header', async () => {
    const { QueryExecutionId } = await runQuery(
      clients.athena,
      'select entry_id from ledger_entries order by entry_id limit 25',
    );
    const sizes: number[] = [];
    let NextToken: string | undefined;
    do {
      const page = await clients.athena.send(
        new GetQueryResultsCommand({ QueryExecutionId, MaxResults: 10, NextToken }),
      );
      sizes.push(page.ResultSet?.Rows?.length ?? 0);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    assert.deepEqual(sizes, [10, 10, 6]);
  });

  test('a running query is stopped, and the lake saw the call', async () => {
    const { QueryExecutionId } = await clients.athena.send(
      new StartQueryExecutionCommand({
        QueryString:
          'select count(*) from ledger_entries a cross join ledger_entries b where a.rate + b.rate > 3',
        QueryExecutionContext: { Database: 'centralbank_data' },
        ResultConfiguration: { OutputLocation: 's3://centralbank-athena-results/' },
      }),
    );
    const state = async () =>
      (await clients.athena.send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution?.Status
        ?.State;
    while ((await state()) === 'QUEUED') await new Promise((next) => setTimeout(next, 10));
    await clients.athena.send(new StopQueryExecutionCommand({ QueryExecutionId }));
    assert.equal(await state(), 'CANCELLED');
    assert.ok(
      (await lake.calls()).some(
        ({ action, status }) => action === 'athena:StopQueryExecution' && status === 200,
      ),
    );
    assert.deepEqual(await rowsOf(clients.athena, 'select 1 as one'), [['one'], ['1']]);
  });

  const failures: readonly (readonly [sql: string, reason: RegExp])[] = [
    ['select nope from customers', /^COLUMN_NOT_FOUND: line 1:8: Column 'nope' cannot be resolved/],
    [
      'select *\nfrom nowhere',
      /^TABLE_NOT_FOUND: line 2:6: Table 'awsdatacatalog\.centralbank_data\.nowhere' does not exist/,
    ],
    [
      'select branch_code from accounts',
      /^HIVE_BAD_DATA: Field branch_code's type INT32 .* is incompatible with type string/,
    ],
    [
      `select 1 from customer_transactions where transaction_date = '2024-01-15'`,
      /^TYPE_MISMATCH: line 1:60: Cannot apply operator: date = varchar\(10\)/,
    ],
    ['select frobnicate(1)', /^FUNCTION_NOT_FOUND: line 1:8: Function 'frobnicate' not registered/],
    [
      'select list_transform(array[1], x -> x)',
      /^FUNCTION_NOT_FOUND: line 1:8: Function 'list_transform' not registered/,
    ],
    [
      'select ngrams(array[1], 2)',
      /^NOT_SUPPORTED: line 1:8: Function 'ngrams' is not supported by the local lake/,
    ],
  ];
  for (const [sql, reason] of failures) {
    test(`fails in Athena's words: ${sql.replace('\n', ' ')}`, async () => {
      const { Status } = await runQuery(clients.athena, sql);
      assert.equal(Status?.State, 'FAILED');
      assert.match(Status?.StateChangeReason ?? '', reason);
    });
  }
});
