import { Readable } from 'node:stream';
import type { StoredObject } from '../zones/objectStore';
import { plain } from './listedKeys';

/** A listing's answer without its objects and common prefixes, and they; keys still as they were sent. */
export interface Parted {
  readonly rest: string;
  readonly objects: readonly StoredObject[];
  readonly prefixes: readonly string[];
}

const contents = { begin: '<Contents>', end: '</Contents>' };
const commonPrefixes = {
  begin: '<CommonPrefixes><Prefix>',
  end: '</Prefix></CommonPrefixes>',
};

/**
 * Takes objects and common prefixes out of the XML of a ListObjectsV2 answer. The SDK's parser takes 15 ms of computing
 * for a thousand of them, more than most listings wait for S3; this takes one. `undefined` where the text is anything but
 * a whole answer: then the SDK's parser has to say what is wrong with it.
 */
export function partContents(xml: string): Parted | undefined {
  const objects: StoredObject[] = [];
  const prefixes: string[] = [];
  const withoutObjects = takeOut(xml, contents, (from, to) => {
    const object = objectIn(xml, from, to);
    if (object !== undefined) objects.push(object);
    return object !== undefined;
  });
  if (withoutObjects === undefined) return undefined;
  const rest = takeOut(withoutObjects, commonPrefixes, (from, to) => {
    prefixes.push(plain(withoutObjects.slice(from, to)));
    return true;
  });
  return rest !== undefined && isWhole(xml) ? { rest, objects, prefixes } : undefined;
}

/** A text without elements that are taken one by one; `undefined` where one is not taken, or does not end. */
function takeOut(
  xml: string,
  { begin, end }: { readonly begin: string; readonly end: string },
  take: (from: number, to: number) => boolean,
): string | undefined {
  let rest = '';
  for (let at = 0; ;) {
    const from = xml.indexOf(begin, at);
    if (from < 0) return rest + xml.slice(at);
    const to = xml.indexOf(end, from);
    if (to < 0 || !take(from + begin.length, to)) return undefined;
    rest += xml.slice(at, from);
    at = to + end.length;
  }
}

/** True for an answer that did not break off. */
function isWhole(xml: string): boolean {
  return xml.slice(-64).trimEnd().endsWith('</ListBucketResult>');
}

function objectIn(xml: string, from: number, to: number): StoredObject | undefined {
  const key = field(xml, '<Key>', { from, to });
  const size = field(xml, '<Size>', { from, to }) ?? '0';
  if (key === undefined || !/^\d+$/.test(size)) return undefined;
  const modified = field(xml, '<LastModified>', { from, to });
  const modifiedAt = modified === undefined ? undefined : new Date(modified);
  if (modifiedAt !== undefined && Number.isNaN(modifiedAt.getTime())) return undefined;
  const etag = field(xml, '<ETag>', { from, to });
  const storageClass = field(xml, '<StorageClass>', { from, to });
  return {
    key: plain(key),
    bytes: Number(size),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
    ...(etag === undefined ? {} : { etag: unquoted(etag) }),
    ...(storageClass === undefined ? {} : { storageClass }),
  };
}

function field(
  xml: string,
  tag: string,
  { from, to }: { readonly from: number; readonly to: number },
): string | undefined {
  const open = xml.indexOf(tag, from);
  if (open < 0 || open >= to) return undefined;
  const start = open + tag.length;
  const close = xml.indexOf('<', start);
  return close < to ? xml.slice(start, close) : undefined;
}

const quote = '&quot;';

/** Every ETag stands in quotes, which need no expression to be read. */
function unquoted(etag: string): string {
  const inner =
    etag.startsWith(quote) && etag.endsWith(quote) ? etag.slice(quote.length, -quote.length) : '&';
  return inner.includes('&') ? plain(etag) : `"${inner}"`;
}

/** Replaces the body of a good answer by what `part` leaves of it; `undefined` where it takes nothing. */
export async function takeFrom<T extends { readonly rest: string }>(
  response: unknown,
  part: (body: Buffer) => T | undefined,
): Promise<T | undefined> {
  const answer = response as { readonly statusCode?: number; body?: unknown };
  if (answer.statusCode !== 200 || !(answer.body instanceof Readable)) return undefined;
  const whole = await bodyOf(answer.body);
  const parted = part(whole);
  answer.body = Readable.from([parted === undefined ? whole : Buffer.from(parted.rest)]);
  return parted;
}

/** By events: waiting for each of a body's many pieces would take longer than reading them. */
function bodyOf(body: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    body.on('data', (piece: Buffer) => pieces.push(piece));
    body.once('end', () => resolve(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)));
    body.once('error', reject);
    body.once('close', () =>
      reject(Object.assign(new Error('The answer broke off.'), { code: 'ECONNRESET' })),
    );
  });
}
