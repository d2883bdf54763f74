import { readManifestFiles, readManifestList, type IcebergFile, type Manifest } from './manifests';
import type { IcebergMetadata, ReadObject } from './metadata';
import { manifestTime } from './newestTime';

/** Manifests that are read until one has a data file: those of removed files alone have none. */
const mostManifests = 5;

/**
 * A data file of the newest partition of an Iceberg table, or of its newest snapshot where no partition is one of
 * time: from its manifest list and one manifest, a few more where those hold removed files alone. Undefined for a
 * table without data.
 */
export async function newestFile(
  read: ReadObject,
  metadata: IcebergMetadata,
  signal: AbortSignal,
): Promise<IcebergFile | undefined> {
  const snapshot = metadata.snapshots.find(({ id }) => id === metadata.currentSnapshotId);
  if (snapshot === undefined) return undefined;
  const age = new Map(metadata.snapshots.map(({ id }, at) => [id, at]));
  const written = ({ addedBy = '' }: Manifest): number => age.get(addedBy) ?? -1;
  const manifests = (await readManifestList(read, snapshot, signal))
    .filter(
      ({ content, addedFiles, existingFiles }) =>
        content === 'data' && (addedFiles !== 0 || existingFiles !== 0),
    )
    .map((manifest) => ({ manifest, time: manifestTime(manifest, metadata)?.from ?? '' }))
    .toSorted((a, b) =>
      a.time === b.time ? written(b.manifest) - written(a.manifest) : a.time < b.time ? 1 : -1,
    );
  for (const { manifest } of manifests.slice(0, mostManifests)) {
    const files = await readManifestFiles(read, { manifest, metadata, snapshot }, signal);
    const [newest] = files
      .filter(({ content, bytes }) => content === 'data' && bytes > 0)
      .toSorted((a, b) => byNumbers.compare(rank(b), rank(a)));
    if (newest !== undefined) return newest;
  }
  return undefined;
}

/** `day=9` before `day=10`. */
const byNumbers = new Intl.Collator('en', { numeric: true });

// A partition of NULL is not the newest, though its letters come last.
function rank({ partition }: IcebergFile): string {
  return /=null(\/|$)/.test(partition) ? '' : partition;
}
