import { parquetRead, type AsyncBuffer, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetHeader } from 'hyparquet/src/column.js';
import type { ColumnChunk, RowGroup, SchemaElement } from 'hyparquet/src/types.js';
import { isCancel, Problem } from '../base/problem';
import { cellText, exactTimes, withStoredValues, type ColumnNode } from './parquetValues';
import { sampleRows, type Preview, type RangedObject } from './preview';
import { mergedBytes, readAhead, type ByteRange, type ReadPart } from './readAhead';

/** Bytes: what the first rows may cost at most, all columns together, beside the footer. */
const most = 3 * 1024 * 1024;

/** A chunk of a column that is no larger is read whole. */
const smallChunk = 64 * 1024;

/** Enough to hold the header of a page, with the statistics that some writers put in it. */
const headerBytes = 4 * 1024;

/** Of so many columns with large chunks the first page is looked for: each may cost two requests. */
const mostLarge = 100;

/** Leaves whose values are shown; of a wider file the first ones. */
const mostLeaves = 500;

/** The first rows of a file's first row group with rows; columns that cost too much or cannot be read are named. */
export async function firstRows(
  object: RangedObject,
  whole: FileMetaData,
): Promise<Pick<Preview, 'sample' | 'notes'> & { readonly sampleColumns: readonly string[] }> {
  const group = whole.row_groups.find(({ num_rows: rows }) => rows > 0n);
  if (group === undefined) return { sample: [], sampleColumns: [], notes: [] };
  const rows = Math.min(sampleRows, Number(group.num_rows));
  const columns = topColumns(whole, group);
  const { part, fitting } = await readPages(
    object,
    columns.filter(({ skip }) => skip === undefined),
  );
  const shown: { readonly name: string; readonly cells: readonly (string | null)[] }[] = [];
  const left = new Map<string, string[]>();
  for (const column of columns) {
    const { node } = column;
    const ranges = fitting.get(column);
    const why = column.skip ?? (ranges === undefined ? 'their first pages are too large' : undefined);
    const cells =
      why === undefined && ranges !== undefined
        ? await columnCells(column, { part, ranges, rows })
        : undefined;
    if (cells !== undefined) shown.push({ name: node.name, cells });
    else {
      const reason = why ?? 'their pages cannot be read here';
      left.set(reason, [...(left.get(reason) ?? []), node.name]);
    }
  }
  return {
    sampleColumns: shown.map(({ name }) => name),
    sample: Array.from({ length: rows }, (_, row) => shown.map(({ cells }) => cells[row] ?? null)),
    notes: [...left].map(([why, names]) => `Values of ${listed(names)} are not shown: ${why}.`),
  };
}

/** A column at the top of the schema, with all that is inside it. */
interface TopColumn {
  readonly node: ColumnNode;
  readonly schema: readonly SchemaElement[];
  readonly group: RowGroup;
  readonly chunks: readonly ColumnChunk[];
  /** Why nothing of it is read. */
  readonly skip?: string;
}

function topColumns(whole: FileMetaData, group: RowGroup): readonly TopColumn[] {
  const { metadata, columns } = withStoredValues(whole);
  const { schema } = metadata;
  let at = 1;
  let leaf = 0;
  let large = 0;
  return columns.map((node) => {
    const size = sizeOf(node);
    const leaves = leavesOf(node);
    const own = schema.slice(at, at + size);
    const chunks = group.columns.slice(leaf, leaf + leaves);
    at += size;
    leaf += leaves;
    large += chunks.filter(isLarge).length;
    const skip =
      whyNot(chunks) ??
      (leaf > mostLeaves || large > mostLarge
        ? 'only the first columns of so wide a file are read'
        : undefined);
    return { node, schema: own, group, chunks, ...(skip === undefined ? {} : { skip }) };
  });
}

function sizeOf({ children }: ColumnNode): number {
  return children.reduce((sum, child) => sum + sizeOf(child), 1);
}

function leavesOf({ children }: ColumnNode): number {
  return children.length === 0 ? 1 : children.reduce((sum, child) => sum + leavesOf(child), 0);
}

function isLarge({ meta_data: facts }: ColumnChunk): boolean {
  return facts !== undefined && facts.total_compressed_size > smallChunk;
}

function whyNot(chunks: readonly ColumnChunk[]): string | undefined {
  if (chunks.some((chunk) => chunk.crypto_metadata !== undefined)) return 'they are encrypted';
  if (chunks.some(({ file_path: path }) => path !== undefined)) return 'they lie in another file';
  const codecs = chunks.flatMap(({ meta_data: facts }) => facts?.codec ?? []);
  const unknown = codecs.find((codec) => codec !== 'UNCOMPRESSED' && compressors[codec] === undefined);
  return unknown === undefined ? undefined : `they are packed with ${unknown}, which is not unpacked here`;
}

/** Reads the first pages of as many columns as the limit lets through, those that need least first. */
async function readPages(
  object: RangedObject,
  columns: readonly TopColumn[],
): Promise<{ readonly part: ReadPart; readonly fitting: ReadonlyMap<TopColumn, readonly ByteRange[]> }> {
  const probes = columns.flatMap(({ chunks }) =>
    chunks.filter(isLarge).flatMap((chunk) => probeOf(chunk) ?? []),
  );
  const header = await readAhead(object.read, probes, { gap: headerBytes });
  const needs = columns
    .map((column) => ({ column, ranges: column.chunks.flatMap((chunk) => needOf(chunk, header) ?? []) }))
    .toSorted((a, b) => bytesOf(a.ranges) - bytesOf(b.ranges));
  let spent = bytesOf(probes);
  const ranges: ByteRange[] = [];
  const fitting = new Map<TopColumn, readonly ByteRange[]>();
  for (const { column, ranges: own } of needs) {
    spent += bytesOf(own);
    if (spent > most) break;
    fitting.set(column, own);
    ranges.push(...own);
  }
  // Neighbours in one request, as long as what lies between is within the limit too.
  const gap = [64, 16, 4, 0]
    .map((kilobytes) => kilobytes * 1024)
    .find((each) => mergedBytes(ranges, each) <= most);
  return { part: await readAhead(object.read, ranges, { gap: gap ?? 0 }), fitting };
}

function bytesOf(ranges: readonly ByteRange[]): number {
  return ranges.reduce((all, { start, end }) => all + end - start, 0);
}

/** Where the header of a large chunk's first data page stands. */
function probeOf({ meta_data: facts }: ColumnChunk): ByteRange | undefined {
  if (facts === undefined) return undefined;
  const start = Number(facts.data_page_offset);
  return { start, end: start + headerBytes };
}

function startOf({ dictionary_page_offset: dictionary, data_page_offset: data }: Facts): number {
  return Number(dictionary !== undefined && dictionary > 0n && dictionary < data ? dictionary : data);
}

type Facts = NonNullable<ColumnChunk['meta_data']>;

/** The bytes of a chunk with its dictionary and its first data page. */
function needOf(chunk: ColumnChunk, header: ReadPart): ByteRange | undefined {
  const { meta_data: facts } = chunk;
  const probe = probeOf(chunk);
  if (facts === undefined || probe === undefined) return undefined;
  const start = startOf(facts);
  const end = start + Number(facts.total_compressed_size);
  if (!isLarge(chunk)) return { start, end };
  const bytes = header(probe);
  const page = bytes === undefined ? undefined : pageAt(bytes, 0);
  // A page of few rows is followed by more of its kind; some writers call the dictionary the first data page.
  const wanted =
    page === undefined ? smallChunk : probe.start - start + page.end + (page.isData ? 0 : smallChunk);
  return { start, end: Math.min(end, start + Math.max(wanted, smallChunk)) };
}

/** The page whose header stands at an offset; undefined where none can be read. */
function pageAt(
  bytes: Uint8Array,
  offset: number,
): { readonly end: number; readonly isData: boolean } | undefined {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset };
  try {
    const { type, compressed_page_size: size } = parquetHeader(reader);
    return size < 0 ? undefined : { end: reader.offset + size, isData: type !== 'DICTIONARY_PAGE' };
  } catch {
    return undefined;
  }
}

/** The cells of one column, read from a file that has no other: a thousand columns are not gone through for each. */
async function columnCells(
  { node, schema, group, chunks }: TopColumn,
  from: { readonly part: ReadPart; readonly ranges: readonly ByteRange[]; readonly rows: number },
): Promise<readonly (string | null)[] | undefined> {
  const { part, ranges, rows } = from;
  if (chunks.every(isAllNull) && node.children.length === 0) return Array.from({ length: rows }, () => null);
  const file: AsyncBuffer = {
    byteLength: Math.max(0, ...ranges.map(({ end }) => end)),
    slice: (start, end = start) => {
      const found = part({ start, end });
      if (found === undefined) throw new RangeError('This part was not read: it would cost too much.');
      return bufferOf(found);
    },
  };
  let found: unknown[][] = [];
  try {
    await parquetRead({
      file,
      metadata: {
        version: 1,
        num_rows: group.num_rows,
        metadata_length: 0,
        schema: [{ name: 'schema', num_children: 1 }, ...schema],
        row_groups: [{ ...group, columns: chunks.map((chunk, at) => cutTo(chunk, part, ranges[at])) }],
      },
      compressors: unpackers,
      // Bytes are told from text by what they hold.
      utf8: false,
      parsers: exactTimes,
      rowStart: 0,
      rowEnd: rows,
      onComplete: (read) => {
        found = read;
      },
    });
  } catch (error) {
    if (error instanceof Problem || isCancel(error)) throw error;
    return undefined; // the page was cut, or is damaged: the other columns are still worth showing
  }
  return found.length < rows ? undefined : found.map(([value]) => cellText(value, node));
}

function isAllNull({ meta_data: facts }: ColumnChunk): boolean {
  return facts?.statistics?.null_count !== undefined && facts.statistics.null_count === facts.num_values;
}

/** The chunk with those of its pages alone that were read whole. */
function cutTo(chunk: ColumnChunk, part: ReadPart, range: ByteRange | undefined): ColumnChunk {
  const { meta_data: facts } = chunk;
  const bytes = range === undefined ? undefined : part(range);
  if (facts === undefined || bytes === undefined || bytes.length >= facts.total_compressed_size) return chunk;
  let size = 0;
  for (
    let page = pageAt(bytes, 0);
    page !== undefined && page.end <= bytes.length;
    page = pageAt(bytes, size)
  )
    size = page.end;
  return { ...chunk, meta_data: { ...facts, total_compressed_size: BigInt(size) } };
}

// Some writers pack nothing at all where a page holds only NULLs, which is no stream that could be unpacked.
const unpackers = Object.fromEntries(
  Object.entries(compressors).map(([codec, unpack]) => [
    codec,
    (input: Uint8Array, length: number) => (length === 0 ? new Uint8Array(0) : unpack(input, length)),
  ]),
);

function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}
