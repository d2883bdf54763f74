import { join } from 'node:path';
import { iniSections, type IniSection } from './ini';

/** How a profile signs in through IAM Identity Center. */
export interface SsoSettings {
  /** Name of the `sso-session` section; absent for the older inline form. */
  readonly session?: string;
  readonly startUrl: string;
  readonly region?: string;
  readonly accountId?: string;
  readonly roleName?: string;
}

/** A profile of `~/.aws`: how to sign in and where calls go, without any secret. */
export interface Profile {
  readonly name: string;
  readonly region?: string;
  /** `endpoint_url` of the profile, for every service that has none of its own. */
  readonly endpointUrl?: string;
  /** Endpoint by service id as the files spell it, lower case: `s3`, `glue`, `athena`, `sts`. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly ignoreConfiguredEndpoints: boolean;
  readonly sso?: SsoSettings;
  readonly roleArn?: string;
  readonly sourceProfile?: string;
  /** Runs a command of the user's own file; only in a trusted workspace. */
  readonly credentialProcess: boolean;
  /** Set by `aws login`. */
  readonly loginSession?: string;
  readonly hasKeys: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Paths of the configuration and credentials files; the environment may move each. */
export function profileFiles(
  env: Environment,
  home: string,
): { readonly config: string; readonly credentials: string } {
  return {
    config: fromHome(env['AWS_CONFIG_FILE'] ?? join('~', '.aws', 'config'), home),
    credentials: fromHome(env['AWS_SHARED_CREDENTIALS_FILE'] ?? join('~', '.aws', 'credentials'), home),
  };
}

/**
 * The profiles that both files name, in the order of their first mention; where both set a thing, the
 * credentials file wins. Unreadable lines are skipped.
 */
export function parseProfiles(files: { readonly config: string; readonly credentials: string }): Profile[] {
  const config = iniSections(files.config);
  const merged = new Map<string, Map<string, string>>();
  const add = (name: string, values: ReadonlyMap<string, string>): void => {
    merged.set(name, new Map([...(merged.get(name) ?? []), ...values]));
  };
  for (const section of config) {
    // In the config file a bare `[name]` is a profile only when it is the default one.
    if (section.type === 'profile') add(section.name, section.values);
    else if (section.type === '' && section.name === 'default') add('default', section.values);
  }
  for (const section of iniSections(files.credentials)) {
    if (section.type === '' || section.type === 'profile') add(section.name, section.values);
  }
  return [...merged].map(([name, values]) => profileFrom(name, values, config));
}

function profileFrom(name: string, values: ReadonlyMap<string, string>, config: IniSection[]): Profile {
  const section = (type: string, wanted: string | undefined): IniSection | undefined =>
    wanted === undefined ? undefined : config.find((one) => one.type === type && one.name === wanted);
  // An empty setting is one that is not set.
  const value = (key: string): string | undefined => values.get(key) || undefined;
  const endpoints: Record<string, string> = {};
  for (const [service, settings] of section('services', value('services'))?.nested ?? []) {
    const url = settings.get('endpoint_url');
    if (url) endpoints[service] = url;
  }
  const region = value('region');
  const endpointUrl = value('endpoint_url');
  const roleArn = value('role_arn');
  const sourceProfile = value('source_profile');
  const loginSession = value('login_session');
  const sso = ssoFrom(value, section('sso-session', value('sso_session')));
  return {
    name,
    ...(region === undefined ? {} : { region }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
    endpoints,
    ignoreConfiguredEndpoints: value('ignore_configured_endpoint_urls')?.toLowerCase() === 'true',
    ...(sso === undefined ? {} : { sso }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(sourceProfile === undefined ? {} : { sourceProfile }),
    credentialProcess: value('credential_process') !== undefined,
    ...(loginSession === undefined ? {} : { loginSession }),
    hasKeys: value('aws_access_key_id') !== undefined,
  };
}

function ssoFrom(
  value: (key: string) => string | undefined,
  session: IniSection | undefined,
): SsoSettings | undefined {
  const startUrl = session?.values.get('sso_start_url') ?? value('sso_start_url');
  if (startUrl === undefined) return undefined;
  const region = session?.values.get('sso_region') ?? value('sso_region');
  const accountId = value('sso_account_id');
  const roleName = value('sso_role_name');
  return {
    startUrl,
    ...(session === undefined ? {} : { session: session.name }),
    ...(region === undefined ? {} : { region }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(roleName === undefined ? {} : { roleName }),
  };
}

function fromHome(path: string, home: string): string {
  return path === '~' || /^~[\\/]/.test(path) ? join(home, path.slice(1)) : path;
}
