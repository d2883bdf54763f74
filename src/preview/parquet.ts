import { parquetMetadataAsync, parquetRead, type AsyncBuffer, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { Problem } from '../base/problem';
import { columnsOf } from './parquetColumns';
import { emptyPreview, sampleRows, type Preview, type RangedObject } from './preview';
import { shownValue } from './shownValue';

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
  const { sample, notes } = await firstRows(file, metadata);
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
    return await parquetMetadataAsync(file, { initialFetchSize: 64 * 1024 });
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
  file: AsyncBuffer,
  metadata: FileMetaData,
): Promise<Pick<Preview, 'sample' | 'notes'>> {
  const names = (metadata.schema[0]?.num_children ?? 0) === 0 ? [] : topLevel(metadata);
  const first = metadata.row_groups[0];
  if (first === undefined || names.length === 0) return { sample: [], notes: [] };
  const rows = Math.min(sampleRows, Number(first.num_rows));
  const cap = BigInt(Math.max(64 * 1024, Math.floor(most / first.columns.length)));
  const short: FileMetaData = {
    ...metadata,
    row_groups: [
      {
        ...first,
        columns: first.columns.map((chunk) => ({
          ...chunk,
          ...(chunk.meta_data === undefined
            ? {}
            : {
                meta_data: {
                  ...chunk.meta_data,
                  total_compressed_size: least(chunk.meta_data.total_compressed_size, cap),
                },
              }),
        })),
      },
    ],
  };
  const cells: (readonly (string | null)[] | undefined)[] = [];
  const unread: string[] = [];
  let spent = 0;
  const counted: AsyncBuffer = {
    byteLength: file.byteLength,
    slice: (start, end = file.byteLength) => {
      spent += end - start;
      return file.slice(start, end);
    },
  };
  for (const name of names) {
    const values = spent > most ? undefined : await columnValues(counted, short, { name, rows });
    if (values === undefined) unread.push(name);
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

async function columnValues(
  file: AsyncBuffer,
  metadata: FileMetaData,
  { name, rows }: { readonly name: string; readonly rows: number },
): Promise<readonly (string | null)[] | undefined> {
  let found: unknown[][] = [];
  try {
    await parquetRead({
      file,
      metadata,
      compressors,
      columns: [name],
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
  return found.length < rows ? undefined : found.map(([value]) => shownValue(value));
}

function topLevel({ schema }: FileMetaData): readonly string[] {
  const names: string[] = [];
  let at = 1;
  const skip = (): void => {
    const children = schema[at++]?.num_children ?? 0;
    for (let child = 0; child < children; child++) skip();
  };
  while (at < schema.length) {
    names.push(schema[at]?.name ?? '');
    skip();
  }
  return names;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}
