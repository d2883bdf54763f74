import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { readSnapshot } from '../../src/catalog/snapshot';
import { command as lint } from '../../src/cli/lint';
import { command } from '../../src/cli/snapshot';
import { awsServer, json, jsonFault, xml } from '../support/awsServer';
import { runCommand } from '../support/commandRun';

/** A catalog of two databases, two tables to a page; `closed` denies its tables. */
async function catalogServer(t: TestContext) {
  const server = await awsServer((request, response) => {
    const { DatabaseName, NextToken } = JSON.parse(request.body) as Record<string, string | undefined>;
    if (request.operation.endsWith('GetDatabases')) {
      json(response, { DatabaseList: [{ Name: 'bank' }, { Name: 'closed' }] });
    } else if (DatabaseName === 'closed') jsonFault(response, 'AccessDeniedException');
    else if (NextToken === undefined) {
      json(response, { TableList: [{ Name: 'b' }, { Name: 'a', CreateTime: 1 }], NextToken: 'n' });
    } else json(response, { TableList: [{ Name: 'c', PartitionKeys: [{ Name: 'day', Type: 'date' }] }] });
  });
  t.after(() => server.close());
  const folder = mkdtempSync(join(tmpdir(), 'lake-snapshot-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return { folder, at: ['--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1'] };
}

test('the snapshot holds every page, sorted and without times, and names what is left out', async (t) => {
  const { folder, at } = await catalogServer(t);
  const run = await runCommand(command, ['-o', 'lake.catalog.json', ...at], { cwd: folder });
  assert.equal(run.code, 0);
  assert.match(
    run.err,
    /^note: closed is left out: Glue denied glue:GetTables on closed [^\n]*\nlake\.catalog\.json: 3 tables of 1 databases\n$/,
  );
  const text = readFileSync(join(folder, 'lake.catalog.json'), 'utf8');
  const snapshot = readSnapshot(text, 'lake.catalog.json');
  assert.deepEqual(
    snapshot.tables.map((table) => table.name),
    ['a', 'b', 'c'],
  );
  assert.deepEqual(snapshot.tables[2]?.partitionKeys, [{ name: 'day', type: 'date' }]);
  assert.deepEqual(
    snapshot.databases.map((database) => database.name),
    ['bank'],
  );
  assert.doesNotMatch(text, /createdAt/);
  assert.deepEqual(readdirSync(folder), ['lake.catalog.json']);
});

test('a database that was asked for must be there and readable, else nothing is written', async (t) => {
  const { folder, at } = await catalogServer(t);
  const denied = await runCommand(command, ['-o', 'x.json', '-d', 'closed', ...at], { cwd: folder });
  assert.equal(denied.code, 2);
  assert.match(denied.err, /^lake-workbench: Glue denied glue:GetTables on closed/);
  const gone = await runCommand(command, ['-o', 'x.json', '-d', 'nope', ...at], { cwd: folder });
  assert.equal(gone.code, 2);
  assert.match(gone.err, /^lake-workbench: There is no database nope/);
  assert.deepEqual(readdirSync(folder), []);
});

test('- is standard output, --format json says what was written, and a file is needed', async (t) => {
  const { folder, at } = await catalogServer(t);
  const printed = await runCommand(command, ['-o', '-', '-d', 'bank', ...at]);
  assert.equal(readSnapshot(printed.out, '-').tables.length, 3);
  const told = await runCommand(command, ['-o', 'x.json', '-d', 'bank', '--format', 'json', ...at], {
    cwd: folder,
  });
  assert.deepEqual(JSON.parse(told.out), { version: 1, file: 'x.json', databases: 1, tables: 3, left: [] });
  assert.match((await runCommand(command, at)).err, /snapshot needs a file to write/);
  const nowhere = await runCommand(command, ['-o', 'no/such/folder.json', '-d', 'bank', ...at], {
    cwd: folder,
  });
  assert.equal(
    nowhere.err,
    'lake-workbench: no/such/folder.json cannot be written: check the folder and its permissions.\n',
  );
});

test('a location that a load reads is counted, and lint judges the load by it', async (t) => {
  const gigabytes = 40 * 2 ** 30;
  const server = await awsServer((request, response) => {
    if (request.operation.endsWith('GetDatabases')) json(response, { DatabaseList: [] });
    else {
      const contents = `<Contents><Key>in/a.csv.gz</Key><Size>${gigabytes}</Size></Contents>`;
      xml(response, `<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`);
    }
  });
  t.after(() => server.close());
  const folder = mkdtempSync(join(tmpdir(), 'lake-listing-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const at = ['--endpoint-url', server.connection.endpoint ?? '', '--region', 'eu-west-1'];
  const run = await runCommand(
    command,
    ['-o', 'lake.catalog.json', '--listing', 's3://lake/in/', '--slices', '16', ...at],
    { cwd: folder },
  );
  assert.equal(run.code, 0, run.err);
  const { listings, slices } = readSnapshot(readFileSync(join(folder, 'lake.catalog.json'), 'utf8'), 'x');
  assert.deepEqual(listings, { 's3://lake/in/': { objects: 1, bytes: gigabytes } });
  assert.equal(slices, 16);
  writeFileSync(
    join(folder, 'load.sql'),
    "-- dialect: redshift\nCOPY t FROM 's3://lake/in/' IAM_ROLE default FORMAT AS CSV GZIP;\n",
  );
  const linted = await runCommand(lint, ['load.sql', '--catalog', 'lake.catalog.json'], { cwd: folder });
  assert.match(linted.out, /load\.sql:2:13 {2}information {2}All 40 GB are in one file [^\n]* RS206 /);
});

test('what is no location and no number of slices is said', async () => {
  assert.match(
    (await runCommand(command, ['-o', '-', '--listing', 'lake'])).err,
    /--listing takes a location/,
  );
  assert.match(
    (await runCommand(command, ['-o', '-', '--slices', 'many'])).err,
    /--slices takes a whole number/,
  );
});
