import { pool } from '../base/pool';
import { isCancel, Problem } from '../base/problem';
import { readAvroFile, type AvroFile } from './avroFile';
import { isRecord, numberOf, textOf, type JsonRecord } from './exactJson';
import { corrupt, type IcebergMetadata, type IcebergSnapshot, type ReadObject } from './metadata';
import { partitionText } from './partitionText';

/** One entry of a manifest list; what a writer did not count is absent. */
export interface Manifest {
  readonly path: string;
  readonly bytes?: number;
  readonly specId: number;
  readonly content: 'data' | 'deletes';
  /** The snapshot that wrote it. */
  readonly addedBy?: string;
  readonly addedFiles?: number;
  readonly existingFiles?: number;
  readonly deletedFiles?: number;
  /** The greatest value of each field of its spec, as it is encoded; absent where the writer noted none. */
  readonly upperBounds?: readonly (Uint8Array | undefined)[];
}

/** One file that a snapshot reads. */
export interface IcebergFile {
  readonly path: string;
  readonly content: 'data' | 'position deletes' | 'equality deletes';
  /** `PARQUET`, `ORC`, `AVRO`, `PUFFIN`. */
  readonly format: string;
  readonly rows: number;
  readonly bytes: number;
  /** `happened_on_month=2024-03`; empty for a table without partitions. */
  readonly partition: string;
  /** Added by this snapshot, or taken over from an earlier one. */
  readonly status: 'added' | 'existing';
  /** The snapshot that added it. */
  readonly addedBy?: string;
}

/** The manifests of a snapshot. A Problem says which file is missing or cannot be read. */
export async function readManifestList(
  read: ReadObject,
  snapshot: IcebergSnapshot,
  signal: AbortSignal,
): Promise<readonly Manifest[]> {
  const { manifestList, manifests = [] } = snapshot;
  if (manifestList === undefined) return manifests.map((path) => ({ path, specId: 0, content: 'data' }));
  const { records } = await avro(read, manifestList, signal);
  return records.map((record) => {
    const path = textOf(record['manifest_path']);
    if (path === undefined) throw corrupt(manifestList, 'an entry names no manifest');
    const bytes = numberOf(record['manifest_length']);
    const addedBy = textOf(record['added_snapshot_id']);
    // PyIceberg and Java name the counts differently in format version 1.
    const count = (what: string): number | undefined =>
      numberOf(record[`${what}_files_count`]) ?? numberOf(record[`${what}_data_files_count`]);
    const [added, existing, deleted] = [count('added'), count('existing'), count('deleted')];
    const bounds = record['partitions'];
    return {
      path,
      ...(bytes === undefined ? {} : { bytes }),
      specId: numberOf(record['partition_spec_id']) ?? 0,
      content: numberOf(record['content']) === 1 ? 'deletes' : 'data',
      ...(addedBy === undefined ? {} : { addedBy }),
      ...(added === undefined ? {} : { addedFiles: added }),
      ...(existing === undefined ? {} : { existingFiles: existing }),
      ...(deleted === undefined ? {} : { deletedFiles: deleted }),
      ...(Array.isArray(bounds) ? { upperBounds: bounds.map(upperBound) } : {}),
    };
  });
}

/**
 * The files that a snapshot reads, eight manifests at once, in the order of the list; entries of removed files are
 * left out. `limit` ends the reading of manifests when that many files are known, for a first page.
 */
export async function readSnapshotFiles(
  read: ReadObject,
  request: {
    readonly metadata: IcebergMetadata;
    readonly snapshot: IcebergSnapshot;
    readonly limit?: number;
  },
  signal: AbortSignal,
): Promise<{ readonly files: readonly IcebergFile[]; readonly complete: boolean }> {
  const { metadata, snapshot, limit = Number.POSITIVE_INFINITY } = request;
  const manifests = await readManifestList(read, snapshot, signal);
  const found = new Map<number, readonly IcebergFile[]>();
  let known = 0;
  let skipped = false;
  const work = pool<number>(
    8,
    async (index) => {
      const manifest = manifests[index];
      if (manifest === undefined) return;
      if (known >= limit) {
        skipped = true;
        return;
      }
      const files = await readManifestFiles(read, { manifest, metadata, snapshot }, signal);
      known += files.length;
      found.set(index, files);
    },
    signal,
  );
  for (const index of manifests.keys()) work.add(index);
  await work.done();
  const files = [...manifests.keys()].flatMap((index) => found.get(index) ?? []);
  return { files: files.slice(0, limit), complete: !skipped && files.length <= limit };
}

/** The files of one manifest of a snapshot, without those that were removed. */
export async function readManifestFiles(
  read: ReadObject,
  from: {
    readonly manifest: Manifest;
    readonly metadata: IcebergMetadata;
    readonly snapshot: IcebergSnapshot;
  },
  signal: AbortSignal,
): Promise<readonly IcebergFile[]> {
  return filesOf(await avro(read, from.manifest.path, signal), from);
}

function upperBound(summary: unknown): Uint8Array | undefined {
  const bound = isRecord(summary) ? summary['upper_bound'] : undefined;
  return bound instanceof Uint8Array ? bound : undefined;
}

function filesOf(
  { records }: AvroFile,
  from: {
    readonly manifest: Manifest;
    readonly metadata: IcebergMetadata;
    readonly snapshot: IcebergSnapshot;
  },
): readonly IcebergFile[] {
  const { manifest, metadata, snapshot } = from;
  const spec = metadata.specs.find(({ id }) => id === manifest.specId);
  return records.flatMap((record) => {
    const status = numberOf(record['status']);
    const file = record['data_file'];
    if (status === 2) return []; // removed by the snapshot that wrote this manifest
    const path = isRecord(file) ? textOf(file['file_path']) : undefined;
    if (!isRecord(file) || path === undefined) throw corrupt(manifest.path, 'an entry names no file');
    // The id is left out in what a snapshot wrote itself: it was not known yet, and is the manifest's.
    const addedBy = textOf(record['snapshot_id']) ?? manifest.addedBy;
    return [
      {
        path,
        content: contentOf(file),
        format: textOf(file['file_format']) ?? '',
        rows: numberOf(file['record_count']) ?? 0,
        bytes: numberOf(file['file_size_in_bytes']) ?? 0,
        partition: isRecord(file['partition']) ? partitionText(file['partition'], spec, metadata) : '',
        status: status === 1 && addedBy === snapshot.id ? ('added' as const) : ('existing' as const),
        ...(addedBy === undefined ? {} : { addedBy }),
      },
    ];
  });
}

function contentOf(file: JsonRecord): IcebergFile['content'] {
  const content = numberOf(file['content']);
  if (content === 1) return 'position deletes';
  return content === 2 ? 'equality deletes' : 'data';
}

async function avro(read: ReadObject, uri: string, signal: AbortSignal): Promise<AvroFile> {
  const bytes = await read(uri, signal);
  try {
    return await readAvroFile(bytes);
  } catch (error) {
    if (error instanceof Problem || isCancel(error)) throw error;
    // A codec's library throws errors of its own for bytes it cannot unpack.
    throw corrupt(uri, error instanceof RangeError ? error.message : 'it is cut off or no Avro file');
  }
}
