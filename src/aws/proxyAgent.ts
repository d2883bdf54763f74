import { request as httpRequest } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions } from 'node:tls';

/** Options of a connection as Node's agents hand them on. */
type Wanted = ConnectionOptions & { readonly host?: string; readonly port?: number | string };

/**
 * An agent for https that goes through a proxy by CONNECT, as company networks have it; Node 20 has none.
 * `ca` is PEM text that is trusted besides what Node trusts.
 */
export class ProxyAgent extends Agent {
  private readonly proxy: URL;

  constructor(proxy: URL, options: { readonly ca?: readonly string[]; readonly timeoutMs: number }) {
    super({ keepAlive: true, maxSockets: 50, ...(options.ca === undefined ? {} : { ca: [...options.ca] }) });
    this.proxy = proxy;
    this.timeoutMs = options.timeoutMs;
  }

  private readonly timeoutMs: number;

  override createConnection(
    options: Wanted,
    ready: (error: Error | null, socket?: Duplex) => void,
  ): undefined {
    const host = options.host ?? '';
    const target = `${host}:${options.port ?? 443}`;
    const ask = this.proxy.protocol === 'https:' ? httpsRequest : httpRequest;
    const tunnel = ask({
      host: this.proxy.hostname,
      port: this.proxy.port || (this.proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...authorization(this.proxy) },
      timeout: this.timeoutMs,
      agent: false,
    });
    tunnel.once('timeout', () => tunnel.destroy(fault('EPROXY', `the proxy ${this.proxy.host} is silent`)));
    tunnel.once('error', (error) => {
      const code = 'code' in error ? String(error.code) : error.name;
      ready(code === 'EPROXY' ? error : fault('EPROXY', `the proxy ${this.proxy.host} failed with ${code}`));
    });
    tunnel.once('connect', (answer, socket) => {
      if (answer.statusCode !== 200) {
        socket.destroy();
        ready(fault('EPROXY', `the proxy ${this.proxy.host} answered ${answer.statusCode ?? 0}`));
        return;
      }
      const secure = connect({ ...options, socket, servername: options.servername ?? host });
      secure.once('error', ready);
      secure.once('secureConnect', () => {
        secure.removeListener('error', ready);
        ready(null, secure);
      });
    });
    tunnel.end();
    return undefined;
  }
}

function authorization(proxy: URL): Record<string, string> {
  if (proxy.username === '') return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

function fault(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
