import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { connectionKey, endpointOf, type Connection } from '../../src/connection/connection';
import { principalOf } from '../../src/connection/identity';
import { parseProfiles } from '../../src/connection/profiles';
import { resolveConnection, type ConnectionSettings } from '../../src/connection/resolve';

const profiles = parseProfiles({
  config: `
[default]
region = eu-west-1
[profile bare]
[profile role]
role_arn = arn:aws:iam::1:role/x
source_profile = default
[profile local]
region = eu-west-3
endpoint_url = http://127.0.0.1:1
services = one
[services one]
s3 =
  endpoint_url = http://127.0.0.1:2
[profile quiet]
region = eu-west-3
endpoint_url = http://127.0.0.1:1
ignore_configured_endpoint_urls = true
`,
  credentials: '',
});

function resolved(settings: ConnectionSettings, env: Record<string, string> = {}): Connection {
  const result = resolveConnection({ settings, env, profiles });
  if (result instanceof Problem) throw result;
  return result;
}

test('the region is the setting, AWS_REGION, AWS_DEFAULT_REGION or the profile’s, in this order', () => {
  const env = { AWS_REGION: 'r-env', AWS_DEFAULT_REGION: 'r-default' };
  assert.equal(resolved({ region: 'r-set' }, env).region, 'r-set');
  assert.equal(resolved({}, env).region, 'r-env');
  assert.equal(resolved({}, { AWS_DEFAULT_REGION: 'r-default' }).region, 'r-default');
  assert.equal(resolved({}).region, 'eu-west-1');
  assert.equal(resolved({ profile: 'role' }).region, 'eu-west-1', 'from the source profile');
});

test('no region anywhere is asked for, never assumed', () => {
  const result = resolveConnection({ settings: { profile: 'bare' }, env: {}, profiles });
  assert.ok(result instanceof Problem);
  assert.equal(
    result.message,
    'Profile bare names no region: choose one, or set region in the profile or AWS_REGION.',
  );
});

test('a profile that is not there is refused with those that are', () => {
  const result = resolveConnection({ settings: { profile: 'nope' }, env: {}, profiles });
  assert.ok(result instanceof Problem);
  assert.match(result.message, /no profile nope .*default, bare, role, local, quiet/);
});

test('the profile is the setting, AWS_PROFILE, none with keys in the environment, else the default', () => {
  assert.equal(resolved({ profile: 'local' }, { AWS_PROFILE: 'role' }).profile, 'local');
  assert.equal(resolved({}, { AWS_PROFILE: 'local' }).profile, 'local');
  const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: 'r' };
  assert.equal(resolved({}, keys).profile, undefined);
  assert.equal(resolved({}, keys).name, 'environment');
  assert.equal(resolved({}).profile, 'default');
});

test('the endpoint of a service follows the order of the SDKs', () => {
  const env = { AWS_ENDPOINT_URL_S3: 'http://s3', AWS_ENDPOINT_URL: 'http://all' };
  const own = resolved({ profile: 'local', endpoint: 'http://set' }, env);
  assert.equal(endpointOf(own, 's3'), 'http://set');
  const both = resolved({ profile: 'local' }, env);
  assert.equal(endpointOf(both, 's3'), 'http://s3');
  assert.equal(endpointOf(both, 'glue'), 'http://all');
  const profile = resolved({ profile: 'local' });
  assert.equal(endpointOf(profile, 's3'), 'http://127.0.0.1:2');
  assert.equal(endpointOf(profile, 'glue'), 'http://127.0.0.1:1');
  assert.equal(endpointOf(resolved({}), 's3'), undefined);
});

test('one endpoint for all services is shown as one', () => {
  const one = resolved({}, { AWS_ENDPOINT_URL: 'http://127.0.0.1:5' });
  assert.equal(one.endpoint, 'http://127.0.0.1:5');
  assert.equal(one.endpoints, undefined);
});

test('configured endpoints can be turned off, by profile and by environment', () => {
  assert.equal(endpointOf(resolved({ profile: 'quiet' }), 's3'), undefined);
  const off = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'http://all' };
  assert.equal(endpointOf(resolved({ profile: 'local' }, off), 's3'), undefined);
  const on = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' };
  assert.equal(endpointOf(resolved({ profile: 'quiet' }, on), 's3'), 'http://127.0.0.1:1');
});

test('an endpoint that is no address is refused', () => {
  for (const endpoint of ['localhost:9000', 'file:///x', 'nonsense']) {
    const result = resolveConnection({ settings: { endpoint }, env: {}, profiles });
    assert.ok(result instanceof Problem, endpoint);
    assert.equal(result.kind, 'invalid');
  }
});

test('the key of a connection changes with everything that changes what it shows', () => {
  const base = resolved({ name: 'a/b' });
  const keys = [
    base,
    { ...base, region: 'x' },
    { ...base, endpoint: 'http://e' },
    { ...base, endpoints: { s3: 'http://e' } },
  ].map(connectionKey);
  assert.equal(new Set(keys).size, 4);
  assert.equal(keys[0], 'a%2Fb@eu-west-1@');
});

test('the principal of an ARN is the name people use', () => {
  assert.equal(principalOf('arn:aws:sts::111122223333:assumed-role/analyst/jane'), 'role/analyst');
  assert.equal(principalOf('arn:aws-cn:iam::111122223333:user/team/jane'), 'user/jane');
  assert.equal(principalOf('arn:aws:iam::111122223333:root'), 'root');
  assert.equal(principalOf('arn:aws:s3:::bucket'), undefined);
});
