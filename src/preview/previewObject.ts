import { formatBytes } from '../base/format';
import { objectFormat } from '../zones/objectFormat';
import { previewAvro } from './avro';
import { knownKind } from './knownKinds';
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
  if (named === 'Parquet' || named === 'ORC') {
    // A columnar file has its metadata at the other end: four bytes of its beginning are enough.
    const found = await columnar(object, await object.read(0, Math.min(object.bytes, 4)));
    if (found !== undefined) return found;
  }
  const head = await object.read(0, Math.min(object.bytes, headBytes));
  const preview = (await columnar(object, head)) ?? (await fromHead(head, { object, named }));
  const odd = named !== undefined && binaryFormats.has(named) && preview.format !== named;
  return odd
    ? withNote(preview, `Its name says ${named}, but its first bytes are none of such a file.`)
    : preview;
}

/** Formats that begin with a signature of their own. */
const binaryFormats = new Set(['Parquet', 'ORC', 'Avro', 'Excel']);

async function columnar(object: RangedObject, head: Uint8Array): Promise<Preview | undefined> {
  const magic = String.fromCharCode(...head.subarray(0, 4));
  if (magic === 'PAR1' || magic === 'PARE') {
    const { previewParquet } = await import('./parquet');
    return previewParquet(object, object.key);
  }
  if (magic.startsWith('ORC')) return previewOrc(object);
  return magic === 'Obj\u0001' ? previewAvro(object) : undefined;
}

interface Named {
  readonly object: RangedObject;
  /** What its name says. */
  readonly named: string | undefined;
}

async function fromHead(head: Uint8Array, { object, named }: Named): Promise<Preview> {
  const complete = head.length === object.bytes;
  const packing = packingOf(head);
  if (packing === undefined) {
    const preview = ofKind(head) ?? previewText(head, { whole: complete, format: named });
    const said = saidPacking(object.key);
    if (said === undefined || preview.format === packingNames[said]) return preview;
    return withNote(
      preview,
      preview.format === 'binary'
        ? `Its name says that it is packed with ${said}, which is not unpacked here.`
        : `Its name says ${said}, but it is not packed so: Athena goes by the name and cannot read it.`,
    );
  }
  const { bytes, damaged } = await unpack(head, packing, { whole: complete });
  const inner = packingOf(bytes);
  const preview =
    inner === undefined
      ? (ofKind(bytes) ?? previewText(bytes, { whole: complete && !damaged, format: named }))
      : ofKindNote(
          inner,
          `It is packed twice, with ${inner} and then with ${packing}: Athena unpacks it once.`,
        );
  const notes = [
    ...(damaged
      ? [
          `Its ${packing} stream is damaged or was cut off: what could be unpacked, ${formatBytes(bytes.length)}, is shown.`,
        ]
      : []),
    // Athena User Guide, "Use compression in Athena": text is unpacked by the ending of its name.
    ...(saidPacking(object.key) === packing
      ? []
      : [
          `It is packed with ${packing}, but its name does not end so: Athena goes by the name and takes it for text.`,
        ]),
  ];
  return { ...preview, compression: packing, notes: [...preview.notes, ...notes] };
}

function ofKind(bytes: Uint8Array): Preview | undefined {
  const kind = knownKind(bytes);
  if (kind !== undefined) return ofKindNote(kind.format, kind.advice);
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== 'PAR1') return undefined;
  return ofKindNote('Parquet', 'A Parquet file packed as a whole is read by no engine: unpack it.');
}

function ofKindNote(format: string, note: string): Preview {
  return { ...emptyPreview, format, notes: [note] };
}

function withNote(preview: Preview, note: string): Preview {
  return { ...preview, notes: [note, ...preview.notes] };
}

/** What the ending of a name says an object is packed with. */
function saidPacking(key: string): string | undefined {
  const ending = /\.(\w+)$/.exec(key.toLowerCase())?.[1];
  return ending === undefined || !Object.hasOwn(endings, ending) ? undefined : endings[ending];
}

const endings: Readonly<Record<string, string>> = {
  gz: 'gzip',
  gzip: 'gzip',
  bz2: 'bzip2',
  zst: 'zstd',
  zstd: 'zstd',
  xz: 'xz',
  lz4: 'LZ4',
  lzo: 'LZO',
  snappy: 'Snappy',
  br: 'Brotli',
  deflate: 'deflate',
};

/** How what is not unpacked is called where it is known by its first bytes. */
const packingNames: Readonly<Record<string, string>> = {
  xz: 'xz',
  LZ4: 'LZ4 frame',
  LZO: 'LZO',
  Snappy: 'Snappy frame',
};
