import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { answerControl, type Control } from './faults/control';
import { faultError } from './faults/faultError';
import type { CallTarget, FaultRule } from './faults/faults';
import { AwsError, type Fields, type Service } from './service';
import type { RestCall, RestRoute } from './services/lambda';
import { operationFor, type S3Operation, type S3Reply, type S3Request } from './services/s3Route';
import { contentOf, readBody } from './wire/body';
import { isFields, text } from './wire/input';
import { errorReply, jsonReply, type Protocol, queryReply, type WireReply } from './wire/reply';
import type { XmlValue } from './wire/xml';

/** All that the endpoint serves. */
export interface LakeServices {
  readonly s3: readonly S3Operation[];
  readonly others: readonly Service[];
  /** Finds what a REST request asks for; undefined when it is for S3. */
  rest(call: RestCall): RestRoute | undefined;
  readonly control: Control;
}

/** One request, routed: what it is about and how it is carried out. */
interface Routed {
  readonly protocol: Protocol;
  readonly target: CallTarget;
  readonly input?: Fields;
  run(): Promise<WireReply | S3Reply>;
}

/** An HTTP server for all services on one port; the caller listens and closes. */
export function lakeServer(services: LakeServices): Server {
  const server = createServer((request, response) => {
    answer(services, request, response).catch((error: unknown) => {
      // A broken connection is the caller's business; what else lands here is a fault of the lake.
      if (!response.destroyed) {
        console.error(error);
        response.destroy();
      }
    });
  });
  server.keepAliveTimeout = 60_000;
  return server;
}

async function answer(
  services: LakeServices,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID();
  const url = new URL(request.url ?? '/', 'http://lake');
  const body = await readBody(request);
  if (url.pathname.startsWith('/_lake/')) {
    const given: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
    const method = request.method ?? 'GET';
    const reply = answerControl(services.control, {
      method,
      path: url.pathname,
      body: isFields(given) ? given : {},
    });
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body));
    return;
  }

  const routed = route(services, { request, url, body, requestId });
  const rule = services.control.faults.take(routed.target);
  const log = (status: number, code?: string): void =>
    services.control.calls.add(
      {
        ...routed.target,
        status,
        time: Date.now(),
        requestId,
        ...(code === undefined ? {} : { code }),
        ...(routed.input === undefined ? {} : { input: routed.input }),
      },
      routed.input === undefined ? 0 : body.length,
    );
  response.setHeader(routed.protocol === 's3' ? 'x-amz-request-id' : 'x-amzn-requestid', requestId);
  if (rule?.milliseconds !== undefined) await wait(rule.milliseconds);
  if (rule?.kind === 'hang') return log(0); // the connection stays open until the caller gives up
  if (rule?.kind === 'reset') {
    log(0);
    request.socket.resetAndDestroy();
    return;
  }
  let reply: WireReply | S3Reply;
  let code: string | undefined;
  try {
    const wished = (rule && faultError(rule.kind, routed.protocol)) ?? refusedKey(request, routed.protocol);
    if (wished !== undefined) throw wished;
    reply = await routed.run();
  } catch (error) {
    const known = error instanceof AwsError ? error : internal(error, routed.protocol);
    code = known.code;
    reply = errorReply(routed.protocol, known, { id: requestId, path: url.pathname });
  }
  log(reply.status, code);
  await send(reply, response, { rule, head: request.method === 'HEAD' });
}

// A client can only show its credentials by the key id it signs with.
function refusedKey(request: IncomingMessage, protocol: Protocol): AwsError | undefined {
  const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (key.startsWith('EXPIRED')) return faultError('expired', protocol);
  return key.startsWith('DENIED') ? faultError('denied', protocol) : undefined;
}

// `Credential=KEY/DATE/REGION/SERVICE/aws4_request`.
function signedRegion(request: IncomingMessage): { readonly region?: string } {
  const [, region] = /Credential=[^/]+\/\d+\/([\w-]+)\//.exec(request.headers.authorization ?? '') ?? [];
  return region === undefined ? {} : { region };
}

function internal(error: unknown, protocol: Protocol): AwsError {
  console.error(error);
  const code = protocol === 's3' ? 'InternalError' : 'InternalServerException';
  return new AwsError(code, `The local lake failed: ${String(error)}`, { status: 500 });
}

function route(
  services: LakeServices,
  { request, url, body, requestId }: { request: IncomingMessage; url: URL; body: Buffer; requestId: string },
): Routed {
  const header = request.headers['x-amz-target'];
  if (typeof header === 'string') return jsonCall(services, header, body);
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return queryCall(services, body, requestId);
  }
  const restful = services.rest({
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
    requestId,
  });
  if (restful !== undefined) {
    return { protocol: 'json', target: { action: restful.action }, input: restful.input, run: restful.run };
  }
  // Not `url.pathname`: there `a/../b` has become `b`, and both are keys.
  const [, bucket = '', ...rest] = (request.url ?? '/').split('?')[0]?.split('/') ?? [];
  const call: S3Request = {
    method: request.method ?? 'GET',
    bucket: decodeURIComponent(bucket),
    key: decodeURIComponent(rest.join('/')),
    query: url.searchParams,
    headers: request.headers,
    body: contentOf(body, request.headers),
    ...signedRegion(request),
    trouble: (action, key) => {
      const rule = services.control.faults.takeForKey({ action, bucket: decodeURIComponent(bucket), key });
      return rule && faultError(rule.kind, 's3');
    },
  };
  let operation: S3Operation | AwsError;
  try {
    operation = operationFor(services.s3, call);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    operation = error;
  }
  const target = {
    action: operation instanceof AwsError ? `s3:${call.method}` : `s3:${operation.name}`,
    ...(call.bucket === '' ? {} : { bucket: call.bucket }),
    ...(call.key === '' ? {} : { key: call.key }),
  };
  return {
    protocol: 's3',
    target,
    run: async () => {
      if (operation instanceof AwsError) throw operation;
      return operation.run(call);
    },
  };
}

function jsonCall({ others }: LakeServices, header: string, body: Buffer): Routed {
  const [prefix = '', name = ''] = header.split('.');
  const service = others.find(({ target }) => target === prefix);
  const input = parsed(body);
  const database =
    text(input, 'DatabaseName') ??
    (service?.name === 'glue' && name.endsWith('Database') ? text(input, 'Name') : undefined);
  const table =
    text(input, 'TableName') ??
    (service?.name === 'glue' && name.endsWith('Table') ? text(input, 'Name') : undefined);
  return {
    protocol: 'json',
    target: {
      action: `${service?.name ?? prefix}:${name}`,
      ...(database === undefined ? {} : { database }),
      ...(table === undefined ? {} : { table }),
    },
    input,
    run: async () => jsonReply(await perform(service, name, input)),
  };
}

function parsed(body: Buffer): Fields {
  try {
    const given: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
    return isFields(given) ? given : {};
  } catch {
    return {};
  }
}

function queryCall({ others }: LakeServices, body: Buffer, requestId: string): Routed {
  const {
    Action: name = '',
    Version: _,
    ...input
  } = Object.fromEntries(new URLSearchParams(body.toString()));
  const service = others.find(({ target, operations }) => target === undefined && name in operations);
  return {
    protocol: 'query',
    target: { action: `${service?.name ?? 'sts'}:${name}` },
    input,
    run: async () => {
      const result = await perform(service, name, input);
      return queryReply(name, result as Readonly<Record<string, XmlValue>>, requestId);
    },
  };
}

/** Carries out an operation; what the lake would have to ignore is refused by name. */
async function perform(service: Service | undefined, name: string, input: Fields): Promise<unknown> {
  const operation = service?.operations[name];
  if (service === undefined || operation === undefined) {
    throw new AwsError(
      'UnknownOperationException',
      `The local lake does not implement ${service?.name ?? 'the service of'} ${name}.`,
    );
  }
  const unknown = Object.keys(input).find(
    (member) => !operation.members.includes(member.split('.')[0] ?? ''),
  );
  if (unknown !== undefined) {
    throw new AwsError(
      service.invalid,
      `The local lake does not implement the member ${unknown} of ${name}.`,
    );
  }
  return operation.run(input);
}

async function send(
  reply: WireReply | S3Reply,
  response: ServerResponse,
  { rule, head }: { rule: FaultRule | undefined; head: boolean },
): Promise<void> {
  const file = 'file' in reply ? reply.file : undefined;
  const whole = rule?.kind === 'malformed' ? '{"<<not an answer' : 'body' in reply ? reply.body : undefined;
  if (file === undefined || whole === '{"<<not an answer') {
    const content = whole ?? '';
    const length =
      head && reply.headers?.['content-length'] !== undefined
        ? {}
        : { 'content-length': Buffer.byteLength(content) };
    response.writeHead(reply.status, {
      ...reply.headers,
      ...(reply.status === 204 || reply.status === 304 ? {} : length),
    });
    if (rule?.kind === 'half') return breakOff(response, Buffer.from(content));
    response.end(head ? undefined : content);
    return;
  }
  response.writeHead(reply.status, reply.headers);
  if (!('path' in file)) {
    response.end(file.bytes);
    return;
  }
  if (file.end < file.start) {
    response.end();
    return;
  }
  const half = rule?.kind === 'half';
  const end = half ? Math.floor((file.start + file.end) / 2) : file.end;
  await pipeline(createReadStream(file.path, { start: file.start, end }), response, { end: !half });
  if (half) response.destroy();
}

// Half of the body that the headers promise, then the end of the connection.
function breakOff(response: ServerResponse, body: Buffer): void {
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy());
}
