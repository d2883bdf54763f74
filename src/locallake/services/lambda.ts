import { setTimeout as wait } from 'node:timers/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { AwsError, type Fields } from '../service';
import { fields, isFields, text } from '../wire/input';
import type { WireReply } from '../wire/reply';
import type { Functions } from './lambdaFunctions';
import { pageOf } from './paging';

/** A request as REST services get it. */
export interface RestCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly requestId: string;
}

/** What a request asks for: the action with the name IAM has for it, and how it is carried out. */
export interface RestRoute {
  readonly action: string;
  readonly input: Fields;
  run(): Promise<WireReply>;
}

const base = '/2015-03-31/functions';
const invalid = 'InvalidParameterValueException';
const createMembers = [
  'FunctionName',
  'Runtime',
  'Role',
  'Handler',
  'Code',
  'Description',
  'Timeout',
  'MemorySize',
  'PackageType',
  'Architectures',
  'Tags',
];

/** Finds what a request asks of Lambda; undefined for requests that are none of Lambda's. */
export function lambdaRoute(functions: Functions, call: RestCall): RestRoute | undefined {
  if (!/^\/20\d\d-\d\d-\d\d\//.test(call.path)) return undefined;
  const [name, part, ...rest] = call.path.startsWith(base)
    ? call.path
        .slice(base.length + 1)
        .split('/')
        .map(decodeURIComponent)
    : ['', '', ''];
  const which =
    rest.length > 0
      ? ''
      : `${call.method} ${name === undefined || name === '' ? '' : 'NAME'}${part === undefined ? '' : `/${part}`}`;
  const target = name ?? '';
  switch (which) {
    case 'POST ':
      return create(functions, call);
    case 'GET ':
      return list(functions, call);
    case 'GET NAME':
      return route('lambda:GetFunction', target, () => {
        const Configuration = functions.find(target);
        return json(200, {
          Configuration,
          Code: { RepositoryType: 'S3', Location: `local-lake:${String(Configuration['Handler'])}` },
          Tags: {},
        });
      });
    case 'GET NAME/configuration':
      return route('lambda:GetFunctionConfiguration', target, () => json(200, functions.find(target)));
    case 'DELETE NAME':
      return route('lambda:DeleteFunction', target, () => {
        functions.remove(target);
        return { status: 204, headers: {}, body: '' };
      });
    case 'POST NAME/invocations':
      return {
        action: 'lambda:InvokeFunction',
        input: { FunctionName: target },
        run: () => invoke(functions, target, call),
      };
    default:
      return route(`lambda:${call.method}`, target, () => {
        throw new AwsError(
          'UnknownOperationException',
          `The local lake does not implement ${call.method} ${call.path} of lambda.`,
          { status: 404 },
        );
      });
  }
}

function route(action: string, name: string, run: () => WireReply): RestRoute {
  return { action, input: { FunctionName: name }, run: async () => run() };
}

function create(functions: Functions, { body }: RestCall): RestRoute {
  const given = parsed(body);
  const input = isFields(given) ? given : {};
  return {
    action: 'lambda:CreateFunction',
    input,
    run: async () => {
      const unknown = Object.keys(input).find((member) => !createMembers.includes(member));
      if (unknown !== undefined)
        throw new AwsError(
          invalid,
          `The local lake does not implement the member ${unknown} of CreateFunction.`,
        );
      if (text(input, 'FunctionName') === undefined || Object.keys(fields(input, 'Code')).length === 0) {
        throw new AwsError(invalid, 'FunctionName and Code are required');
      }
      return json(201, functions.create(input));
    },
  };
}

function list(functions: Functions, { query }: RestCall): RestRoute {
  const input = Object.fromEntries(query);
  return {
    action: 'lambda:ListFunctions',
    input,
    run: async () => {
      const unknown = Object.keys(input).find((member) => member !== 'Marker' && member !== 'MaxItems');
      if (unknown !== undefined)
        throw new AwsError(
          invalid,
          `The local lake does not implement the member ${unknown} of ListFunctions.`,
        );
      const MaxResults = Math.min(50, Number(query.get('MaxItems') ?? 50));
      const { items, next } = pageOf(
        functions.all(),
        { MaxResults, NextToken: query.get('Marker') },
        { default: 50, most: 50, invalid },
      );
      return json(200, {
        Functions: items,
        ...(next.NextToken === undefined ? {} : { NextMarker: next.NextToken }),
      });
    },
  };
}

async function invoke(
  functions: Functions,
  name: string,
  { headers, query, body, requestId }: RestCall,
): Promise<WireReply> {
  const type = String(headers['x-amz-invocation-type'] ?? 'RequestResponse');
  const version = { 'x-amz-executed-version': '$LATEST' };
  const qualifier = query.get('Qualifier');
  functions.find(qualifier === null ? name : `${name}:${qualifier}`);
  const event = body.length === 0 ? {} : parsed(body);
  if (event === undefined) {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json', {
      fields: { Type: 'User' },
    });
  }
  switch (type) {
    case 'DryRun':
      return { status: 204, headers: version, body: '' };
    case 'Event':
      // The caller has its answer before the function begins.
      void wait(0)
        .then(() => functions.invoke({ name, event, requestId }))
        .catch((error: unknown) => console.error(error));
      return { status: 202, headers: {}, body: '' };
    case 'RequestResponse': {
      const done = await functions.invoke({ name, event, requestId });
      const tail = Buffer.from(done.log).subarray(-4096).toString('base64');
      return {
        status: 200,
        headers: {
          ...version,
          'content-type': 'application/json',
          ...(done.error === undefined ? {} : { 'x-amz-function-error': done.error }),
          ...(headers['x-amz-log-type'] === 'Tail' ? { 'x-amz-log-result': tail } : {}),
        },
        body: done.payload,
      };
    }
    default:
      throw new AwsError(invalid, `InvocationType ${type} is none of RequestResponse, Event and DryRun.`);
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function json(status: number, value: unknown): WireReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
