/**
 * The part of a Parquet footer that is complete in its first bytes: everything before its row groups, and those row
 * groups that are whole. A footer of ten megabytes can be shown so by its first two.
 */
export interface FooterPart {
  /** A footer by itself, in Thrift's compact protocol. */
  readonly bytes: Uint8Array;
  /** Row groups that the whole footer has, and those that are in `bytes`. */
  readonly groups: number;
  readonly kept: number;
}

/** Field 4 of FileMetaData is its list of row groups (Apache Parquet, parquet.thrift). */
const rowGroupsField = 4;

/** Cuts the beginning of a footer to what is whole; undefined where not even its row groups have begun. */
export function completeFooter(beginning: Uint8Array): FooterPart | undefined {
  const reader = { bytes: beginning, at: 0 };
  try {
    let field = 0;
    for (;;) {
      const header = byteOf(reader);
      const type = header & 0x0f;
      if (type === 0) return undefined;
      const delta = header >> 4;
      field = delta === 0 ? zigzag(varint(reader)) : field + delta;
      if (field === rowGroupsField && type === listType) return cutGroups(reader);
      skip(reader, type);
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const listType = 9;
const structType = 12;

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

function cutGroups(reader: Reader): FooterPart {
  const before = reader.bytes.subarray(0, reader.at);
  const { size, type } = listHeader(reader);
  const from = reader.at;
  let end = from;
  let kept = 0;
  try {
    for (; kept < size; kept++) {
      skip(reader, type);
      end = reader.at;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  // A list of 15 or more tells its length behind its header; a struct ends with a zero.
  const bytes = Buffer.concat([
    before,
    Uint8Array.from([0xf0 | structType, ...varintBytes(kept)]),
    reader.bytes.subarray(from, end),
    Uint8Array.of(0),
  ]);
  return { bytes, groups: size, kept };
}

function skip(reader: Reader, type: number): void {
  switch (type) {
    case 1:
    case 2:
      return; // a truth value is in its field's header
    case 3:
      return advance(reader, 1);
    case 4:
    case 5:
    case 6:
      varint(reader);
      return;
    case 7:
      return advance(reader, 8);
    case 8:
      return advance(reader, varint(reader));
    case listType:
    case 10: {
      const { size, type: element } = listHeader(reader);
      // In a list, a truth value is a byte.
      for (let at = 0; at < size; at++) skip(reader, element <= 2 ? 3 : element);
      return;
    }
    case structType:
      for (let header = byteOf(reader); (header & 0x0f) !== 0; header = byteOf(reader)) {
        if (header >> 4 === 0) varint(reader);
        skip(reader, header & 0x0f);
      }
      return;
    default:
      throw new RangeError('This type is not in a footer.');
  }
}

function listHeader(reader: Reader): { readonly size: number; readonly type: number } {
  const header = byteOf(reader);
  return { size: header >> 4 === 15 ? varint(reader) : header >> 4, type: header & 0x0f };
}

function byteOf(reader: Reader): number {
  const byte = reader.bytes[reader.at++];
  if (byte === undefined) throw new RangeError('cut off');
  return byte;
}

function advance(reader: Reader, bytes: number): void {
  reader.at += bytes;
  if (reader.at > reader.bytes.length) throw new RangeError('cut off');
}

function varint(reader: Reader): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = byteOf(reader);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
}

function varintBytes(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

function zigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
