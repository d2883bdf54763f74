import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { command } from '../../src/cli/lifecycle';
import { awsServer, isolateEnvironment, xml, xmlFault } from '../support/awsServer';
import { runCommand, type CommandRun } from '../support/commandRun';

isolateEnvironment();

const rule = (days: number): string =>
  `<Rule><ID>temp</ID><Status>Enabled</Status><Filter><Prefix>temp/</Prefix></Filter><Expiration><Days>${days}</Days></Expiration></Rule>`;
const document = (days: number, prefix = 'temp/'): string =>
  JSON.stringify({
    Rules: [{ ID: 'temp', Status: 'Enabled', Filter: { Prefix: prefix }, Expiration: { Days: days } }],
  });

/** A bucket with a lifecycle that can be put and deleted, and two objects below temp/. */
async function lakeOf(t: TestContext, lifecycle: string | undefined) {
  const state = { lifecycle, writes: 0 };
  const server = await awsServer((request, response) => {
    const { searchParams } = request.url;
    const [method] = request.operation.split(' ');
    if (searchParams.has('lifecycle')) {
      if (method === 'GET' && state.lifecycle === undefined)
        xmlFault(response, 'NoSuchLifecycleConfiguration', 404);
      else if (method === 'GET')
        xml(response, `<LifecycleConfiguration>${state.lifecycle ?? ''}</LifecycleConfiguration>`);
      else {
        state.writes += 1;
        state.lifecycle = method === 'PUT' ? /<Rule>.*<\/Rule>/s.exec(request.body)?.[0] : undefined;
        response.writeHead(method === 'PUT' ? 200 : 204).end();
      }
    } else if (searchParams.has('versioning')) xml(response, '<VersioningConfiguration/>');
    else if (searchParams.has('uploads')) xml(response, '<ListMultipartUploadsResult/>');
    else if (request.operation === 'AmazonAthena.ListWorkGroups') {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{"WorkGroups":[]}');
    } else {
      const contents = ['temp/old.csv', 'temp/new.csv'].map(
        (key, at) =>
          `<Contents><Key>${key}</Key><Size>1073741824</Size><LastModified>${at === 0 ? '2020-01-01' : '2999-01-01'}T00:00:00Z</LastModified><StorageClass>STANDARD</StorageClass></Contents>`,
      );
      xml(
        response,
        `<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`,
      );
    }
  });
  const folder = mkdtempSync(join(tmpdir(), 'lake-lifecycle-'));
  t.after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  const at = ['--endpoint-url', server.connection.endpoint ?? '', '--region', 'us-east-1'];
  return {
    state,
    folder,
    run: (...args: readonly string[]): Promise<CommandRun> =>
      runCommand(command, [...args, ...at, '--versions', folder], { cwd: folder }),
    file: (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return name;
    },
  };
}

test('the lifecycle of a bucket is printed as the JSON that the AWS command takes', async (t) => {
  const { run } = await lakeOf(t, rule(7));
  const { code, out } = await run('s3://lake');
  assert.equal(code, 0);
  const printed = JSON.parse(out) as { Bucket: string; LifecycleConfiguration: { Rules: readonly object[] } };
  assert.equal(printed.Bucket, 'lake');
  assert.deepEqual(printed.LifecycleConfiguration.Rules, [
    { ID: 'temp', Status: 'Enabled', Filter: { Prefix: 'temp/' }, Expiration: { Days: 7 } },
  ]);
  const none = await lakeOf(t, undefined);
  assert.deepEqual(await none.run('s3://lake'), {
    code: 0,
    out: '',
    err: 'note: s3://lake has no lifecycle\n',
  });
});

test('--check exits 1 with the rules that differ, and 0 when a file says what the bucket has', async (t) => {
  const { run, file, state } = await lakeOf(t, rule(7));
  assert.deepEqual(await run('s3://lake', '--check', file('a.json', document(3))), {
    code: 1,
    out: '~ temp: below temp/: deleted after 7 days -> below temp/: deleted after 3 days\n',
    err: '',
  });
  const same = await run('s3://lake', '--check', file('b.json', document(7)), '--format', 'json');
  assert.equal(same.code, 0);
  const { version, changes, same: isSame } = JSON.parse(same.out) as Record<string, unknown>;
  assert.deepEqual([version, changes, isSame], [1, [], true]);
  assert.equal(state.writes, 0);
});

test('--apply puts the rules, keeps those before, and takes them back from what it kept', async (t) => {
  const { run, file, state } = await lakeOf(t, rule(7));
  const { code, out, err } = await run('s3://lake', '--apply', file('a.json', document(3)));
  assert.deepEqual([code, err], [0, '']);
  assert.match(state.lifecycle ?? '', /<Days>3<\/Days>/);
  const kept = /^Applied to s3:\/\/lake; before: (.+)$/m.exec(out)?.[1] ?? '';
  assert.match(readFileSync(kept, 'utf8'), /"Days": 7/);
  assert.equal((await run('s3://lake', '--apply', kept)).code, 0);
  assert.match(state.lifecycle ?? '', /<Days>7<\/Days>/);
  assert.equal(state.writes, 2);
  // The same once more writes nothing.
  assert.equal((await run('s3://lake', '--apply', kept)).out, 's3://lake has these rules.\n');
  assert.equal(state.writes, 2);
});

test('removing a lifecycle, and emptying a bucket, need its name', async (t) => {
  const { run, file, state } = await lakeOf(t, rule(7));
  const none = file('none.json', '{"Rules": []}');
  assert.deepEqual(await run('s3://lake', '--apply', none), {
    code: 2,
    out: '',
    err: 'lake-workbench: The file has no rule, which removes the whole lifecycle of s3://lake: add --confirm lake if that is meant.\n',
  });
  const all = await run('s3://lake', '--apply', file('all.json', document(1, '')));
  assert.match(all.err, /deletes every object of s3:\/\/lake in time: add --confirm lake/);
  assert.equal(state.writes, 0);
  assert.equal((await run('s3://lake', '--apply', none, '--confirm', 'lake')).code, 0);
  assert.equal(state.lifecycle, undefined);
});

test('--effects says what the rules catch, of the file where one is given', async (t) => {
  const { run, file } = await lakeOf(t, rule(7));
  const { out, err } = await run('s3://lake', '--effects');
  assert.match(err, /^note: this lists every object below s3:\/\/lake\/temp\/: about 1,082 requests/);
  assert.match(out, /^- now: deletes 1 object, 1 GB; \$0\.023 → \$0 a month$/m);
  const json = await run(
    's3://lake',
    '--effects',
    '--check',
    file('a.json', document(900_000)),
    '--format',
    'json',
  );
  const { effects } = JSON.parse(json.out) as { effects: { objects: number; rules: { now: object }[] } };
  assert.equal(effects.objects, 2);
  assert.deepEqual(effects.rules[0]?.now, {
    moved: { objects: 0, bytes: 0 },
    deleted: { objects: 0, bytes: 0 },
    before: 0,
    after: 0,
    moves: 0,
    early: 0,
  });
});

test('--advice prints what could be cheaper below a prefix', async (t) => {
  const { run } = await lakeOf(t, rule(7));
  const text = await run('s3://lake/temp/', '--advice', '--quiet');
  assert.equal(text.err, '');
  assert.match(text.out, /^# Storage advice for `s3:\/\/lake\/temp\/`$/m);
  const { out } = await run('s3://lake/temp/', '--advice', '--format', 'json');
  const { findings } = JSON.parse(out) as { findings: readonly { id: string }[] };
  assert.deepEqual(
    findings.map(({ id }) => id),
    ['storage-class', 'missing-abort'],
  );
});

test('wrong use is told in one sentence', async (t) => {
  const { run, file } = await lakeOf(t, rule(7));
  assert.match((await run('lake')).err, /lifecycle takes one bucket/);
  assert.match((await run('s3://lake/temp/')).err, /A lifecycle is of a whole bucket/);
  const broken = await run('s3://lake', '--check', file('x.json', '{"Rules": [{"Id": "a"}]}'));
  assert.deepEqual(
    [broken.code, broken.err],
    [2, 'lake-workbench: Line 1 is no lifecycle that S3 takes: Id is no part of Rules[0].\n'],
  );
  const both = await run('s3://lake', '--check', 'x.json', '--apply', 'x.json');
  assert.match(both.err, /--check only compares and --apply changes/);
});
