import type { KeyPage } from '../zones/keyPage';
import { decodeKey, plain } from './listedKeys';

/** A listing's answer without its objects, and they as columns. */
export interface PartedKeyPage {
  readonly rest: string;
  readonly page: KeyPage;
}

/** S3 answers no more keys than these at once. */
const mostKeys = 1000;

const tag = (name: string): Uint8Array => Buffer.from(`<${name}>`);
const contents = tag('Contents');
const contentsEnd = tag('/Contents');
const keyTag = tag('Key');
const modifiedTag = tag('LastModified');
const sizeTag = tag('Size');
const classTag = tag('StorageClass');
const less = 60;
const slash = 47;
const dot = 46;

/**
 * As `partContents`, read from the bytes, with nothing made for an object: a listing of millions is added up as it comes.
 * Takes only what S3 itself writes, URL-encoded keys in one run of objects; `undefined` for anything else, which is then
 * read object by object.
 */
export function partKeyPage(body: Buffer): PartedKeyPage | undefined {
  const first = body.indexOf(contents);
  if (first < 0) return undefined;
  const rows = emptyRows();
  let at = first;
  let count = 0;
  for (; startsWith(body, contents, at); count += 1) {
    if (count === mostKeys || !startsWith(body, keyTag, at + contents.length)) return undefined;
    const end = readRow(body, at + contents.length, { rows, row: count });
    if (end < 0) return undefined;
    at = end;
  }
  const rest = body.toString('latin1', 0, first) + body.toString('latin1', at);
  const whole = rest.trimEnd().endsWith('</ListBucketResult>') && !rest.includes('<Contents');
  return whole && rest.includes('<EncodingType>url</EncodingType>')
    ? { rest, page: pageOf(body, rows, count) }
    : undefined;
}

interface Rows {
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly bytes: Float64Array;
  readonly modified: Float64Array;
  readonly classStart: Int32Array;
  readonly classEnd: Int32Array;
  readonly alike: Uint8Array;
  readonly folder: Uint8Array;
  /** Where the folder of a key ends, and where the endings of its name begin. */
  readonly folderEnd: Int32Array;
  readonly dot: Int32Array;
}

function emptyRows(): Rows {
  const places = (): Int32Array => new Int32Array(mostKeys);
  return {
    start: places(),
    end: places(),
    bytes: new Float64Array(mostKeys),
    modified: new Float64Array(mostKeys),
    classStart: places(),
    classEnd: places(),
    alike: new Uint8Array(mostKeys),
    folder: new Uint8Array(mostKeys),
    folderEnd: places(),
    dot: places(),
  };
}

interface RowAt {
  readonly rows: Rows;
  readonly row: number;
}

/** Reads one object from behind its tag on; returns where the next begins, negative for what it does not take. */
function readRow(body: Buffer, from: number, place: RowAt): number {
  const { rows, row } = place;
  rows.modified[row] = Number.NaN;
  const sameFolder = readKey(body, from, place);
  const at = rows.end[row] ?? 0;
  if (body[at] !== less) return -1;
  let end = readUsual(body, at, place);
  if (end < 0) end = readAny(body, at, place);
  const alike =
    sameFolder &&
    sameBytes(body, rows.dot, { until: rows.end, row }) &&
    sameBytes(body, rows.classStart, { until: rows.classEnd, row });
  rows.alike[row] = alike ? 1 : 0;
  return end;
}

/** Lengths of what S3 writes between the values of an object that was not uploaded in parts. */
const keyClose = '</Key>'.length;
const modifiedOpen = '<LastModified>'.length;
const modifiedClose = '</LastModified>'.length;
const etagLength = '<ETag>&quot;0123456789abcdef0123456789abcdef&quot;'.length;
const etagClose = '</ETag>'.length;
const sizeClose = '</Size>'.length;
const classClose = '</StorageClass>'.length;

/** The usual order and lengths, told by where each tag must begin; negative for any other, which is read tag by tag. */
function readUsual(body: Buffer, from: number, place: RowAt): number {
  const { rows, row } = place;
  let at = from + keyClose;
  if (body[at] !== less || body[at + 1] !== 76) return -1; // L
  const moment = momentIn(body, at + modifiedOpen, at + modifiedOpen + 24);
  at += modifiedOpen + 24;
  if (body[at] !== less || Number.isNaN(moment)) return -1;
  at += modifiedClose;
  if (body[at] !== less || body[at + 1] !== 69) return -1; // E
  at += etagLength;
  if (body[at] !== less || body[at + 1] !== slash) return -1;
  at += etagClose;
  if (body[at] !== less || body[at + 1] !== 83 || body[at + 2] !== 105) return -1; // Si
  at = readSize(body, at + sizeTag.length, place) + 1;
  if (at <= 0) return -1;
  at += sizeClose;
  if (body[at] !== less || body[at + 1] !== 83 || body[at + 2] !== 116) return -1; // St
  at = readClass(body, at + classTag.length, place) + classClose;
  if (body[at] !== less || body[at + 1] !== slash || body[at + 2] !== 67) return -1; // C
  rows.modified[row] = moment;
  return at + contentsEnd.length;
}

/** The fields in any order, with others between them. */
function readAny(body: Buffer, from: number, place: RowAt): number {
  const { rows, row } = place;
  let sized = false;
  rows.classStart[row] = 0;
  rows.classEnd[row] = 0;
  for (let at = from; at < body.length; at += 1) {
    if (body[at] !== less) continue;
    if (startsWith(body, contentsEnd, at)) return sized ? at + contentsEnd.length : -1;
    if (startsWith(body, sizeTag, at)) {
      at = readSize(body, at + sizeTag.length, place);
      if (at < 0) return -1;
      sized = true;
    } else if (startsWith(body, classTag, at)) at = readClass(body, at + classTag.length, place) - 1;
    else if (startsWith(body, modifiedTag, at)) {
      at += modifiedTag.length;
      const moment = momentIn(body, at, body.indexOf(less, at));
      if (Number.isNaN(moment)) return -1;
      rows.modified[row] = moment;
    }
  }
  return -1;
}

/** Finds the parts of a key; true where its folder is that of the row before. */
function readKey(body: Buffer, from: number, { rows, row }: RowAt): boolean {
  const start = from + keyTag.length;
  const before = row === 0 ? 0 : (rows.start[row - 1] ?? 0);
  const shared = row === 0 ? 0 : (rows.folderEnd[row - 1] ?? 0) - before;
  let same = row > 0;
  for (let index = 0; same && index < shared; index += 1) same = body[start + index] === body[before + index];
  let folderEnd = same ? start + shared : start;
  let firstDot = -1;
  let at = folderEnd;
  for (; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === less) break;
    if (byte === slash) {
      folderEnd = at + 1;
      firstDot = -1;
      same = false;
    } else if (byte === dot && firstDot < 0) firstDot = at;
  }
  rows.start[row] = start;
  rows.end[row] = at;
  rows.folderEnd[row] = folderEnd;
  rows.dot[row] = firstDot < 0 ? at : firstDot;
  rows.folder[row] = folderEnd === at && at > start ? 1 : 0;
  return same;
}

/** Where a storage class ends. */
function readClass(body: Buffer, from: number, { rows, row }: RowAt): number {
  let at = from;
  while (body[at] !== less && at < body.length) at += 1;
  rows.classStart[row] = from;
  rows.classEnd[row] = at;
  return at;
}

/** The sign before the end of a size; negative for what is no number. */
function readSize(body: Buffer, from: number, { rows, row }: RowAt): number {
  let at = from;
  let size = 0;
  for (; body[at] !== less; at += 1) {
    const digit = (body[at] ?? 0) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    size = size * 10 + digit;
  }
  rows.bytes[row] = size;
  return at === from ? -1 : at - 1;
}

/** `2024-01-31T08:00:00.000Z` in milliseconds since 1970; NaN for anything else. */
function momentIn(body: Buffer, from: number, to: number): number {
  const length = to - from;
  if ((length !== 24 && length !== 20) || body[to - 1] !== 90 || body[from + 10] !== 84) return Number.NaN;
  const two = (at: number): number => ((body[at] ?? 0) - 48) * 10 + (body[at + 1] ?? 0) - 48;
  const year = two(from) * 100 + two(from + 2);
  const seconds =
    daysBefore(year, two(from + 5), two(from + 8)) * 86_400 +
    two(from + 11) * 3600 +
    two(from + 14) * 60 +
    two(from + 17);
  return seconds * 1000 + (length === 24 ? two(from + 20) * 10 + (body[from + 22] ?? 0) - 48 : 0);
}

/** Days from 1970 to a day of the calendar, counted in years that begin with March, so that a leap day ends one. */
function daysBefore(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

/** Whether a part of a row is that of the row before, byte for byte. */
function sameBytes(
  body: Buffer,
  starts: Int32Array,
  { until, row }: { readonly until: Int32Array; readonly row: number },
): boolean {
  const here = starts[row] ?? 0;
  const before = starts[row - 1] ?? 0;
  const length = (until[row] ?? 0) - here;
  if ((until[row - 1] ?? 0) - before !== length) return false;
  // Names differ most where they end.
  for (let at = length - 1; at >= 0; at -= 1) if (body[here + at] !== body[before + at]) return false;
  return true;
}

function startsWith(body: Buffer, bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < bytes.length; index += 1) if (body[at + index] !== bytes[index]) return false;
  return true;
}

function pageOf(body: Buffer, rows: Rows, count: number): KeyPage {
  return {
    count,
    key: (at) => decodeKey(plain(body.toString('latin1', rows.start[at], rows.end[at]))),
    bytes: rows.bytes,
    modified: rows.modified,
    storageClass: (at) => body.toString('latin1', rows.classStart[at], rows.classEnd[at]),
    alike: rows.alike,
    folder: rows.folder,
  };
}
