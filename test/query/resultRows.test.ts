import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { fileChunks } from '../../src/query/resultFile';
import { openResult, type ResultRows } from '../../src/query/resultRows';
import { athenaCsv, connection, finished, resultLake, sampleColumns, sampleRows } from './resultLake';

const never = new AbortController().signal;
const rows = sampleRows(12_345);
const file = athenaCsv(sampleColumns, rows);
const whole = { columns: sampleColumns, rows, file };

const open = (lake: ReturnType<typeof resultLake>, more: object = {}): Promise<ResultRows> =>
  openResult({ ...lake, status: finished, ...more }, never);

const all = (result: ResultRows) =>
  result.rows({ from: 0, to: result.rowCount, columnFrom: 0, columnTo: result.columns.length });

test('the first page is there at once, with names and types, and the rest comes from the file', async () => {
  const lake = resultLake(whole);
  const result = await open(lake);
  assert.deepEqual(result.columns, sampleColumns);
  assert.equal(result.rowCount, 1_000);
  assert.equal(result.final, false);
  assert.deepEqual(result.rows({ from: 998, to: 1_002, columnFrom: 0, columnTo: 2 }), [
    ['998', 'name 998'],
    ['999', 'name 999'],
  ]);
  const grown: number[] = [];
  result.onGrow(() => grown.push(result.rowCount));
  await result.done;
  assert.equal(result.final, true);
  assert.deepEqual(all(result), rows);
  assert.ok(grown.every((count, at) => count >= (grown[at - 1] ?? 1_000)));
  assert.equal(grown.at(-1), 12_345);
  assert.deepEqual(lake.calls, ['page 0', 'head', 'read 0']);
});

test('a result of one page needs no file', async () => {
  const few = sampleRows(7);
  const lake = resultLake({ columns: sampleColumns, rows: few, file: athenaCsv(sampleColumns, few) });
  const result = await open(lake);
  await result.done;
  assert.deepEqual(all(result), few);
  assert.deepEqual(lake.calls, ['page 0', 'head']);
  assert.equal(result.file?.bytes, athenaCsv(sampleColumns, few).length);
});

for (const [kind, hooks] of Object.entries({
  'there is no file': {},
  'the file may not be looked at': { head: () => Promise.reject(new Problem('Denied.', 'denied')) },
  'the file may not be read': { read: () => Promise.reject(new Problem('Denied.', 'denied')) },
})) {
  test(`all rows come over the API when ${kind}`, async () => {
    const lake = resultLake({
      columns: sampleColumns,
      rows,
      hooks,
      ...(kind === 'there is no file' ? {} : { file }),
    });
    const result = await open(lake);
    await result.done;
    assert.deepEqual(all(result), rows);
    assert.equal(result.file, undefined);
    assert.ok(lake.calls.includes('page 12000'));
  });
}

test('large files come in ranges of 8 MB, four at a time, in order', async () => {
  const bytes = new Uint8Array(50 * 1024 * 1024).map((_, at) => at >> 20);
  let flying = 0;
  let most = 0;
  const lake = resultLake({
    ...whole,
    file: bytes,
    hooks: {
      async read({ start, end }) {
        flying += 1;
        most = Math.max(most, flying);
        // Later ranges answer sooner.
        for (let turn = 0; turn < 20 - start / (8 * 1024 * 1024); turn++) await Promise.resolve();
        flying -= 1;
        return bytes.subarray(start, end);
      },
    },
  });
  const request = { ...lake, file: { bucket: 'results', key: 'athena/query-1.csv', bytes: bytes.length } };
  let at = 0;
  for await (const chunk of fileChunks(request, never)) {
    assert.equal(chunk[0], at >> 20);
    at += chunk.length;
  }
  assert.equal(at, bytes.length);
  assert.equal(most, 4);
});

test('a file that stops in the middle of a row is a Problem that names it, and the rows before it stay', async () => {
  const result = await open(resultLake({ ...whole, file: file.slice(0, file.length - 20) }));
  await assert.rejects(result.done, (error) => {
    assert.ok(error instanceof Problem);
    assert.match(
      error.message,
      /^The result file s3:\/\/results\/athena\/query-1\.csv ends in the middle of a row/,
    );
    return true;
  });
  assert.equal(result.final, true);
  assert.ok(result.rowCount >= 12_343);
});

test('a file that gives fewer bytes than it said is a Problem', async () => {
  const short = {
    read: ({ start, end }: { start: number; end: number }) => Promise.resolve(file.slice(start, end - 9)),
  };
  const result = await open(resultLake({ ...whole, hooks: short }));
  await assert.rejects(result.done, /ends in the middle of a row/);
  assert.equal(result.rowCount, 1_000);
});

test('a file whose rows do not fit the columns is a Problem that says which row', async () => {
  const broken = Buffer.from(file.toString().replace('"4000","name 4000"', '"4000"'));
  const result = await open(resultLake({ ...whole, file: broken }));
  await assert.rejects(result.done, /^Problem: Row 4001 of the result file .* has not the 3 values/);
});

test('the endpoint going away keeps what is shown', async () => {
  const away = { read: () => Promise.reject(new Problem('The endpoint cannot be reached.', 'offline')) };
  const result = await open(resultLake({ ...whole, hooks: away }));
  await assert.rejects(result.done, /cannot be reached/);
  assert.equal(result.rowCount, 1_000);
  assert.deepEqual(all(result), rows.slice(0, 1_000));
});

test('a cancel stops reading, silently', async () => {
  const stop = new AbortController();
  const lake = resultLake({
    ...whole,
    hooks: {
      read: (_, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        ),
    },
  });
  const result = await openResult({ ...lake, status: finished }, stop.signal);
  stop.abort();
  await assert.rejects(result.done, { name: 'AbortError' });
  assert.equal(result.rowCount, 1_000);
});

test('above the budget the first rows are kept, whole, and it is said how many bytes they are', async () => {
  const result = await open(resultLake(whole), { budget: 100_000 });
  await result.done;
  assert.equal(result.keptBytes, 100_000);
  assert.equal(result.file?.bytes, file.length);
  assert.ok(result.rowCount > 1_000 && result.rowCount < 12_345);
  assert.deepEqual(all(result), rows.slice(0, result.rowCount));
});

test('results of DDL and SHOW are lines of text', async () => {
  const columns = [{ name: 'partition', type: 'string' }];
  const lines = Array.from({ length: 2_500 }, (_, day) => [`year=2024/day=${day}`]);
  const text = Buffer.from(lines.map(([line]) => `${line}\n`).join(''));
  const lake = resultLake({ columns, rows: lines, file: text });
  const status = {
    ...finished,
    statementType: 'ddl' as const,
    resultLocation: 's3://results/athena/query-1.txt',
  };
  const result = await openResult({ ...lake, status }, never);
  await result.done;
  assert.equal(result.csv, false);
  assert.deepEqual(all(result), lines);
  assert.ok(lake.calls.includes('read 0'));
});

test('DESCRIBE names three columns and answers with one padded text: it is taken apart', async () => {
  const columns = ['col_name', 'data_type', 'comment'].map((name) => ({ name, type: 'string' }));
  const lake = resultLake({
    columns,
    rows: [['id                  \tbigint              \t                    '], ['x']],
  });
  const result = await open(lake, { status: { ...finished, statementType: 'utility' } });
  await result.done;
  assert.deepEqual(all(result), [
    ['id', 'bigint', ''],
    ['x', null, null],
  ]);
});

test('without a first page there is no result, but a Problem', async () => {
  const lake = resultLake({
    ...whole,
    hooks: { page: () => Promise.reject(new Problem('Athena denied athena:GetQueryResults.', 'denied')) },
  });
  await assert.rejects(
    openResult({ ...lake, connection, status: finished }, never),
    /denied athena:GetQueryResults/,
  );
});
