import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { command } from '../../src/cli/query';
import { awsServer, json, jsonFault, xmlFault, type AwsServer, type Seen } from '../support/awsServer';
import { runCommand } from '../support/commandRun';

interface Scripted {
  readonly server: AwsServer;
  readonly args: readonly string[];
  /** Bodies of the calls of one operation. */
  sent(operation: string): Record<string, unknown>[];
}

/** An Athena that answers one query: its status by turns, its rows by the API or the result file. */
async function athena(
  t: TestContext,
  script: {
    readonly states?: readonly Record<string, unknown>[];
    readonly group?: Record<string, unknown>;
    readonly rows?: readonly (readonly (string | null)[])[];
    /** The whole result as its CSV file; rows is then the first page. */
    readonly file?: string;
    /** A second page of the same rows, and a file that denies. */
    readonly paged?: boolean;
    readonly onStatus?: (count: number) => void;
  },
): Promise<Scripted> {
  let looks = 0;
  let stopped = false;
  const states = script.states ?? [{ Status: { State: 'SUCCEEDED' } }];
  const server = await awsServer((request, response) => {
    switch (request.operation.replace('AmazonAthena.', '')) {
      case 'GetWorkGroup':
        return json(response, {
          WorkGroup: {
            Name: 'primary',
            State: 'ENABLED',
            Configuration: script.group ?? { ResultConfiguration: { OutputLocation: 's3://results/' } },
          },
        });
      case 'StartQueryExecution':
        return json(response, { QueryExecutionId: 'q-1' });
      case 'StopQueryExecution':
        stopped = true;
        return json(response, {});
      case 'GetQueryExecution': {
        const state = states[Math.min(looks, states.length - 1)] ?? {};
        looks += 1;
        script.onStatus?.(looks);
        return json(response, {
          QueryExecution: {
            StatementType: 'DML',
            Statistics: { DataScannedInBytes: 1, TotalExecutionTimeInMillis: 3400 },
            ResultConfiguration: { OutputLocation: 's3://results/q-1.csv' },
            ...state,
            ...(stopped ? { Status: { State: 'CANCELLED' } } : {}),
          },
        });
      }
      case 'GetQueryResults':
        return json(response, resultPage(request, script));
      default:
        return serveFile(request, response, script.file);
    }
  });
  t.after(() => server.close());
  return {
    server,
    args: ['--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1'],
    sent: (operation) =>
      server.seen
        .filter((request) => request.operation.endsWith(`.${operation}`))
        .map((request) => JSON.parse(request.body) as Record<string, unknown>),
  };
}

function resultPage(
  request: Seen,
  script: { rows?: readonly (readonly (string | null)[])[]; file?: string; paged?: boolean },
) {
  const rows = script.rows ?? [];
  const more = request.body.includes('NextToken');
  return {
    ResultSet: {
      ResultSetMetadata: {
        ColumnInfo: [
          { Name: 'id', Label: 'id', Type: 'bigint' },
          { Name: 'note', Label: 'note', Type: 'varchar' },
        ],
      },
      Rows: (more ? rows : [['id', 'note'], ...rows]).map((row) => ({
        Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
      })),
    },
    ...((script.file === undefined && script.paged !== true) || more ? {} : { NextToken: 'next' }),
  };
}

function serveFile(request: Seen, response: Parameters<typeof json>[0], file: string | undefined): void {
  const bytes = Buffer.from(file ?? '');
  if (file === undefined) xmlFault(response, 'AccessDenied', 403);
  else if (request.operation.startsWith('HEAD'))
    response.writeHead(200, { 'content-length': bytes.length }).end();
  else {
    const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '');
    const part = range === null ? bytes : bytes.subarray(Number(range[1]), Number(range[2]) + 1);
    response.writeHead(206, { 'content-range': `bytes 0-0/${bytes.length}` }).end(part);
  }
}

test('rows come as CSV with NULL told from empty, and the figures of the run on standard error', async (t) => {
  const lake = await athena(t, {
    rows: [
      ['1', 'a,"b"'],
      ['2', null],
      ['3', ''],
    ],
  });
  const run = await runCommand(command, ['-', ...lake.args], { stdin: '-- mine\nselect 1;\n' });
  assert.equal(run.err, '3 rows · 1 B scanned · <$0.001 · 3.4 s\n');
  assert.equal(run.out, 'id,note\n1,"a,""b"""\n2,\n3,""\n');
  assert.equal(run.code, 0);
  const [start] = lake.sent('StartQueryExecution');
  assert.equal(start?.['QueryString'], '-- mine\nselect 1');
  assert.match(String(start?.['ClientRequestToken']), /^[0-9a-f-]{36}$/);
});

test('--format json gives numbers, text, null and the facts of the run', async (t) => {
  const lake = await athena(t, {
    rows: [
      ['1', 'x'],
      ['9007199254740993', null],
    ],
  });
  const run = await runCommand(command, ['-', '--format', 'json', '-q', ...lake.args], { stdin: 'select 1' });
  assert.equal(run.err, '');
  assert.deepEqual(JSON.parse(run.out), {
    version: 1,
    columns: [
      { name: 'id', type: 'bigint' },
      { name: 'note', type: 'varchar' },
    ],
    rows: [
      [1, 'x'],
      ['9007199254740993', null],
    ],
    run: {
      id: 'q-1',
      state: 'succeeded',
      bytesScanned: 1,
      usd: (5 * 10 * 2 ** 20) / 2 ** 40,
      ms: 3400,
      rows: 2,
    },
  });
});

test('a result without rows is valid in every format', async (t) => {
  const lake = await athena(t, {});
  const of = async (...args: string[]) =>
    (await runCommand(command, ['-', ...args, ...lake.args], { stdin: 'select 1' })).out;
  assert.equal(await of(), 'id,note\n');
  assert.deepEqual((JSON.parse(await of('--format', 'json')) as { rows: unknown }).rows, []);
});

test('a large result is read from its file, each row once, and written to the file named', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lake-query-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const all = Array.from({ length: 5000 }, (_, at) => `"${at}",${at % 2 === 0 ? '' : '"ü"'}`);
  const lake = await athena(t, {
    rows: [
      ['0', null],
      ['1', 'ü'],
    ],
    file: `"id","note"\n${all.join('\n')}\n`,
  });
  const run = await runCommand(command, ['-', '-o', 'rows.ndjson', ...lake.args], {
    stdin: 'select 1',
    cwd: folder,
  });
  assert.equal(run.out, '');
  assert.match(run.err, /^5,000 rows/);
  const lines = readFileSync(join(folder, 'rows.ndjson'), 'utf8').trimEnd().split('\n');
  assert.equal(lines.length, 5000);
  assert.equal(lines[0], '{"id":0,"note":null}');
  assert.equal(lines[1], '{"id":1,"note":"ü"}');
  assert.equal(lines[4999], '{"id":4999,"note":"ü"}');
  assert.deepEqual(readdirSync(folder), ['rows.ndjson'], 'nothing half-written stays');
  assert.equal(lake.sent('GetQueryResults').length, 1);
});

test('where the result file may not be read the rows come by the API, page by page', async (t) => {
  const lake = await athena(t, { rows: [['1', 'x']], paged: true });
  const run = await runCommand(command, ['-', '-q', ...lake.args], { stdin: 'select 1' });
  assert.deepEqual(run, { code: 0, out: 'id,note\n1,x\n1,x\n', err: '' });
  assert.equal(lake.sent('GetQueryResults').length, 2);
});

test('a result file that lacks rows is told, not taken for the whole', async (t) => {
  const lake = await athena(t, { rows: [['1', 'x']], file: '' });
  const run = await runCommand(command, ['-', '-q', ...lake.args], { stdin: 'select 1' });
  assert.equal(run.code, 2);
  assert.match(run.err, /rows are missing: run the query again/);
});

test('a failed statement exits 1 and names file, line and column', async (t) => {
  const lake = await athena(t, {
    states: [
      {
        Status: {
          State: 'FAILED',
          StateChangeReason: "COLUMN_NOT_FOUND: line 2:3: Column 'amout' cannot be resolved",
        },
      },
    ],
  });
  const folder = mkdtempSync(join(tmpdir(), 'lake-query-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'q.sql'), 'select\n  amout from t');
  const run = await runCommand(command, ['q.sql', ...lake.args], { cwd: folder });
  assert.deepEqual(run, {
    code: 1,
    out: '',
    err: "q.sql:2:3: Column 'amout' cannot be resolved (COLUMN_NOT_FOUND)\n",
  });
});

test('Ctrl-C stops the statement at AWS and exits 130', async (t) => {
  const controller = new AbortController();
  const lake = await athena(t, {
    states: [{ Status: { State: 'RUNNING' } }],
    onStatus: (count) => {
      if (count === 2) controller.abort();
    },
  });
  const run = await runCommand(command, ['-', ...lake.args], {
    stdin: 'select 1',
    signal: controller.signal,
  });
  assert.equal(run.code, 130);
  assert.deepEqual(lake.sent('StopQueryExecution'), [{ QueryExecutionId: 'q-1' }]);
});

test('--max-cost says what it cannot know, stops what reads more, and exits 1', async (t) => {
  const lake = await athena(t, {
    states: [{ Status: { State: 'RUNNING' }, Statistics: { DataScannedInBytes: 2 ** 40 } }],
  });
  const run = await runCommand(command, ['-', '--max-cost', '1', ...lake.args], { stdin: 'select 1' });
  assert.equal(run.code, 1);
  assert.match(
    run.err,
    /^note: work group primary sets no limit; .*\n.*read 1 TB \(\$5\.00\), more than the limit of \$1\.00/,
  );
  assert.equal(lake.sent('StopQueryExecution').length, 1);
});

test('a work group whose own limit is lower needs no note', async (t) => {
  const lake = await athena(t, {
    group: { BytesScannedCutoffPerQuery: 2 ** 30, ResultConfiguration: { OutputLocation: 's3://results/' } },
  });
  const run = await runCommand(command, ['-', '--max-cost', '1', ...lake.args], { stdin: 'select 1' });
  assert.doesNotMatch(run.err, /note/);
});

test('parameters go as literals in the order of their places', async (t) => {
  const lake = await athena(t, {});
  const sql = "select ':a', :b, :a -- :c\nfrom t where x = :b";
  const args = ['--param', "a=O'Neil", '-p', 'b=7', ...lake.args];
  await runCommand(command, ['-', ...args], { stdin: sql });
  const [start] = lake.sent('StartQueryExecution');
  assert.deepEqual(start?.['ExecutionParameters'], ['7', "'O''Neil'", '7']);
  assert.equal(start?.['QueryString'], "select ':a', ? , ?  -- :c\nfrom t where x = ? ");
});

for (const [what, args, stdin, sentence] of [
  ['no file', [], '', /query needs one file/],
  ['two statements', ['-'], 'select 1; select 2', /holds 2 statements and Athena runs one at a time/],
  ['only a comment', ['-'], '-- nothing;', /holds no statement/],
  [
    'Parquet',
    ['-', '-o', 'x.parquet'],
    'select 1',
    /Parquet is not written here: let Athena write it with UNLOAD/,
  ],
  ['an ending nobody knows', ['-', '-o', 'x.doc'], 'select 1', /end it with \.csv, \.ndjson or \.json/],
  [
    'a parameter without a value',
    ['-', '-p', 'a=1'],
    'select :a, :b',
    /uses :b without a value: give --param b=VALUE/,
  ],
  ['a value without a parameter', ['-', '-p', 'a=1'], 'select 1', /has no :a/],
  [
    'a limit that is no amount',
    ['-', '--max-cost', 'much'],
    'select 1',
    /takes an amount of USD and not much/,
  ],
  ['a file that is not there', ['nope.sql'], '', /nope\.sql cannot be opened/],
] as const) {
  test(`${what} is refused in one sentence with exit code 2, and nothing is started`, async (t) => {
    const lake = await athena(t, {});
    const run = await runCommand(command, [...args, ...lake.args], { stdin });
    assert.equal(run.code, 2);
    assert.match(run.err, sentence);
    assert.equal(run.err.trim().split('\n').length, 1);
    assert.deepEqual(lake.sent('StartQueryExecution'), []);
  });
}

test('a work group without an output location asks for one', async (t) => {
  const lake = await athena(t, { group: {} });
  const run = await runCommand(command, ['-', ...lake.args], { stdin: 'select 1' });
  assert.equal(run.code, 2);
  assert.match(run.err, /no output location: give one with --output-location s3:/);
});

test('an AWS fault is one sentence and exit code 2', async (t) => {
  const server = await awsServer((_request, response) => jsonFault(response, 'ExpiredTokenException'));
  t.after(() => server.close());
  const args = ['-', '--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1'];
  const run = await runCommand(command, args, { stdin: 'select 1' });
  assert.deepEqual(run, {
    code: 2,
    out: '',
    err: 'lake-workbench: Athena refused athena:GetWorkGroup on work group primary, since the sign-in of environment has expired: sign in again.\n',
  });
});
