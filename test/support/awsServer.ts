import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openAws } from '../../src/aws/open';
import type { CallEntry } from '../../src/connection/callLog';
import type { Connection } from '../../src/connection/connection';
import type { AwsPorts } from '../../src/ports/awsPorts';

/** One request as the server saw it. */
export interface Seen {
  /** `AWSGlue.GetTables`, or method and path for S3. */
  readonly operation: string;
  readonly body: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
}

export type Answer = (request: Seen, response: ServerResponse, count: number) => void;

/** Ports against a server of the test's own, on 127.0.0.1; closed by `close`. */
export interface AwsServer {
  readonly ports: AwsPorts;
  readonly connection: Connection;
  readonly log: CallEntry[];
  readonly seen: Seen[];
  close(): Promise<void>;
}

/** Serves every request by `answer`, which is also told how many came before. */
export async function awsServer(
  answer: Answer,
  options: { readonly attempts?: number; readonly idleMs?: number } = {},
): Promise<AwsServer> {
  isolateEnvironment();
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const target = request.headers['x-amz-target'];
      const operation = typeof target === 'string' ? target : `${request.method} ${url.pathname}`;
      const one = { operation, url, headers: request.headers, body: Buffer.concat(parts).toString() };
      seen.push(one);
      answer(one, response, seen.length - 1);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const log: CallEntry[] = [];
  return {
    ports: openAws({
      log: { record: (entry) => log.push(entry) },
      attempts: options.attempts ?? 2,
      transport: { idleMs: options.idleMs ?? 2000, connectMs: 1000, proxy: '' },
    }),
    connection: {
      name: 'test',
      region: 'eu-west-1',
      endpoint: `http://127.0.0.1:${port}`,
      readOnly: false,
      production: false,
    },
    log,
    seen,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

/** Keys that belong to nobody, and none of the files or roles of the machine. */
export function isolateEnvironment(): void {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'secret-of-nobody',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nonexistent/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
  });
  for (const name of Object.keys(process.env)) {
    if (/^AWS_(SESSION_TOKEN|PROFILE|REGION|DEFAULT_REGION|CA_BUNDLE|ENDPOINT_URL)/.test(name)) {
      delete process.env[name];
    }
  }
}

/** An answer of the JSON protocols. */
export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'req-1' });
  response.end(JSON.stringify(body));
}

/** A fault of the JSON protocols. */
export function jsonFault(response: ServerResponse, name: string, message = name, status = 400): void {
  json(response, { __type: name, message, Message: message }, status);
}

/** An answer of S3. */
export function xml(response: ServerResponse, body: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/xml', 'x-amz-request-id': 'req-2' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
}

/** A fault of S3. */
export function xmlFault(response: ServerResponse, code: string, status: number): void {
  xml(response, `<Error><Code>${code}</Code><Message>${code} happened</Message></Error>`, status);
}
