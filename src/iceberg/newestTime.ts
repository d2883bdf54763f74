import { readManifestList, type Manifest } from './manifests';
import type { IcebergMetadata, ReadObject } from './metadata';

/** The newest time by which a table is partitioned, as a lower bound of a column. */
export interface NewestTime {
  readonly column: string;
  /** Iceberg's: `date`, `timestamp`, `timestamptz`, `string`. */
  readonly type: string;
  /** `2024-03-01`, `2024-03-01 10:00:00`; of a string partition its value. */
  readonly from: string;
  /** `month`, `identity`… */
  readonly transform: string;
}

/**
 * Where the newest data of an Iceberg table begins, from its manifest list alone, which notes the greatest partition of
 * each manifest: one object read. Undefined for a table that is not partitioned by time, or has no data.
 */
export async function newestTime(
  read: ReadObject,
  metadata: IcebergMetadata,
  signal: AbortSignal,
): Promise<NewestTime | undefined> {
  const snapshot = metadata.snapshots.find(({ id }) => id === metadata.currentSnapshotId);
  if (snapshot === undefined || !metadata.specs.some(({ fields }) => fields.length > 0)) return undefined;
  const manifests = await readManifestList(read, snapshot, signal);
  let newest: NewestTime | undefined;
  for (const manifest of manifests) {
    const { content, addedFiles, existingFiles } = manifest;
    if (content === 'deletes' || (addedFiles === 0 && existingFiles === 0)) continue;
    const found = manifestTime(manifest, metadata);
    // Times of a spec that was replaced are compared with those of the next one, of whatever step.
    if (found !== undefined && (newest === undefined || found.from > newest.from)) newest = found;
  }
  return newest;
}

/** Where the newest partition of a manifest begins; undefined where its spec has no field of time. */
export function manifestTime(
  { specId, upperBounds = [] }: Manifest,
  metadata: IcebergMetadata,
): NewestTime | undefined {
  const spec = metadata.specs.find(({ id }) => id === specId);
  for (const [at, field] of (spec?.fields ?? []).entries()) {
    const bound = upperBounds[at];
    const source = metadata.schemas
      .flatMap(({ fields }) => fields)
      .findLast(({ id }) => id === field.sourceId);
    if (bound === undefined || source === undefined) continue;
    const from = timeOf(bound, field.transform, source.type);
    if (from === undefined) continue;
    return { column: source.name.toLowerCase(), type: source.type, from, transform: field.transform };
  }
  return undefined;
}

/**
 * The time that a bound means. Transforms of time count steps since 1970, dates days and timestamps microseconds,
 * little-endian (Iceberg table specification, "Partition Transforms" and "Binary single-value serialization").
 */
function timeOf(bound: Uint8Array, transform: string, type: string): string | undefined {
  switch (transform) {
    case 'year':
      return onDay(Date.UTC(1970 + int(bound), 0), type);
    case 'month':
      return onDay(Date.UTC(1970, int(bound)), type);
    case 'day':
      return onDay(int(bound) * dayMs, type);
    case 'hour':
      return onDay(int(bound) * 3_600_000, type);
    case 'identity':
      break;
    default:
      return undefined;
  }
  if (type === 'date') return onDay(int(bound) * dayMs, type);
  if (type.startsWith('timestamp') && bound.length === 8) {
    const micros = new DataView(bound.buffer, bound.byteOffset, 8).getBigInt64(0, true);
    return onDay(Number(micros / 1000n), type);
  }
  const text = type === 'string' ? new TextDecoder().decode(bound) : '';
  // Only what spells a date is known to grow with time.
  return /^\d{4}-?\d{2}(-?\d{2})?$/.test(text) ? text : undefined;
}

const dayMs = 86_400_000;

function int(bound: Uint8Array): number {
  return bound.length < 4 ? Number.NaN : new DataView(bound.buffer, bound.byteOffset, 4).getInt32(0, true);
}

function onDay(ms: number, type: string): string | undefined {
  if (Number.isNaN(ms) || Math.abs(ms) > 8.64e15) return undefined;
  const text = new Date(ms).toISOString();
  return type === 'date' ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}
