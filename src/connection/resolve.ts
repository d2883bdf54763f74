import { Problem } from '../base/problem';
import type { Connection } from './connection';
import type { Environment, Profile } from './profiles';

/** What the user chose; everything absent is looked for in the environment and the profile. */
export interface ConnectionSettings {
  /** Absent: the profile's name. */
  readonly name?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly readOnly?: boolean;
  readonly production?: boolean;
}

/** The services whose endpoints may be configured one by one, by the id that the files and variables use. */
export const services = ['s3', 'glue', 'athena', 'sts'] as const;

/**
 * A connection from settings, environment and profiles, or the Problem that says what is missing.
 * Region: setting, AWS_REGION, AWS_DEFAULT_REGION, profile; never a default.
 * Endpoint of a service, strongest first (AWS SDKs and Tools Reference Guide, "Service-specific endpoints"):
 * setting, AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the profile's `services` section, its `endpoint_url`.
 */
export function resolveConnection(from: {
  readonly settings: ConnectionSettings;
  readonly env: Environment;
  readonly profiles: readonly Profile[];
}): Connection | Problem {
  const { settings, env, profiles } = from;
  const wanted = settings.profile || profileOfEnvironment(env, profiles);
  const profile = profiles.find((one) => one.name === wanted);
  if (wanted !== undefined && profile === undefined) return unknownProfile(wanted, profiles);
  const region =
    settings.region || env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || regionOf(profile, profiles);
  if (!region) {
    const where = wanted === undefined ? 'The environment' : `Profile ${wanted}`;
    return new Problem(
      `${where} names no region: choose one, or set region in the profile or AWS_REGION.`,
      'invalid',
    );
  }
  const badEndpoint = settings.endpoint ? endpointFault(settings.endpoint) : undefined;
  if (badEndpoint !== undefined) return badEndpoint;
  const configured = settings.endpoint ? {} : configuredEndpoints(env, profile);
  for (const url of Object.values(configured)) {
    const fault = endpointFault(url);
    if (fault !== undefined) return fault;
  }
  const one = commonEndpoint(configured);
  const endpoint = settings.endpoint || one;
  return {
    name: settings.name || wanted || 'environment',
    ...(wanted === undefined ? {} : { profile: wanted }),
    region,
    ...(endpoint ? { endpoint } : {}),
    ...(!endpoint && Object.keys(configured).length > 0 ? { endpoints: configured } : {}),
    readOnly: settings.readOnly ?? false,
    production: settings.production ?? false,
  };
}

/** The environment's profile; keys in variables win over the default profile, as in the SDK. */
function profileOfEnvironment(env: Environment, profiles: readonly Profile[]): string | undefined {
  if (env['AWS_PROFILE']) return env['AWS_PROFILE'];
  if (env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']) return undefined;
  return profiles.some((one) => one.name === 'default') ? 'default' : undefined;
}

function unknownProfile(name: string, profiles: readonly Profile[]): Problem {
  const known = profiles.map((one) => one.name);
  const shown =
    known.length > 8 ? `${known.slice(0, 8).join(', ')} and ${known.length - 8} more` : known.join(', ');
  const choice = known.length === 0 ? 'there are none yet: run aws configure' : `choose one of ${shown}`;
  return new Problem(`There is no profile ${name} in the AWS configuration files: ${choice}.`, 'invalid');
}

/** A role's profile often leaves the region to the profile it starts from. */
function regionOf(profile: Profile | undefined, profiles: readonly Profile[]): string | undefined {
  const seen = new Set<string>();
  for (let at = profile; at !== undefined && !seen.has(at.name);) {
    if (at.region !== undefined) return at.region;
    seen.add(at.name);
    const source: string | undefined = at.sourceProfile;
    at = source === undefined ? undefined : profiles.find((one) => one.name === source);
  }
  return undefined;
}

function configuredEndpoints(env: Environment, profile: Profile | undefined): Record<string, string> {
  const ignored = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase();
  if (ignored === 'true' || (ignored === undefined && profile?.ignoreConfiguredEndpoints === true)) return {};
  const found: Record<string, string> = {};
  for (const service of services) {
    const url =
      env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ||
      env['AWS_ENDPOINT_URL'] ||
      profile?.endpoints[service] ||
      profile?.endpointUrl;
    if (url) found[service] = url;
  }
  return found;
}

/** The one endpoint that every service shares, as with an emulator. */
function commonEndpoint(configured: Readonly<Record<string, string>>): string | undefined {
  const urls = new Set(services.map((service) => configured[service]));
  return urls.size === 1 ? [...urls][0] : undefined;
}

function endpointFault(url: string): Problem | undefined {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return undefined;
  return new Problem(
    `The endpoint ${url} is not an http or https address: correct it in the settings, the profile or AWS_ENDPOINT_URL.`,
    'invalid',
  );
}
