import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { openAws } from '../../src/aws/open';
import { handlerOptions, proxyFor } from '../../src/aws/transport';
import { isolateEnvironment } from '../support/awsServer';

const signal = new AbortController().signal;

test('the proxy is the setting, else HTTPS_PROXY, and none for what NO_PROXY excepts', () => {
  const env = { HTTPS_PROXY: 'http://env:1', NO_PROXY: 'localhost, .corp.example,10.0.0.1' };
  assert.equal(proxyFor('s3.amazonaws.com', {}, env)?.host, 'env:1');
  assert.equal(proxyFor('s3.amazonaws.com', { proxy: 'set:2' }, env)?.host, 'set:2');
  assert.equal(proxyFor('s3.amazonaws.com', { proxy: '' }, env), undefined);
  assert.equal(proxyFor('s3.amazonaws.com', {}, {}), undefined);
  assert.equal(proxyFor('corp.example', {}, env), undefined);
  assert.equal(proxyFor('a.corp.example', {}, env), undefined);
  assert.equal(proxyFor('notcorp.example', {}, env)?.host, 'env:1');
  assert.equal(proxyFor('10.0.0.1', {}, env), undefined);
  assert.equal(proxyFor('anything', {}, { ...env, NO_PROXY: '*' }), undefined);
  assert.throws(() => proxyFor('h', { proxy: 'http://[' }, {}), { kind: 'invalid' });
});

test('a CA bundle that cannot be read is refused with its name', () => {
  assert.throws(() => handlerOptions('h', {}, { AWS_CA_BUNDLE: '/nonexistent/ca.pem' }), {
    kind: 'invalid',
    message: 'The CA bundle /nonexistent/ca.pem cannot be read: correct AWS_CA_BUNDLE or the setting.',
  });
});

test('calls to AWS go through the proxy by CONNECT with its credentials, and its refusal is one sentence', async (t) => {
  isolateEnvironment();
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization']}`);
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  });
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
  t.after(() => proxy.close());
  const { port } = proxy.address() as AddressInfo;
  const ports = openAws({
    log: { record: () => undefined },
    attempts: 1,
    transport: { proxy: `http://user:p%40ss@127.0.0.1:${port}` },
  });
  const connection = { name: 'test', region: 'eu-west-1', readOnly: false, production: false };
  await assert.rejects(ports.catalog.databases(connection, {}, signal), {
    kind: 'offline',
    message: `Glue at eu-west-1 did not answer glue:GetDatabases on the catalog (the proxy 127.0.0.1:${port} answered 407): check the network, the VPN and the endpoint, then try again.`,
  });
  assert.deepEqual(asked, [
    `glue.eu-west-1.amazonaws.com:443 Basic ${Buffer.from('user:p@ss').toString('base64')}`,
  ]);
});
