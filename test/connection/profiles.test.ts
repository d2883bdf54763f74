import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseProfiles, profileFiles } from '../../src/connection/profiles';
import { ssoCacheFile, ssoTokenValid } from '../../src/connection/ssoCache';

const config = `# the team's file
[default]
region = eu-west-1

[profile prod]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = analyst
region=eu-central-1   ; inline
services = local

[sso-session corp]
sso_start_url = https://corp.awsapps.com/start#/
sso_region = us-east-1

[services local]
s3 =
  endpoint_url = http://127.0.0.1:9000
glue =
  endpoint_url = http://127.0.0.1:9001

[profile old]
sso_start_url = https://old.awsapps.com/start
sso_region = us-east-1

[profile "with space"]
role_arn = arn:aws:iam::111122223333:role/x
source_profile = default

[profile constructor]
credential_process = /bin/keys --json
ignore_configured_endpoint_urls = true

[not-a-profile]
region = nowhere
`;

test('profiles are read from both files with their ways to sign in', () => {
  const profiles = parseProfiles({
    config,
    credentials:
      '[default]\naws_access_key_id = AK\naws_secret_access_key = S\n[only-keys]\naws_access_key_id=X\n',
  });
  const named = new Map(profiles.map((profile) => [profile.name, profile]));
  assert.deepEqual([...named.keys()], ['default', 'prod', 'old', 'with space', 'constructor', 'only-keys']);
  assert.equal(named.get('default')?.hasKeys, true);
  assert.equal(named.get('default')?.region, 'eu-west-1');
  assert.equal(named.get('prod')?.region, 'eu-central-1');
  assert.deepEqual(named.get('prod')?.endpoints, {
    s3: 'http://127.0.0.1:9000',
    glue: 'http://127.0.0.1:9001',
  });
  assert.deepEqual(named.get('prod')?.sso, {
    session: 'corp',
    startUrl: 'https://corp.awsapps.com/start#/',
    region: 'us-east-1',
    accountId: '111122223333',
    roleName: 'analyst',
  });
  assert.deepEqual(named.get('old')?.sso, { startUrl: 'https://old.awsapps.com/start', region: 'us-east-1' });
  assert.equal(named.get('with space')?.sourceProfile, 'default');
  assert.equal(named.get('constructor')?.credentialProcess, true);
  assert.equal(named.get('constructor')?.ignoreConfiguredEndpoints, true);
  assert.equal(JSON.stringify(profiles).includes('"AK"'), false, 'no key leaves the file');
});

test('broken files give what can be read', () => {
  assert.deepEqual(parseProfiles({ config: 'region = x\n[profile\n[]\n===\n\u0000', credentials: '' }), []);
  const [bom] = parseProfiles({ config: '\uFEFF[default]\r\nregion = a\r\n', credentials: '' });
  assert.equal(bom?.region, 'a');
});

test('the environment moves the files', () => {
  assert.deepEqual(profileFiles({}, '/home/j'), {
    config: '/home/j/.aws/config',
    credentials: '/home/j/.aws/credentials',
  });
  assert.deepEqual(
    profileFiles({ AWS_CONFIG_FILE: '/etc/aws', AWS_SHARED_CREDENTIALS_FILE: '~/keys' }, '/home/j'),
    { config: '/etc/aws', credentials: '/home/j/keys' },
  );
});

test('the SSO cache file is named by the session, or by the start URL in the older form', () => {
  // The digests as `printf %s corp | sha1sum` gives them.
  assert.equal(
    ssoCacheFile({ session: 'corp', startUrl: 'https://x' }, '/h'),
    '/h/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json',
  );
});

test('a token is valid until it expires, and unreadable text is no token', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const token = (expiresAt: string) => JSON.stringify({ accessToken: 'x', expiresAt });
  assert.equal(ssoTokenValid(token('2026-01-01T00:00:01Z'), now), true);
  assert.equal(ssoTokenValid(token('2026-01-01T00:00:01UTC'), now), true);
  assert.equal(ssoTokenValid(token('2025-12-31T23:59:59Z'), now), false);
  assert.equal(ssoTokenValid(token('soon'), now), false);
  assert.equal(ssoTokenValid('{"accessToken":"x"', now), false);
  assert.equal(ssoTokenValid('null', now), false);
  assert.equal(ssoTokenValid('{"clientId":"x","expiresAt":"2030-01-01T00:00:00Z"}', now), false);
});
