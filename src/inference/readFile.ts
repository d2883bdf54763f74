import { Problem } from '../base/problem';
import type { RangedObject } from '../preview/preview';
import { packingOf, unpack } from '../preview/unpack';
import { objectFormat } from '../zones/objectFormat';
import { csvTable } from './csvFields';
import { jsonRows } from './jsonFields';
import type { Reading } from './reading';

/** Bytes of the beginning of a text file that are read. */
const headBytes = 256 * 1024;

/**
 * Reads what one file tells of its columns, in ranges. What it is its first bytes tell before its name does. A
 * Problem (`invalid`) for a file that is damaged; Problems of reading pass through.
 */
export async function readFile(object: RangedObject): Promise<Reading> {
  try {
    return await readKnown(object);
  } catch (error) {
    // A schema that was damaged may nest without an end, or claim more than there is.
    if (!(error instanceof RangeError)) throw error;
    throw new Problem(
      `The schema of ${object.key} makes no sense, so the file is damaged: write it again.`,
      'invalid',
      {
        cause: error,
      },
    );
  }
}

async function readKnown(object: RangedObject): Promise<Reading> {
  const named = objectFormat(object.key);
  const columnar = named === 'Parquet' || named === 'ORC';
  const head = await object.read(0, Math.min(object.bytes, columnar ? 4 : headBytes));
  const magic = String.fromCharCode(...head.subarray(0, 4));
  if (magic === 'PAR1' || named === 'Parquet') {
    const { readParquet } = await import('./parquetTypes');
    return readParquet(object);
  }
  if (magic.startsWith('ORC') || named === 'ORC') return readOrc(object);
  if (magic === 'Obj\u0001') {
    const { readAvro } = await import('./avroTypes');
    return readAvro(object);
  }
  return readText(object, head, named);
}

async function readOrc(object: RangedObject): Promise<Reading> {
  const { previewOrc } = await import('../preview/orc');
  const { columns, compression, notes } = await previewOrc(object);
  if (columns.length === 0) {
    throw new Problem(`The schema of ${object.key} cannot be read: ${notes.join(' ')}`, 'invalid');
  }
  const doubts: string[] = [];
  return {
    kind: 'typed',
    format: 'orc',
    columns: columns.map(({ name, type = 'string' }) => {
      if (type.includes('union')) doubts.push(`${name} is a union, which Athena does not read.`);
      return { name, type: type.replaceAll('timestamp with local time zone', 'timestamp') };
    }),
    doubts,
    ...(compression === undefined || compression === 'none' ? {} : { compression }),
  };
}

async function readText(object: RangedObject, head: Uint8Array, named: string | undefined): Promise<Reading> {
  const packing = packingOf(head);
  const isWhole = head.length === object.bytes;
  const unpacked = packing === undefined ? undefined : await unpack(head, packing, { whole: isWhole });
  const bytes = unpacked?.bytes ?? head;
  const damaged = unpacked?.damaged === true;
  const compression = packing === undefined ? {} : { compression: packing };
  if (damaged && bytes.length === 0) {
    throw new Problem(
      `${object.key} cannot be unpacked: its ${packing ?? ''} stream is damaged or was cut off.`,
      'invalid',
    );
  }
  const cut = damaged
    ? [`Its ${packing ?? ''} stream is damaged or was cut off: a query that reads it fails.`]
    : [];
  if (bytes.subarray(0, 8000).includes(0)) {
    return { kind: 'other', format: binaryWord(bytes, named), doubts: [], faults: cut, ...compression };
  }
  const whole = isWhole && !damaged;
  const decoded = new TextDecoder('utf-8').decode(bytes);
  // The last line may be cut in the middle, of a character even.
  const end = whole ? decoded.length : decoded.lastIndexOf('\n') + 1;
  const text = end === 0 ? decoded : decoded.slice(0, end);
  const torn =
    end === 0 && !whole
      ? ['Its first line is longer than 256 KB, and was not read to its end: columns may be missing.']
      : [];
  const odd = text.includes('\uFFFD') ? ['Some of it is not UTF-8, which Athena takes every text for.'] : [];
  const json = /^\uFEFF?\s*[[{]/.test(text) ? jsonRows(text, { whole }) : undefined;
  if (json !== undefined) {
    const bad =
      json.bad === 0
        ? []
        : [
            `${json.bad} of its first lines are no JSON object: a query fails on them unless 'ignore.malformed.json' is 'true'.`,
          ];
    const { layout, fields, rows } = json;
    return {
      kind: 'json',
      layout,
      fields,
      rows,
      doubts: [],
      faults: [...cut, ...torn, ...odd, ...bad],
      ...compression,
    };
  }
  const csv = csvTable(text, named === 'CSV' ? 'CSV' : 'any');
  if (csv !== undefined) {
    const { dialect, fields, rows, doubts, faults } = csv;
    return {
      kind: 'csv',
      dialect,
      fields,
      rows,
      doubts,
      faults: [...cut, ...torn, ...odd, ...faults],
      ...compression,
    };
  }
  return { kind: 'other', format: named ?? 'text', doubts: [], faults: [...cut, ...odd], ...compression };
}

/** What a file with zero bytes in it is: Athena reads no UTF-16, and no text in a packing that is none of its own. */
function binaryWord([first, second]: Uint8Array, named: string | undefined): string {
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'UTF-16 text';
  return named === 'CSV' || named === 'JSON' || named === 'text'
    ? `${named} in an unknown packing`
    : (named ?? 'binary');
}
