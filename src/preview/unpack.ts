import { constants, gunzipSync } from 'node:zlib';

/** How an object is packed as a whole. */
export type Packing = 'gzip' | 'zstd' | 'bzip2';

/** Told by the first bytes, which names sometimes belie; undefined: not packed in a way that is known. */
export function packingOf(head: Uint8Array): Packing | undefined {
  const [a, b, c, d] = head;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  if (startsSkippable(head)) {
    // Frames of somebody's own may stand before the first (RFC 8878, 3.1.2); LZ4 has the same ones.
    const end = skippableEnd(head);
    return end < head.length ? packingOf(head.subarray(end)) : undefined;
  }
  if (a === 0x42 && b === 0x5a && c === 0x68 && d !== undefined && d >= 0x31 && d <= 0x39) return 'bzip2';
  return undefined;
}

function startsSkippable([a = 0, b, c, d]: Uint8Array): boolean {
  return a >= 0x50 && a <= 0x5f && b === 0x2a && c === 0x4d && d === 0x18;
}

function skippableEnd(head: Uint8Array): number {
  return head.length < 8 ? 8 : 8 + new DataView(head.buffer, head.byteOffset + 4, 4).getUint32(0, true);
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
  try {
    // What is whole has to end as a stream does; of a beginning all that has come is taken.
    const finish = whole ? {} : { finishFlush: constants.Z_SYNC_FLUSH };
    return { bytes: gunzipSync(head, { maxOutputLength: largest, ...finish }), damaged: false };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (whole && code === 'Z_BUF_ERROR') return { bytes: gunzip(head, false).bytes, damaged: true };
    if (error instanceof RangeError) {
      // It unpacks to more than is looked at: half of it will do.
      return gunzip(head.subarray(0, Math.floor(head.length / 2)), false);
    }
    return { bytes: beforeDamage(head), damaged: true };
  }
}

/** What the longest beginning that can be unpacked holds. */
function beforeDamage(head: Uint8Array): Uint8Array {
  let bytes: Uint8Array = new Uint8Array(0);
  let good = 0;
  for (let bad = head.length; bad - good > 1;) {
    const middle = Math.floor((good + bad) / 2);
    try {
      bytes = gunzipSync(head.subarray(0, middle), {
        maxOutputLength: largest,
        finishFlush: constants.Z_SYNC_FLUSH,
      });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return bytes;
}

async function unzstd(head: Uint8Array, whole: boolean): Promise<Unpacked> {
  const { Decompress } = await import('fzstd');
  let start = 0;
  while (startsSkippable(head.subarray(start))) start += skippableEnd(head.subarray(start));
  const parts: Uint8Array[] = [];
  let total = 0;
  const reader = new Decompress((part) => {
    if (total < largest) parts.push(part);
    total += part.length;
  });
  let damaged = false;
  try {
    // The last piece is only said to be the last where it is: otherwise an unfinished block is a fault.
    reader.push(head.subarray(start), whole);
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
