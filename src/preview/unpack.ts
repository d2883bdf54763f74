import { constants, gunzipSync } from 'node:zlib';

/** How an object is packed as a whole. */
export type Packing = 'gzip' | 'zstd' | 'bzip2';

/** Told by the first bytes, which names sometimes belie; undefined: not packed in a way that is known. */
export function packingOf(head: Uint8Array): Packing | undefined {
  const [a, b, c, d] = head;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  if (a === 0x42 && b === 0x5a && c === 0x68 && d !== undefined && d >= 0x31 && d <= 0x39) return 'bzip2';
  return undefined;
}

/** The beginning of what is packed, as far as the given bytes reach, and whether they are damaged there. */
export interface Unpacked {
  readonly bytes: Uint8Array;
  readonly damaged: boolean;
}

/** Unpacks the beginning of an object: bytes that end in the middle are no fault, unless they are `whole`. */
export async function unpack(
  head: Uint8Array,
  packing: Packing,
  { whole }: { readonly whole: boolean },
): Promise<Unpacked> {
  switch (packing) {
    case 'gzip':
      return gunzip(head, whole);
    case 'zstd':
      return unzstd(head, whole);
    case 'bzip2':
      return bunzip(head, whole);
    default:
      return packing satisfies never;
  }
}

function gunzip(head: Uint8Array, whole: boolean): Unpacked {
  const options = { maxOutputLength: largest, finishFlush: constants.Z_SYNC_FLUSH };
  try {
    const bytes = gunzipSync(head, options);
    return { bytes, damaged: whole && !endsAsItSays(head, bytes.length) };
  } catch (error) {
    // More than is looked at, or damage somewhere: what stands before it is still good.
    const smaller = head.subarray(0, Math.floor(head.length / 2));
    if (smaller.length < 64) return { bytes: new Uint8Array(0), damaged: true };
    const found = gunzip(smaller, false);
    const tooLarge = error instanceof RangeError;
    return { bytes: found.bytes, damaged: found.damaged || !tooLarge };
  }
}

// The last four bytes are the unpacked length of the last member (RFC 1952): a file that was cut off ends anyhow.
function endsAsItSays(packed: Uint8Array, length: number): boolean {
  if (packed.length < 18) return false;
  const said = new DataView(packed.buffer, packed.byteOffset + packed.length - 4, 4).getUint32(0, true);
  return said === length || (said < length && packed.length > 18 && said > 0);
}

async function unzstd(head: Uint8Array, whole: boolean): Promise<Unpacked> {
  const { Decompress } = await import('fzstd');
  const parts: Uint8Array[] = [];
  let total = 0;
  const reader = new Decompress((part) => {
    if (total < largest) parts.push(part);
    total += part.length;
  });
  let damaged = false;
  try {
    // The last piece is only said to be the last where it is: otherwise an unfinished block is a fault.
    reader.push(head, whole);
  } catch {
    damaged = true;
  }
  return { bytes: joined(parts), damaged };
}

async function bunzip(head: Uint8Array, whole: boolean): Promise<Unpacked> {
  const { default: Bunzip } = await import('seek-bzip');
  const bytes = new Uint8Array(largest);
  let length = 0;
  const output = {
    writeByte(byte: number): void {
      if (length === largest) throw new RangeError('enough');
      bytes[length++] = byte;
    },
    flush(): void {
      // Every byte has its place already.
    },
  };
  let damaged = false;
  try {
    Bunzip.decode(Buffer.from(head), output, true);
  } catch {
    damaged = whole && length < largest;
  }
  return { bytes: bytes.subarray(0, length), damaged };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Bytes: more than this is never unpacked, whatever a small object claims to hold. */
const largest = 16 * 1024 * 1024;
