import { formatBytes } from '../base/format';
import { emptyPreview, type Preview, type PreviewColumn, type RangedObject } from './preview';
import { protobuf, type Field } from './protobuf';

/** Bytes of the end that are read first, and of a footer that does not fit in there at most. */
const tailBytes = 256 * 1024;
const mostFooter = 2 * 1024 * 1024;

const orcCodecs = ['none', 'zlib', 'snappy', 'LZO', 'LZ4', 'zstd'];
const orcTypes = [
  'boolean',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'float',
  'double',
  'string',
  'binary',
  'timestamp',
  'array',
  'map',
  'struct',
  'union',
  'decimal',
  'date',
  'varchar',
  'char',
  'timestamp with local time zone',
];

/** The tail of an ORC file: rows, stripes and columns (ORC v1 specification: postscript and footer). */
export async function previewOrc(object: RangedObject): Promise<Preview> {
  const tail = await object.read(Math.max(0, object.bytes - tailBytes), object.bytes);
  const unread = (why: string): Preview => ({ ...emptyPreview, format: 'ORC', notes: [why] });
  const postscriptLength = tail.at(-1) ?? 0;
  const postscriptStart = tail.length - 1 - postscriptLength;
  const magic = String.fromCharCode(...tail.subarray(-4, -1));
  if (postscriptLength === 0 || postscriptStart < 0 || magic !== 'ORC')
    return unread('Its tail cannot be read: the file is damaged or was cut off.');
  const postscript = protobuf(tail.subarray(postscriptStart, tail.length - 1));
  const footerLength = numberIn(postscript, 1) ?? 0;
  const codec = numberIn(postscript, 2) ?? 0;
  const name = orcCodecs[codec] ?? `codec ${codec}`;
  const end = object.bytes - tail.length + postscriptStart;
  if (footerLength > mostFooter || footerLength > end) {
    return {
      ...unread(
        footerLength > end
          ? 'Its footer is said to be longer than the file: it is damaged.'
          : `Its footer is ${formatBytes(footerLength)} long, which is more than is read for a preview.`,
      ),
      compression: name,
    };
  }
  const packed =
    footerLength > postscriptStart
      ? await object.read(end - footerLength, end)
      : tail.subarray(postscriptStart - footerLength, postscriptStart);
  const footer = await orcFooter(packed, name);
  if (footer === undefined) {
    return { ...unread(`Its footer is packed with ${name}, which is not unpacked here.`), compression: name };
  }
  const fields = protobuf(footer);
  const rows = numberIn(fields, 6);
  const types = fields
    .filter(({ id, bytes }) => id === 4 && bytes !== undefined)
    .map(({ bytes }) => protobuf(bytes ?? new Uint8Array(0)));
  return {
    ...emptyPreview,
    format: 'ORC',
    compression: name,
    ...(rows === undefined ? {} : { rows }),
    columns: orcColumns(types),
    rowGroups: fields
      .filter(({ id, bytes }) => id === 3 && bytes !== undefined)
      .map(({ bytes }) => {
        const stripe = protobuf(bytes ?? new Uint8Array(0));
        return {
          rows: numberIn(stripe, 5) ?? 0,
          bytes: (numberIn(stripe, 2) ?? 0) + (numberIn(stripe, 3) ?? 0) + (numberIn(stripe, 4) ?? 0),
        };
      }),
    notes: ['Of an ORC file the schema and the stripes are shown, not the rows.'],
  };
}

function orcColumns(types: readonly (readonly Field[])[]): readonly PreviewColumn[] {
  const root = types[0] ?? [];
  const children = subtypes(root);
  return fieldNames(root).map((name, at) => ({ name, type: orcType(types, children[at] ?? -1) }));
}

function orcType(types: readonly (readonly Field[])[], at: number): string {
  const type = types[at];
  if (type === undefined) return 'unknown';
  const kind = orcTypes[numberIn(type, 1) ?? 0] ?? 'unknown';
  const inner = subtypes(type).map((child) => orcType(types, child));
  if (kind === 'decimal') return `decimal(${numberIn(type, 5) ?? 0},${numberIn(type, 6) ?? 0})`;
  if (kind === 'varchar' || kind === 'char') return `${kind}(${numberIn(type, 4) ?? 0})`;
  if (kind === 'struct') {
    const names = fieldNames(type);
    return `struct<${inner.map((field, place) => `${names[place] ?? ''}:${field}`).join(',')}>`;
  }
  return inner.length === 0 ? kind : `${kind}<${inner.join(',')}>`;
}

function fieldNames(type: readonly Field[]): readonly string[] {
  return type.filter(({ id }) => id === 3).map(({ bytes }) => new TextDecoder().decode(bytes));
}

// Written one by one or packed into one field.
function subtypes(type: readonly Field[]): readonly number[] {
  return type
    .filter(({ id }) => id === 2)
    .flatMap(({ number, bytes }) => (bytes === undefined ? [number ?? 0] : packedNumbers(bytes)));
}

function packedNumbers(bytes: Uint8Array): readonly number[] {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte < 0x80) {
      numbers.push(value);
      value = 0;
      scale = 1;
    }
  }
  return numbers;
}

function numberIn(fields: readonly Field[], id: number): number | undefined {
  return fields.find((field) => field.id === id && field.number !== undefined)?.number;
}

/** A footer is a row of chunks, each with three bytes that say its length and whether it is packed at all. */
async function orcFooter(packed: Uint8Array, codec: string): Promise<Uint8Array | undefined> {
  if (codec === 'none') return packed;
  const unpackChunk = await unpackerOf(codec);
  if (unpackChunk === undefined) return undefined;
  const parts: Uint8Array[] = [];
  for (let at = 0; at + 3 <= packed.length;) {
    const header = (packed[at] ?? 0) | ((packed[at + 1] ?? 0) << 8) | ((packed[at + 2] ?? 0) << 16);
    const length = header >>> 1;
    const chunk = packed.subarray(at + 3, at + 3 + length);
    try {
      parts.push(header % 2 === 1 ? chunk : unpackChunk(chunk));
    } catch {
      return undefined;
    }
    at += 3 + length;
  }
  return Buffer.concat(parts);
}

async function unpackerOf(codec: string): Promise<((chunk: Uint8Array) => Uint8Array) | undefined> {
  if (codec === 'zlib') {
    const { inflateRawSync } = await import('node:zlib');
    return (chunk) => inflateRawSync(chunk, { maxOutputLength: 64 * 1024 * 1024 });
  }
  if (codec === 'zstd') {
    const { decompress } = await import('fzstd');
    return (chunk) => decompress(chunk);
  }
  if (codec === 'snappy') {
    const { snappyUncompress } = await import('hyparquet');
    return (chunk) => {
      const output = new Uint8Array(packedNumbers(chunk.subarray(0, 5))[0] ?? 0);
      snappyUncompress(chunk, output);
      return output;
    };
  }
  return undefined;
}
