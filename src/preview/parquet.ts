import { parquetMetadataAsync, parquetRead, type AsyncBuffer, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { ColumnChunk } from 'hyparquet/src/types.js';
import { Problem } from '../base/problem';
import { columnsOf } from './parquetColumns';
import { cellText, exactTimes, withRawDecimals, type ColumnNode } from './parquetValues';
import { emptyPreview, sampleRows, type Preview, type RangedObject } from './preview';
import { readAhead, type ByteRange } from './readAhead';

/** Bytes: what the first rows may cost at most, all columns together, beside the footer. */
const most = 3 * 1024 * 1024;

/** The footer of a Parquet file and its first rows; a Problem for a file whose footer cannot be read. */
export async function previewParquet(object: RangedObject, name: string): Promise<Preview> {
  const file: AsyncBuffer = {
    byteLength: object.bytes,
    slice: async (start, end = object.bytes) =>
      bufferOf(await object.read(start, Math.min(end, object.bytes))),
  };
  const metadata = await footerOf(file, name);
  const { row_groups: groups, created_by: writer, key_value_metadata: properties = [] } = metadata;
  const columns = columnsOf(metadata);
  const { sample, notes } = await firstRows(object, metadata);
  const codecs = [...new Set(columns.flatMap(({ compression = [] }) => compression))];
  return {
    ...emptyPreview,
    format: 'Parquet',
    ...(codecs.length === 0 ? {} : { compression: codecs.join(', ') }),
    rows: Number(metadata.num_rows),
    columns,
    rowGroups: groups.map(({ num_rows: rows, columns: chunks }) => ({
      rows: Number(rows),
      bytes: chunks.reduce((sum, { meta_data: chunk }) => sum + Number(chunk?.total_compressed_size ?? 0), 0),
    })),
    sample,
    facts: [
      ['row groups', String(groups.length)],
      ['footer', `${metadata.metadata_length} bytes`],
      ...(writer === undefined ? [] : [['written by', writer] as const]),
      ...properties
        .filter(({ key, value }) => value !== undefined && key !== 'ARROW:schema')
        .map(({ key, value = '' }) => [key, value.length > 200 ? `${value.slice(0, 200)}…` : value] as const),
    ],
    notes,
  };
}

async function footerOf(file: AsyncBuffer, name: string): Promise<FileMetaData> {
  try {
    return await parquetMetadataAsync(file, { initialFetchSize: 64 * 1024, parsers: exactTimes });
  } catch (error) {
    if (error instanceof Problem || (error instanceof Error && error.name === 'AbortError')) throw error;
    throw new Problem(
      `The footer of ${name} cannot be read, so the file is damaged or was cut off: write it again.`,
      'invalid',
      { cause: error },
    );
  }
}

// Each column by itself, and of a large chunk only its beginning: the first pages hold the first rows.
async function firstRows(
  object: RangedObject,
  whole: FileMetaData,
): Promise<Pick<Preview, 'sample' | 'notes'>> {
  const { metadata, columns } = withRawDecimals(whole);
  const first = metadata.row_groups[0];
  if (first === undefined || columns.length === 0) return { sample: [], notes: [] };
  const rows = Math.min(sampleRows, Number(first.num_rows));
  const cap = Math.max(64 * 1024, Math.floor(most / first.columns.length));
  const ranges = first.columns.flatMap((chunk) => beginning(chunk, cap) ?? []);
  // A table of a thousand columns: those that still fit are shown, and the others are named.
  let spent = 0;
  const part = await readAhead(
    object.read,
    ranges.filter(({ start, end }) => (spent += end - start) <= most),
  );
  const file: AsyncBuffer = {
    byteLength: object.bytes,
    slice: (start, end = object.bytes) => {
      const bytes = part({ start, end });
      if (bytes === undefined) throw new RangeError('This part was not read: it would cost too much.');
      return bufferOf(bytes);
    },
  };
  const short: FileMetaData = {
    ...metadata,
    row_groups: [{ ...first, columns: first.columns.map((chunk) => cutTo(chunk, cap)) }],
  };
  const cells: (readonly (string | null)[] | undefined)[] = [];
  const unread: string[] = [];
  for (const column of columns) {
    const values = await columnValues(file, short, { column, rows });
    if (values === undefined) unread.push(column.name);
    cells.push(values);
  }
  const sample = Array.from({ length: rows }, (_, row) => cells.map((column) => column?.[row] ?? null));
  return {
    sample,
    notes:
      unread.length === 0
        ? []
        : [
            `Values of ${listed(unread)} are not shown: their first page is too large, or their encoding is not known here.`,
          ],
  };
}

/** Where the first bytes of a column chunk stand, its dictionary included. */
function beginning({ meta_data: chunk }: ColumnChunk, cap: number): ByteRange | undefined {
  if (chunk === undefined) return undefined;
  const { dictionary_page_offset: dictionary, data_page_offset: data } = chunk;
  const start = Number(dictionary !== undefined && dictionary > 0n && dictionary < data ? dictionary : data);
  return { start, end: start + Math.min(Number(chunk.total_compressed_size), cap) };
}

function cutTo(chunk: ColumnChunk, cap: number): ColumnChunk {
  const { meta_data: facts } = chunk;
  if (facts === undefined || facts.total_compressed_size <= cap) return chunk;
  return { ...chunk, meta_data: { ...facts, total_compressed_size: BigInt(cap) } };
}

async function columnValues(
  file: AsyncBuffer,
  metadata: FileMetaData,
  { column, rows }: { readonly column: ColumnNode; readonly rows: number },
): Promise<readonly (string | null)[] | undefined> {
  let found: unknown[][] = [];
  try {
    await parquetRead({
      file,
      metadata,
      compressors,
      parsers: exactTimes,
      columns: [column.name],
      rowStart: 0,
      rowEnd: rows,
      onComplete: (read) => {
        found = read;
      },
    });
  } catch (error) {
    if (error instanceof Problem || (error instanceof Error && error.name === 'AbortError')) throw error;
    return undefined; // the page was cut: the other columns are still worth showing
  }
  return found.length < rows ? undefined : found.map(([value]) => cellText(value, column));
}

function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}
