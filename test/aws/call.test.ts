import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { awsServer, json, jsonFault, xml, xmlFault, type Answer, type AwsServer } from '../support/awsServer';

const signal = new AbortController().signal;

/** What a call to Glue leaves behind when the server answers so. */
async function tablesAgainst(
  answer: Answer,
  options: { attempts?: number; idleMs?: number } = {},
): Promise<{ problem: Problem; server: AwsServer }> {
  const server = await awsServer(answer, options);
  try {
    await server.ports.catalog.tables(server.connection, { database: 'bank' }, signal);
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return { problem: error, server };
  } finally {
    await server.close();
  }
  throw new Error('The call should have failed.');
}

for (const [name, kind] of [
  ['AccessDeniedException', 'denied'],
  ['ExpiredTokenException', 'signed-out'],
  ['UnrecognizedClientException', 'signed-out'],
  ['InvalidSignatureException', 'signed-out'],
  ['EntityNotFoundException', 'missing'],
  ['InvalidInputException', 'invalid'],
  ['GlueEncryptionException', 'other'],
] as const) {
  test(`${name} of Glue is ${kind}, in one sentence that names action and target or connection`, async () => {
    const { problem, server } = await tablesAgainst((_request, response) => jsonFault(response, name));
    assert.equal(problem.kind, kind);
    assert.match(problem.message, /^[A-Z][^\n]*[.]$/);
    assert.match(problem.message, /bank|test/);
    assert.deepEqual(problem.details, { action: 'glue:GetTables', target: 'bank', requestId: 'req-1' });
    assert.equal(server.seen.length, 1, 'not worth a retry');
  });
}

test('a denial names the missing permission and the role as AWS does', async () => {
  const said =
    'User: arn:aws:sts::111122223333:assumed-role/analyst/jane is not authorized to perform: glue:GetTables on resource: arn:aws:glue:eu-west-1:111122223333:catalog because no identity-based policy allows the glue:GetTables action';
  const { problem } = await tablesAgainst((_request, response) =>
    jsonFault(response, 'AccessDeniedException', said),
  );
  assert.equal(
    problem.message,
    'Glue denied glue:GetTables on bank for role/analyst: allow this action in its policy or ask whoever manages it.',
  );
});

test('a denial of another action that the call needs names that action', async () => {
  const said = 'User: arn:aws:iam::1:user/jane is not authorized to perform: kms:Decrypt on resource: x';
  const { problem } = await tablesAgainst((_request, response) =>
    jsonFault(response, 'AccessDeniedException', said),
  );
  assert.equal(problem.details.action, 'kms:Decrypt');
  assert.match(problem.message, /^kms denied kms:Decrypt on bank for user\/jane/);
});

test('throttling is tried again as often as allowed, then told with the number of attempts', async () => {
  const { problem, server } = await tablesAgainst(
    (_request, response) => jsonFault(response, 'ThrottlingException', 'Rate exceeded'),
    { attempts: 2 },
  );
  assert.equal(problem.kind, 'throttled');
  assert.match(problem.message, /after 2 attempts: try again in a minute\.$/);
  assert.equal(server.seen.length, 2);
  assert.equal(server.log.at(-1)?.retries, 1);
});

test('a fault that passes is not seen by the caller, only by the log', async () => {
  const server = await awsServer((_request, response, count) => {
    if (count === 0) jsonFault(response, 'InternalServiceException', 'oops', 500);
    else json(response, { TableList: [{ Name: 't' }] });
  });
  const page = await server.ports.catalog.tables(server.connection, { database: 'bank' }, signal);
  assert.equal(page.items[0]?.name, 't');
  const { ms, ...entry } = server.log[0] ?? { ms: -1 };
  assert.ok(ms >= 0);
  assert.deepEqual(entry, {
    action: 'glue:GetTables',
    target: 'bank',
    connection: 'test',
    outcome: 'done',
    status: 200,
    retries: 1,
    requestId: 'req-1',
  });
  await server.close();
});

test('the log holds neither headers nor bodies nor keys', async () => {
  const server = await awsServer((_request, response) =>
    json(response, { TableList: [{ Name: 'secret_table' }] }),
  );
  await server.ports.catalog.tables(server.connection, { database: 'bank' }, signal);
  await server.close();
  assert.match(server.seen[0]?.headers.authorization ?? '', /AKIATEST/);
  assert.doesNotMatch(JSON.stringify(server.log), /AKIATEST|secret|Signature/);
});

for (const [what, answer] of [
  [
    'a login page',
    (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>'),
  ],
  [
    'half a body',
    (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{"TableList":[{"Na'),
  ],
  [
    'a fault of the service',
    (_request, response) => jsonFault(response, 'InternalServiceException', 'oops', 500),
  ],
  ['a gateway’s page', (_request, response) => response.writeHead(502).end('bad gateway')],
  ['a connection that breaks off', (_request, response) => void response.socket?.destroy()],
] satisfies readonly (readonly [string, Answer])[]) {
  test(`${what} is offline, in one sentence with the endpoint`, async () => {
    const { problem } = await tablesAgainst(answer);
    assert.equal(problem.kind, 'offline');
    assert.match(problem.message, /^Glue at http:\/\/127\.0\.0\.1:\d+ [^\n]*\.$/);
  });
}

test('a server that never answers ends as offline within the idle time, and says that it timed out', async () => {
  const { problem, server } = await tablesAgainst(() => undefined, { idleMs: 150, attempts: 2 });
  assert.equal(problem.kind, 'offline');
  assert.match(problem.message, /\(timed out\)/);
  assert.equal(server.seen.length, 2);
});

test('an endpoint that is gone is offline and says that the connection was refused', async () => {
  const gone = createServer();
  await new Promise<void>((ready) => gone.listen(0, '127.0.0.1', ready));
  const { port } = gone.address() as AddressInfo;
  await new Promise<void>((closed) => gone.close(() => closed()));
  const server = await awsServer(() => undefined);
  const connection = { ...server.connection, endpoint: `http://127.0.0.1:${port}` };
  await assert.rejects(server.ports.identity.caller(connection, signal), {
    kind: 'offline',
    message: `STS at http://127.0.0.1:${port} did not answer sts:GetCallerIdentity on test (connection refused): check the network, the VPN and the endpoint, then try again.`,
  });
  await server.close();
});

test('a cancel comes out at once as AbortError while the server is silent, and is logged as such', async () => {
  const controller = new AbortController();
  const server = await awsServer(() => controller.abort(), { idleMs: 60_000 });
  const started = performance.now();
  await assert.rejects(server.ports.catalog.databases(server.connection, {}, controller.signal), {
    name: 'AbortError',
  });
  assert.ok(performance.now() - started < 2000);
  assert.equal(server.log.at(-1)?.outcome, 'cancelled');
  await server.close();
});

test('a cancel comes out at once while the SDK waits to try again', async () => {
  const controller = new AbortController();
  const server = await awsServer(
    (_request, response) => {
      jsonFault(response, 'ThrottlingException');
      setTimeout(() => controller.abort(), 5);
    },
    { attempts: 10 },
  );
  await assert.rejects(server.ports.catalog.databases(server.connection, {}, controller.signal), {
    name: 'AbortError',
  });
  await server.close();
});

for (const [code, status, kind] of [
  ['AccessDenied', 403, 'denied'],
  ['ExpiredToken', 400, 'signed-out'],
  ['InvalidAccessKeyId', 403, 'signed-out'],
  ['SignatureDoesNotMatch', 403, 'signed-out'],
  ['SlowDown', 503, 'throttled'],
  ['NoSuchBucket', 404, 'missing'],
] as const) {
  test(`${code} of S3 is ${kind}`, async () => {
    const server = await awsServer((_request, response) => xmlFault(response, code, status), { attempts: 1 });
    await assert.rejects(server.ports.store.list(server.connection, { bucket: 'b', prefix: 'p/' }, signal), {
      kind,
    });
    await server.close();
  });
}

test('a HEAD without a body is understood by its status', async () => {
  const server = await awsServer((request, response) => {
    response.writeHead(request.url.pathname.endsWith('closed') ? 403 : 404).end();
  });
  const head = async (key: string) =>
    server.ports.store.head(server.connection, { bucket: 'b', key }, signal);
  await assert.rejects(head('closed'), { kind: 'denied' });
  await assert.rejects(head('gone'), { kind: 'missing' });
  await server.close();
});

test('credentials that expire in the middle of a listing are told, and a new sign-in is read after forget', async () => {
  const server = await awsServer((request, response) => {
    const expired =
      /Credential=AKIATEST\//.test(request.headers.authorization ?? '') &&
      request.url.searchParams.has('continuation-token');
    if (expired) xmlFault(response, 'ExpiredToken', 400);
    else {
      const next = request.url.searchParams.has('continuation-token')
        ? ''
        : '<NextContinuationToken>n</NextContinuationToken>';
      xml(
        response,
        `<ListBucketResult><IsTruncated>${next !== ''}</IsTruncated>${next}<Contents><Key>k</Key><Size>1</Size></Contents></ListBucketResult>`,
      );
    }
  });
  const { store } = server.ports;
  const first = await store.list(server.connection, { bucket: 'b', prefix: '' }, signal);
  assert.equal(first.next, 'n');
  const second = async () => store.list(server.connection, { bucket: 'b', prefix: '', next: 'n' }, signal);
  await assert.rejects(second, {
    kind: 'signed-out',
    message: 'S3 refused s3:ListBucket on s3://b/, since the sign-in of test has expired: sign in again.',
  });
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIANEW';
  await assert.rejects(second, { kind: 'signed-out' }, 'the old credentials are kept until told');
  server.ports.forget(server.connection);
  assert.equal((await second()).objects.length, 1);
  await server.close();
});

test('without any credentials the sentence says whose, and to sign in', async () => {
  const server = await awsServer(() => undefined);
  delete process.env['AWS_ACCESS_KEY_ID'];
  const connection = { ...server.connection, profile: 'analyst' };
  await assert.rejects(server.ports.identity.caller(connection, signal), (error: Problem) => {
    assert.equal(error.kind, 'signed-out');
    assert.match(
      error.message,
      /^There are no usable credentials for profile analyst \(.*\), so sts:GetCallerIdentity on test was not called: sign in or correct the profile\.$/,
    );
    return true;
  });
  await server.close();
});

test('an archived object says that it has to be restored', async () => {
  const server = await awsServer((_request, response) => {
    xmlFault(response, 'InvalidObjectState', 403);
  });
  try {
    const { connection, ports } = server;
    await assert.rejects(ports.store.read(connection, { bucket: 'b', key: 'old.csv' }, signal), (error) => {
      assert.ok(error instanceof Problem);
      assert.equal(error.kind, 'invalid');
      assert.match(
        error.message,
        /^S3 cannot read s3:\/\/b\/old\.csv, since it is archived .*: restore it first/,
      );
      return true;
    });
  } finally {
    await server.close();
  }
});

test('a bucket of another region is told with both regions, where an endpoint keeps the SDK from following', async () => {
  const server = await awsServer((_request, response) => {
    response.setHeader('x-amz-bucket-region', 'ap-south-1');
    xmlFault(response, 'PermanentRedirect', 301);
  });
  try {
    const { connection, ports } = server;
    await assert.rejects(ports.store.list(connection, { bucket: 'far', prefix: '' }, signal), (error) => {
      assert.ok(error instanceof Problem);
      assert.equal(error.kind, 'invalid');
      assert.equal(
        error.message,
        `The bucket of s3://far/ lies in region ap-south-1, but connection ${connection.name} asks in ${connection.region} at ${connection.endpoint ?? ''}: use a connection of that region.`,
      );
      return true;
    });
  } finally {
    await server.close();
  }
});
