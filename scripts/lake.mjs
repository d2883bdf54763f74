// The local lake as the tests and the demo use it, and a profile that leads to it and nowhere else.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup/cache.mjs';
import { startGroup } from './setup/process.mjs';

/**
 * @typedef {{ endpoint: string, region: string, accessKeyId: string, secretAccessKey: string }} LakeAddress
 */

/**
 * Starts the local lake on a folder; the first start fills it with the demo lake.
 * @param {string} folder
 * @returns {Promise<LakeAddress & { stop: () => Promise<void>, exited: Promise<number> }>}
 */
export async function startLake(folder) {
  mkdirSync(folder, { recursive: true });
  const program = join(root, 'dist', 'lake', 'locallake.mjs');
  const { found, stop, exited } = await startGroup(process.execPath, [program, '--root', folder], {
    cwd: root,
    env: process.env,
    name: 'the local lake',
    seconds: 120,
    ready: (output) => /^\{.*"endpoint".*\}$/m.exec(output)?.[0],
  });
  return { ...JSON.parse(found), stop, exited };
}

/**
 * Writes AWS files with a profile for the lake and returns the environment that makes any SDK read them
 * instead of the user's own under `~/.aws`.
 * @param {string} folder
 * @param {LakeAddress} lake
 * @returns {Record<string, string>}
 */
export function lakeProfile(folder, lake) {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'config');
  const credentials = join(folder, 'credentials');
  const common = [`region = ${lake.region}`, `endpoint_url = ${lake.endpoint}`];
  const sections = [
    ['[profile lake-demo]', ...common],
    ['[profile lake-demo-archive]', ...common],
    ['[profile lake-signed-out]', ...common, 'sso_session = lake'],
    ['sso_account_id = 111122223333', 'sso_role_name = analyst'],
    ['[sso-session lake]', `sso_region = ${lake.region}`, `sso_start_url = ${lake.endpoint}/start`],
  ];
  writeFileSync(config, `${sections.flat().join('\n')}\n`);
  const keys = [
    `aws_access_key_id = ${lake.accessKeyId}`,
    `aws_secret_access_key = ${lake.secretAccessKey}`,
    '',
  ];
  writeFileSync(credentials, ['[lake-demo]', ...keys, '[lake-demo-archive]', ...keys].join('\n'));
  return {
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_PROFILE: 'lake-demo',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
