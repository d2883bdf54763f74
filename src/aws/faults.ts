import { Problem, type ProblemKind } from '../base/problem';
import { endpointOf, type Connection } from '../connection/connection';
import { principalOf } from '../connection/identity';

/** What was asked of AWS, for sentences and the log. */
export interface AwsCall {
  /** `glue:GetTables`, as IAM spells it. */
  readonly action: string;
  /** `centralbank_data.customer_transactions`, `s3://bucket/key`. */
  readonly target: string;
  readonly connection: Connection;
}

/** The fields that the SDK's errors may carry; every one may be missing. */
export interface SdkFault {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
  readonly status?: number;
  readonly attempts?: number;
  readonly requestId?: string;
  /** Where S3 says the bucket is, when it is asked in another region. */
  readonly bucketRegion?: string;
}

/**
 * AWS's names for what went wrong. One fault has several names, one for each protocol and generation of
 * service. Sources: the error lists of the S3, Glue, Athena and STS API references and the SDK's own retry tables.
 */
const kinds: Readonly<Record<string, ProblemKind>> = {
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  UnauthorizedOperation: 'denied',
  AuthorizationError: 'denied',
  AllAccessDisabled: 'denied',
  PermissionTypeMismatchException: 'denied',
  OptInRequired: 'denied',

  ExpiredToken: 'signed-out',
  ExpiredTokenException: 'signed-out',
  RequestExpired: 'signed-out',
  TokenRefreshRequired: 'signed-out',
  InvalidToken: 'signed-out',
  InvalidAccessKeyId: 'signed-out',
  InvalidClientTokenId: 'signed-out',
  UnrecognizedClientException: 'signed-out',
  SignatureDoesNotMatch: 'signed-out',
  InvalidSignatureException: 'signed-out',
  IncompleteSignature: 'signed-out',
  MissingAuthenticationToken: 'signed-out',
  MissingAuthenticationTokenException: 'signed-out',
  AuthFailure: 'signed-out',
  UnauthorizedException: 'signed-out',
  InvalidGrantException: 'signed-out',
  CredentialsProviderError: 'signed-out',
  TokenProviderError: 'signed-out',
  ProviderError: 'signed-out',

  SlowDown: 'throttled',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  RequestThrottled: 'throttled',
  RequestThrottledException: 'throttled',
  RequestLimitExceeded: 'throttled',
  TooManyRequestsException: 'throttled',
  ProvisionedThroughputExceeded: 'throttled',
  ProvisionedThroughputExceededException: 'throttled',
  BandwidthLimitExceeded: 'throttled',
  PriorRequestNotComplete: 'throttled',

  EntityNotFoundException: 'missing',
  ResourceNotFoundException: 'missing',
  MetadataException: 'missing',
  NoSuchBucket: 'missing',
  NoSuchKey: 'missing',
  NotFound: 'missing',

  NoSuchVersion: 'missing',
  NoSuchUpload: 'missing',

  PreconditionFailed: 'changed',
  ConditionalRequestConflict: 'changed',

  InvalidRequestException: 'invalid',
  InvalidInputException: 'invalid',
  ValidationException: 'invalid',
  InvalidArgument: 'invalid',
  InvalidBucketName: 'invalid',
  InvalidRange: 'invalid',
  PermanentRedirect: 'invalid',
  InvalidObjectState: 'invalid',

  TimeoutError: 'offline',
  RequestTimeout: 'offline',
  RequestTimeoutException: 'offline',
  InternalError: 'offline',
  InternalFailure: 'offline',
  InternalServerException: 'offline',
  InternalServiceException: 'offline',
  OperationTimeoutException: 'offline',
  ServiceUnavailable: 'offline',
  ServiceUnavailableException: 'offline',

  ECONNREFUSED: 'offline',
  ECONNRESET: 'offline',
  ECONNABORTED: 'offline',
  EPIPE: 'offline',
  ETIMEDOUT: 'offline',
  ENOTFOUND: 'offline',
  EAI_AGAIN: 'offline',
  EHOSTUNREACH: 'offline',
  ENETUNREACH: 'offline',
  EPROTO: 'offline',
  // Our own, of proxyAgent.ts.
  EPROXY: 'offline',
  CERT_HAS_EXPIRED: 'offline',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'offline',
  SELF_SIGNED_CERT_IN_CHAIN: 'offline',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'offline',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'offline',
  ERR_TLS_CERT_ALTNAME_INVALID: 'offline',
};

/** The Problem an AWS fault means, or `undefined` for what AWS and the network had no part in. */
export function problemFrom(error: unknown, call: AwsCall): Problem | undefined {
  if (error instanceof Problem) return error;
  const fault = faultFrom(error);
  const kind = fault === undefined ? undefined : kindOf(fault, call.action);
  if (fault === undefined || kind === undefined) return undefined;
  const action = deniedAction(fault.message) ?? call.action;
  const details = {
    action,
    target: call.target,
    ...(fault.requestId === undefined ? {} : { requestId: fault.requestId }),
  };
  return new Problem(sentence(kind, fault, { ...call, action }), kind, { cause: error, details });
}

/** What the SDK put on an error; `undefined` when there is no sign of AWS or of the network. */
export function faultFrom(error: unknown): SdkFault | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = text(field(error, 'code'));
  const metadata = field(error, '$metadata');
  const status =
    number(field(metadata, 'httpStatusCode')) ?? number(field(field(error, '$response'), 'statusCode'));
  const known = own(error.name) ?? own(code);
  if (known === undefined && status === undefined && field(error, '$fault') === undefined) return undefined;
  const attempts = number(field(metadata, 'attempts'));
  const requestId = text(field(metadata, 'requestId'));
  const bucketRegion = text(field(field(field(error, '$response'), 'headers'), 'x-amz-bucket-region'));
  return {
    name: error.name,
    message: error.message,
    ...(bucketRegion === undefined ? {} : { bucketRegion }),
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    ...(attempts === undefined ? {} : { attempts }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function own(name: string | undefined): ProblemKind | undefined {
  return name !== undefined && Object.hasOwn(kinds, name) ? kinds[name] : undefined;
}

function kindOf(fault: SdkFault, action: string): ProblemKind {
  // Athena has one name for all of "no such work group", "no such query" and "cannot be parsed".
  if (fault.name === 'InvalidRequestException' && /(not found|does not exist)/i.test(fault.message)) {
    return 'missing';
  }
  const named = own(fault.name) ?? own(fault.code);
  if (named !== undefined) return named;
  if (unreadable(fault)) return 'offline';
  // A HEAD has no body and so no name: only its status tells.
  const { status = 0 } = fault;
  // S3 has one use for a bare 400 to a HEAD: a token that it no longer takes.
  if (status === 400 && nameless(fault) && action.startsWith('s3:')) return 'signed-out';
  if (status === 401 || status === 403) return 'denied';
  if (status === 404) return 'missing';
  if (status === 412) return 'changed';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'offline' : 'other';
}

/** An answer that is not AWS's: a proxy's login page, half a body. */
function unreadable(fault: SdkFault): boolean {
  return fault.name === 'SyntaxError' || /deserialization error/i.test(fault.message);
}

const titles: Readonly<Record<string, string>> = {
  glue: 'Glue',
  athena: 'Athena',
  s3: 'S3',
  sts: 'STS',
  states: 'Step Functions',
  lambda: 'Lambda',
  logs: 'CloudWatch Logs',
  lakeformation: 'Lake Formation',
  s3tables: 'S3 Tables',
};

function sentence(kind: ProblemKind, fault: SdkFault, call: AwsCall): string {
  const service = serviceOf(call.action);
  const title = titles[service] ?? service;
  const what = `${call.action} on ${call.target}`;
  switch (kind) {
    case 'denied': {
      const who = principalIn(fault.message) ?? `connection ${call.connection.name}`;
      return `${title} denied ${what} for ${who}: allow this action in its policy or ask whoever manages it.`;
    }
    case 'signed-out':
      return signedOut(fault, call.connection, { title, what });
    case 'throttled':
      return `${title} is still throttling ${what} after ${counted(fault.attempts ?? 1, 'attempt')}: try again in a minute.`;
    case 'missing':
      return `${title} has no ${call.target} in ${call.connection.region} (${fault.name}): refresh, or check the name and the connection.`;
    case 'offline':
      return offline(fault, call, title);
    case 'invalid':
      if (fault.name === 'PermanentRedirect') return elsewhere(fault, call);
      if (fault.name === 'InvalidObjectState')
        return `${title} cannot read ${call.target}, since it is archived (S3 Glacier): restore it first, and try again when that is done.`;
      return `${title} did not accept ${what}: ${said(fault.message)}.`;
    case 'changed':
      return `${title} did not carry out ${what}, since it was changed or written by somebody else meanwhile: read it again.`;
    case 'failed':
    case 'other':
      break;
  }
  return `${title} refused ${what}: ${said(fault.message)} (${fault.name}).`;
}

function signedOut(
  fault: SdkFault,
  connection: Connection,
  { title, what }: { readonly title: string; readonly what: string },
): string {
  const name = connection.profile === undefined ? connection.name : `profile ${connection.profile}`;
  if (/expired|refresh/i.test(fault.name) || /expired/i.test(fault.message)) {
    return `${title} refused ${what}, since the sign-in of ${name} has expired: sign in again.`;
  }
  if (fault.name.endsWith('ProviderError')) {
    return `There are no usable credentials for ${name} (${said(fault.message)}), so ${what} was not called: sign in or correct the profile.`;
  }
  return `${title} refused ${what}, since AWS does not accept the credentials of ${name} (${nameless(fault) ? `HTTP ${fault.status ?? 400}` : fault.name}): sign in again or correct its keys.`;
}

function offline(fault: SdkFault, call: AwsCall, title: string): string {
  const at = endpointOf(call.connection, serviceOf(call.action)) ?? call.connection.region;
  if (unreadable(fault)) {
    return `${title} at ${at} answered ${call.action} on ${call.target} with something that is not an AWS answer: check the endpoint and the proxy.`;
  }
  if (fault.status !== undefined && fault.status >= 400) {
    return `${title} at ${at} failed at ${call.action} on ${call.target} (${codeOf(fault)}HTTP ${fault.status}): try again in a minute.`;
  }
  return `${title} at ${at} did not answer ${call.action} on ${call.target} (${networkReason(fault)}): check the network, the VPN and the endpoint, then try again.`;
}

/** The SDK follows to other regions of AWS, and cannot where an endpoint is configured. */
function elsewhere({ bucketRegion }: SdkFault, { target, connection }: AwsCall): string {
  const at = endpointOf(connection, 's3');
  const called = at === undefined ? '' : ` at ${at}`;
  const there = bucketRegion ?? 'another one';
  return `The bucket of ${target} lies in region ${there}, but connection ${connection.name} asks in ${connection.region}${called}: use a connection of that region.`;
}

/** The error's code with a comma; nothing for a HEAD, whose errors have no body and so no name. */
function codeOf(fault: SdkFault): string {
  return nameless(fault) ? '' : `${fault.name}, `;
}

function nameless({ name }: SdkFault): boolean {
  return /^(Unknown(Error)?|Error|\d+)$/.test(name);
}

function networkReason(fault: SdkFault): string {
  if (fault.name === 'TimeoutError' && fault.code === undefined) return 'timed out';
  switch (fault.code) {
    case 'ECONNREFUSED':
      return 'connection refused';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'host not found';
    case 'ECONNRESET':
    case 'ECONNABORTED':
    case 'EPIPE':
      return 'connection broke off';
    case 'ETIMEDOUT':
      return 'timed out';
    case 'EPROXY':
      return fault.message;
    case undefined:
      return fault.name;
    default:
      return fault.code;
  }
}

function serviceOf(action: string): string {
  return action.split(':')[0] ?? action;
}

/** The principal that AWS names in its own refusal. */
function principalIn(message: string): string | undefined {
  const arn = /\b(?:User|Principal): (arn:\S+)/.exec(message)?.[1];
  return arn === undefined ? undefined : principalOf(arn);
}

/** The permission that was missing, which may be another service's (`kms:Decrypt`). */
function deniedAction(message: string): string | undefined {
  return /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1];
}

/** The first sentence of AWS's text, on one line and without its full stop. */
function said(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  const end = /^.{20,}?[.!](?=\s[A-Z])/.exec(line)?.[0] ?? line;
  const short = end.length > 300 ? `${end.slice(0, 299)}…` : end;
  return short.replace(/[.!\s]+$/, '') || 'no reason given';
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
