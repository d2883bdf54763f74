import { AwsError, accountId } from '../service';
import { type XmlValue, xmlDocument } from '../wire/xml';
import type { S3Reply } from './s3Route';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
/** Whom everything belongs to, as S3 writes owners. */
export const owner = { ID: accountId.padStart(64, '0'), DisplayName: 'local-lake' };

/** An XML answer with status 200. */
export function xml(
  name: string,
  value: Readonly<Record<string, XmlValue>>,
  headers: Readonly<Record<string, string>> = {},
): S3Reply {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...headers },
    body: xmlDocument({ name, namespace }, value),
  };
}

/**
 * A key as `encoding-type=url` writes it: a space becomes `+`, all else but letters, digits and `-_.*` is
 * percent-encoded, the slash apart. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function urlEncoded(value: string): string {
  if (/^[\w./*-]*$/.test(value)) return value;
  return encodeURIComponent(value)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** How a listing shows its keys: as they are, or as its `encoding-type` says; InvalidArgument for another than `url`. */
export function keyWriter(query: URLSearchParams): {
  readonly shown: (value: string) => string;
  readonly told: { readonly EncodingType?: string };
} {
  const type = query.get('encoding-type');
  if (type === null) return { shown: (value) => value, told: {} };
  if (type !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type');
  return { shown: urlEncoded, told: { EncodingType: 'url' } };
}

/** A number parameter that is not negative, cut to 1,000 as S3 does; InvalidArgument for anything else. */
export function countOf(query: URLSearchParams, name: string): number {
  const asked = Number(query.get(name) ?? 1000);
  if (!Number.isInteger(asked) || asked < 0)
    throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, name);
  return Math.min(asked, 1000);
}

/** S3's answer to a value that it does not take. */
export function invalidArgument(message: string, name: string, value = ''): AwsError {
  return new AwsError('InvalidArgument', message, { fields: { ArgumentName: name, ArgumentValue: value } });
}
