import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { AwsPorts } from '../ports/awsPorts';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { parseProfiles, profileFiles } from '../connection/profiles';
import { resolveConnection } from '../connection/resolve';
import { optionText, type CommandContext } from './command';

/** A connection and the ports to use it with. */
export interface Lake {
  readonly connection: Connection;
  readonly ports: AwsPorts;
}

/** The lake that the options, the environment and `~/.aws` name; a Problem where they name none. Calls nothing. */
export async function openLake(context: Pick<CommandContext, 'options' | 'env'>): Promise<Lake> {
  const { options, env } = context;
  const files = profileFiles(env, env['HOME'] ?? homedir());
  const profiles = parseProfiles({
    config: await textOf(files.config),
    credentials: await textOf(files.credentials),
  });
  const profile = optionText(options, 'profile');
  const region = optionText(options, 'region');
  const endpoint = optionText(options, 'endpoint-url');
  const connection = resolveConnection({
    settings: {
      ...(profile === undefined ? {} : { profile }),
      ...(region === undefined ? {} : { region }),
      ...(endpoint === undefined ? {} : { endpoint }),
    },
    env,
    profiles,
  });
  if (connection instanceof Problem) throw connection;
  const { openAws } = await import('../aws/open');
  return { connection, ports: openAws({ log: { record: () => undefined }, env }) };
}

/** A file that is not there has nothing to say. */
async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}
