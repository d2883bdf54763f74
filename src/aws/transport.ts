import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { Problem } from '../base/problem';
import { ProxyAgent } from './proxyAgent';

/** How calls leave this machine; everything absent comes from the environment. */
export interface TransportOptions {
  /** `http://user:password@host:port`; an empty string: no proxy, whatever the environment says. */
  readonly proxy?: string;
  /** Path of a PEM file that is trusted besides the usual authorities. */
  readonly caBundle?: string;
  /** Milliseconds until a connection must stand; 5,000 unless told. */
  readonly connectMs?: number;
  /** Milliseconds of silence after which an attempt is given up; 10,000 unless told, so that three attempts end within about 30 s. */
  readonly idleMs?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What the SDK's request handler is made of; it reads neither proxy nor CA by itself. */
export interface HandlerOptions {
  readonly connectionTimeout: number;
  readonly socketTimeout: number;
  readonly httpsAgent: Agent;
}

/** Handler options for calls to `host`; a CA file that cannot be read is a Problem. */
export function handlerOptions(host: string, options: TransportOptions, env: Environment): HandlerOptions {
  const connectionTimeout = options.connectMs ?? 5000;
  const ca = caCertificates(options.caBundle ?? env['AWS_CA_BUNDLE']);
  const proxy = proxyFor(host, options, env);
  return {
    connectionTimeout,
    socketTimeout: options.idleMs ?? 10_000,
    httpsAgent:
      proxy === undefined
        ? new Agent({ keepAlive: true, maxSockets: 50, ...(ca === undefined ? {} : { ca }) })
        : new ProxyAgent(proxy, { timeoutMs: connectionTimeout, ...(ca === undefined ? {} : { ca }) }),
  };
}

/** The proxy for a host: the setting, else HTTPS_PROXY unless NO_PROXY excepts the host. */
export function proxyFor(host: string, options: TransportOptions, env: Environment): URL | undefined {
  const proxy = options.proxy ?? env['HTTPS_PROXY'] ?? env['https_proxy'] ?? '';
  if (proxy === '' || excepted(host, env['NO_PROXY'] ?? env['no_proxy'] ?? '')) return undefined;
  const url = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (!URL.canParse(url)) {
    throw new Problem('The proxy address cannot be read: write it as http://host:port.', 'invalid');
  }
  return new URL(url);
}

/** NO_PROXY: names and their subdomains, separated by commas; `*` is every host. */
function excepted(host: string, list: string): boolean {
  return list
    .split(/[,\s]+/)
    .map((entry) => entry.toLowerCase().replace(/^\*?\./, ''))
    .some((entry) => entry === '*' || (entry !== '' && (host === entry || host.endsWith(`.${entry}`))));
}

function caCertificates(path: string | undefined): string[] | undefined {
  if (!path) return undefined;
  try {
    return [...rootCertificates, readFileSync(path, 'utf8')];
  } catch (cause) {
    throw new Problem(
      `The CA bundle ${path} cannot be read: correct AWS_CA_BUNDLE or the setting.`,
      'invalid',
      {
        cause,
      },
    );
  }
}
