import { parquetMetadata, type FileMetaData } from 'hyparquet';
import { isCancel, Problem } from '../base/problem';
import { completeFooter } from './compactThrift';
import { exactTimes } from './parquetValues';
import type { RangedObject } from './preview';

/** Bytes of a footer that are read at most; a longer one is read as far as that. */
export const mostFooter = 2 * 1024 * 1024;

/** Bytes that are read first: most footers are smaller. */
const tailBytes = 64 * 1024;

/** What a Parquet file says of itself. */
export type ParquetFooter =
  | {
      readonly kind: 'read';
      readonly metadata: FileMetaData;
      /** Of the whole footer. */
      readonly bytes: number;
      /** Row groups of the file; more than in `metadata` where the footer was too long to be read whole. */
      readonly groups: number;
    }
  | { readonly kind: 'encrypted' }
  /** Not even the schema ends in what is read of it. */
  | { readonly kind: 'tooLong'; readonly bytes: number };

/**
 * Reads the footer of a Parquet file, at most {@link mostFooter} bytes of it. Text and bytes in its statistics are
 * given as bytes: they are compared as such, and not every bound is whole text. A Problem for a damaged one.
 */
export async function parquetFooter(object: RangedObject, name: string): Promise<ParquetFooter> {
  const damaged = (cause?: unknown): Problem =>
    new Problem(
      `The footer of ${name} cannot be read, so the file is damaged or was cut off: write it again.`,
      'invalid',
      { cause },
    );
  const start = Math.max(0, object.bytes - tailBytes);
  const tail = await object.read(start, object.bytes);
  if (tail.length < 12) throw damaged();
  const magic = String.fromCharCode(...tail.subarray(-4));
  // Apache Parquet, "Modular encryption": a file with an encrypted footer ends with PARE.
  if (magic === 'PARE') return { kind: 'encrypted' };
  const bytes = new DataView(tail.buffer, tail.byteOffset + tail.length - 8, 4).getUint32(0, true);
  if (magic !== 'PAR1' || bytes > object.bytes - 12) throw damaged();
  const from = object.bytes - 8 - bytes;
  const fits = bytes <= mostFooter;
  const head =
    from < start
      ? await object.read(from, fits ? start : from + mostFooter)
      : tail.subarray(from - start, tail.length - 8);
  const read = from < start && fits ? Buffer.concat([head, tail.subarray(0, tail.length - 8)]) : head;
  const part = fits ? undefined : completeFooter(read);
  if (!fits && part === undefined) return { kind: 'tooLong', bytes };
  try {
    const metadata = metadataOf(part?.bytes ?? read);
    return { kind: 'read', metadata, bytes, groups: part?.groups ?? metadata.row_groups.length };
  } catch (error) {
    if (error instanceof Problem || isCancel(error)) throw error;
    throw damaged(error);
  }
}

function metadataOf(footer: Uint8Array): FileMetaData {
  const whole = new ArrayBuffer(footer.length + 8);
  const bytes = new Uint8Array(whole);
  bytes.set(footer);
  new DataView(whole).setUint32(footer.length, footer.length, true);
  bytes.set(Buffer.from('PAR1'), footer.length + 4);
  return parquetMetadata(whole, {
    parsers: { ...exactTimes, stringFromBytes: (raw) => raw },
    geoparquet: false,
  });
}
