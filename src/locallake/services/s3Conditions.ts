import { AwsError } from '../service';
import type { StoredObject } from '../store/objects';
import { noSuchKey, type S3Reply, type S3Request } from './s3Route';

const reading = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'] as const;

/** The headers with which the source of a copy may be tied to conditions. */
export const copyConditions = reading.map((name) => `x-amz-copy-source-${name}`);

/** The conditions of a read: an answer 304 when the reader has what is there, PreconditionFailed when one does not hold. */
export function checkRead({ headers }: S3Request, object: StoredObject): S3Reply | undefined {
  const [match, noneMatch, since, unmodified] = reading.map((name) => headers[name]);
  if (match !== undefined && match !== '*' && unquoted(match) !== object.etag)
    throw preconditionFailed('If-Match');
  if (match === undefined && unmodified !== undefined && object.modified > Date.parse(unmodified))
    throw preconditionFailed('If-Unmodified-Since');
  const same = noneMatch !== undefined && (noneMatch === '*' || unquoted(noneMatch) === object.etag);
  const old = noneMatch === undefined && since !== undefined && object.modified <= Date.parse(since);
  return same || old ? { status: 304, headers: { etag: `"${object.etag}"` } } : undefined;
}

/** The conditions of a write on what is there: 404 or 412 when they do not hold. */
export function checkWrite(request: S3Request, old: StoredObject | undefined): void {
  const { 'if-none-match': noneMatch, 'if-match': match } = request.headers;
  if (noneMatch !== undefined && noneMatch !== '*') {
    throw new AwsError(
      'NotImplemented',
      'A header you provided implies functionality that is not implemented: If-None-Match takes only *.',
      { status: 501, fields: { Header: 'If-None-Match' } },
    );
  }
  if (noneMatch === '*' && old !== undefined) throw preconditionFailed('If-None-Match');
  if (match === undefined) return;
  if (old === undefined) throw noSuchKey(request);
  if (match !== '*' && unquoted(match) !== old.etag) throw preconditionFailed('If-Match');
}

/** The conditions of a copy on its source. */
export function checkCopy({ headers }: S3Request, source: StoredObject): void {
  const [match, noneMatch, since, unmodified] = copyConditions.map((name) =>
    headers[name] === undefined ? undefined : String(headers[name]),
  );
  if (match !== undefined && unquoted(match) !== source.etag)
    throw preconditionFailed('x-amz-copy-source-If-Match');
  if (noneMatch !== undefined && unquoted(noneMatch) === source.etag)
    throw preconditionFailed('x-amz-copy-source-If-None-Match');
  if (match === undefined && unmodified !== undefined && source.modified > Date.parse(unmodified))
    throw preconditionFailed('x-amz-copy-source-If-Unmodified-Since');
  if (noneMatch === undefined && since !== undefined && source.modified <= Date.parse(since))
    throw preconditionFailed('x-amz-copy-source-If-Modified-Since');
}

/** S3's answer when a condition does not hold. */
export function preconditionFailed(condition: string): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
    fields: { Condition: condition },
  });
}

/** An ETag without its quotes. */
export function unquoted(etag: string): string {
  return etag.replaceAll('"', '');
}
