import { inflateRawSync } from 'node:zlib';
import { isRecord, type JsonRecord } from './exactJson';
import { avroReader, type AvroReader } from './avroValue';

/** An Avro object container file, read whole. Longs are bigints; a union's value stands without its branch. */
export interface AvroFile {
  readonly metadata: ReadonlyMap<string, string>;
  readonly records: readonly JsonRecord[];
}

/**
 * Reads an object container file with codec null, deflate, snappy or zstandard (Avro 1.11 specification, "Object
 * Container Files"). Throws a RangeError for a file that is cut off or no Avro.
 */
export async function readAvroFile(bytes: Uint8Array): Promise<AvroFile> {
  const reader = avroReader(bytes);
  if (new TextDecoder().decode(reader.fixed(4)) !== 'Obj\u0001') throw new RangeError('it is no Avro file');
  const metadata = readMetadata(reader);
  const sync = reader.fixed(16);
  const unpack = await unpackerOf(metadata.get('avro.codec') ?? 'null');
  const schema: unknown = JSON.parse(metadata.get('avro.schema') ?? '""');
  const records: JsonRecord[] = [];
  while (!reader.atEnd()) {
    const count = Number(reader.long());
    const block = reader.fixed(Number(reader.long()));
    if (!equal(reader.fixed(16), sync)) throw new RangeError('a block does not end in its mark');
    const inner = avroReader(unpack(block));
    for (let index = 0; index < count; index += 1) {
      const value = inner.value(schema);
      if (!isRecord(value)) throw new RangeError('its rows are no records');
      records.push(value);
    }
  }
  return { metadata, records };
}

function readMetadata(reader: AvroReader): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let count = reader.long(); count !== 0n; count = reader.long()) {
    if (count < 0n) reader.long(); // a block that tells its size in bytes
    for (let pair = 0; pair < Math.abs(Number(count)); pair += 1) found.set(reader.text(), reader.text());
  }
  return found;
}

async function unpackerOf(codec: string): Promise<(block: Uint8Array) => Uint8Array> {
  switch (codec) {
    case 'null':
      return (block) => block;
    case 'deflate':
      return (block) => inflateRawSync(block);
    case 'snappy': {
      const { snappyUncompress } = await import('hyparquet');
      return (block) => {
        // Avro puts a checksum of four bytes behind each block.
        const packed = block.subarray(0, -4);
        const output = new Uint8Array(snappyLength(packed));
        snappyUncompress(packed, output);
        return output;
      };
    }
    case 'zstandard': {
      const { decompress } = await import('fzstd');
      return (block) => decompress(block);
    }
    default:
      throw new RangeError(`it is packed with ${codec}, which cannot be read`);
  }
}

/** The length unpacked, which Snappy writes first: a number of 7 bits a byte, the lowest first. */
function snappyLength(packed: Uint8Array): number {
  let length = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = packed[index] ?? 0;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) break;
  }
  // Snappy packs no better than 64 bytes into 3: a greater length is a lie that would take all memory.
  if (length > packed.length * 22 + 64) throw new RangeError('a block is longer than it can be');
  return length;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, index) => byte === b[index]);
}
