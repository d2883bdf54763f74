import { parseS3Uri } from '../zones/s3Uri';
import type { PartitionRows } from './partitionRows';

/** `bucket/key/` of an S3 address, with one slash at its end; undefined for what is none. */
export function pathOf(location: string | undefined): string | undefined {
  const place = location === undefined ? undefined : parseS3Uri(location);
  if (place === undefined) return undefined;
  return `${place.bucket}/${place.key}`.replace(/\/*$/, '/');
}

/** Which rows have a folder for their location, whichever way it is written. */
export interface RowPlaces {
  /** Rows at exactly this path, `bucket/…/`. */
  at(path: string): readonly number[];
}

const nobody: readonly number[] = [];

/**
 * Finds rows by their locations. Those at their usual place are found by their values, so that only the others need
 * memory of their own.
 */
export function rowPlaces(
  rows: PartitionRows,
  spelledBy: (path: string) => readonly string[] | undefined,
): RowPlaces {
  const unusual = new Map<string, number[]>();
  for (const [row, location] of rows.unusual()) {
    const path = pathOf(location);
    if (path === undefined) continue;
    const known = unusual.get(path);
    if (known === undefined) unusual.set(path, [row]);
    else known.push(row);
  }
  return {
    at(path) {
      const own = unusual.get(path) ?? nobody;
      const values = spelledBy(path);
      const row = values === undefined ? undefined : rows.find(values);
      if (row === undefined || own.includes(row) || pathOf(rows.location(row)) !== path) return own;
      return own.length === 0 ? [row] : [...own, row];
    },
  };
}
