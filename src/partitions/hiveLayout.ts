import type { Column } from '../catalog/catalog';

/** What one directory name means at the level of one key. */
export type Level =
  | { readonly kind: 'value'; readonly value: string; readonly otherCase: boolean }
  /** Written by an engine for itself; never data. */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'odd'; readonly why: string };

/** Directories that table formats and engines keep beside the data. */
const ownFolders = new Set(['_delta_log', '_spark_metadata', '_temporary', 'metadata', '.hoodie']);

/** Directories and files that engines pass over: their own, and the markers of folders that Hadoop leaves. */
export function isHidden(name: string): boolean {
  return ownFolders.has(name) || name.startsWith('_') || name.startsWith('.') || name.endsWith('_$folder$');
}

/**
 * Reads a directory name (no slash) as `key=value`. Hive escapes special characters as %XX; a `%` that is no
 * escape stays. The key matches in any case: Athena sees only lower case, MSCK skips the others, we do not.
 */
export function readLevel(name: string, key: Column): Level {
  if (isHidden(name)) return { kind: 'hidden' };
  const equals = name.indexOf('=');
  if (equals < 0) return { kind: 'odd', why: `is not a ${key.name}=… directory` };
  const written = name.slice(0, equals);
  if (written.toLowerCase() !== key.name.toLowerCase()) {
    return { kind: 'odd', why: `has the key ${written} where ${key.name} is expected` };
  }
  const raw = name.slice(equals + 1);
  if (raw === '') return { kind: 'odd', why: `has no value for ${key.name}` };
  if (raw.includes(':')) {
    return { kind: 'odd', why: 'has a colon in its name, which MSCK and Spark cannot read; write it as %3A' };
  }
  return { kind: 'value', value: decodeHive(raw), otherCase: written !== key.name };
}

/** Undoes Hive's %XX escapes, byte by byte as UTF-8; anything that is not such an escape stays as it is. */
export function decodeHive(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
