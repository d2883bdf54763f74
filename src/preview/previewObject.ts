import { formatBytes } from '../base/format';
import { objectFormat } from '../zones/objectFormat';
import { previewAvro } from './avro';
import { previewOrc } from './orc';
import { emptyPreview, type Preview, type RangedObject } from './preview';
import { previewText } from './textRows';
import { packingOf, unpack } from './unpack';

/** A preview with what it cost. */
export interface CountedPreview extends Preview {
  /** Fetched of the object, in bytes, and in how many requests. */
  readonly fetched: number;
  readonly requests: number;
  /** Of the object, in bytes. */
  readonly bytes: number;
}

/** Bytes of a text that are fetched to show its beginning. */
const headBytes = 512 * 1024;

/**
 * Shows an object by its metadata and its beginning, in ranged reads: never more than a few megabytes, whatever
 * its size. What it is its first bytes tell before its name does. Problems of reading pass through, and a Parquet
 * file whose footer is damaged is one (`invalid`).
 */
export async function previewObject(object: RangedObject): Promise<CountedPreview> {
  let fetched = 0;
  let requests = 0;
  const counted: RangedObject = {
    ...object,
    read: async (start, end) => {
      const bytes = await object.read(start, end);
      fetched += bytes.length;
      requests += 1;
      return bytes;
    },
  };
  const preview = await previewOf(object.bytes <= headBytes ? await whole(counted) : counted);
  return { ...preview, fetched, requests, bytes: object.bytes };
}

/** A small object is read at once: every further request would cost more than all its bytes. */
async function whole(object: RangedObject): Promise<RangedObject> {
  const all = object.bytes === 0 ? new Uint8Array() : await object.read(0, object.bytes);
  return { ...object, read: (start, end) => Promise.resolve(all.subarray(start, end)) };
}

async function previewOf(object: RangedObject): Promise<Preview> {
  if (object.bytes === 0) return { ...emptyPreview, format: 'empty', notes: ['The object has no bytes.'] };
  const named = objectFormat(object.key);
  // A columnar file has its metadata at the other end: four bytes of its beginning are enough.
  const small = named === 'Parquet' || named === 'ORC';
  const head = await object.read(0, Math.min(object.bytes, small ? 4 : headBytes));
  const magic = String.fromCharCode(...head.subarray(0, 4));
  if (magic === 'PAR1' || (small && named === 'Parquet')) {
    const { previewParquet } = await import('./parquet');
    return previewParquet(object, object.key);
  }
  if (magic.startsWith('ORC') || (small && named === 'ORC')) return previewOrc(object);
  if (magic === 'Obj\u0001') return previewAvro(object);
  const packing = packingOf(head);
  const complete = head.length === object.bytes;
  if (packing === undefined) return previewText(head, { whole: complete, format: named });
  const { bytes, damaged } = await unpack(head, packing, { whole: complete });
  const preview = previewText(bytes, { whole: complete && !damaged, format: named });
  return {
    ...preview,
    compression: packing,
    notes: [
      ...preview.notes,
      ...(damaged
        ? [
            `Its ${packing} stream is damaged or was cut off: what could be unpacked, ${formatBytes(bytes.length)}, is shown.`,
          ]
        : []),
    ],
  };
}
