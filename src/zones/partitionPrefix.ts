/** One level of a partitioned layout: `year=2024/`. */
export interface PartitionLevel {
  readonly key: string;
  /** Decoded; `null` for Hive's stand-in for NULL. */
  readonly value: string | null;
}

/** What Hive and Athena write where a partition's value is NULL. */
export const hiveNull = '__HIVE_DEFAULT_PARTITION__';

/** `year=2024/` as a partition level; `undefined` for a name that is none. Values are percent-encoded by Hive. */
export function partitionLevel(part: string): PartitionLevel | undefined {
  const found = /^([A-Za-z_][^=/]*)=([^/]*)\/?$/.exec(part);
  if (found === null) return undefined;
  const [, key = '', raw = ''] = found;
  return { key: decoded(key).toLowerCase(), value: raw === hiveNull ? null : decoded(raw) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a bare percent sign somebody wrote by hand
  }
}
