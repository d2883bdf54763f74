import type { Table } from '../catalog/catalog';
import { templateFrom, templateOf, templateReader } from '../language/projectionTemplate';
import { readLevel } from '../partitions/hiveLayout';
import { parseS3Uri } from '../zones/s3Uri';
import type { PartitionRows } from './partitionRows';

/** What the path of a folder means in the layout of a table. */
export type Spelled =
  | {
      readonly kind: 'partition';
      readonly values: readonly string[];
      /** `bucket/…/`, to the folder of the last key. */
      readonly place: string;
      readonly otherCase: boolean;
    }
  /** An engine's own folder. */
  | { readonly kind: 'hidden' }
  /** Above the partitions, or in a folder that spells none. */
  | { readonly kind: 'odd' };

/** How many partitions a layout is learned from. */
const sampled = 500;

/**
 * Reads the folders below a table: by its own template, by the one its partitions follow, else as Hive's
 * `key=value/`. Paths are `bucket/key`, with a slash at the end.
 */
export function layoutOf(table: Table, rows: PartitionRows): (path: string) => Spelled {
  const sample = Array.from({ length: Math.min(rows.count, sampled) }, (_, at) => {
    const row = Math.floor((at * rows.count) / Math.min(rows.count, sampled));
    const location = rows.location(row);
    return { values: rows.values(row), ...(location === undefined ? {} : { location }) };
  });
  const template = templateOf(table) ?? templateFrom(table.partitionKeys, sample, table.location);
  const byTemplate = template === undefined ? undefined : templateReader(template, table);
  if (byTemplate !== undefined) {
    return (path) => {
      const found = byTemplate(`s3://${path}`);
      if (found === undefined) return { kind: 'odd' };
      const { values, place } = found;
      if (values.some((value) => /(^|\/)[_.]/.test(value))) return { kind: 'hidden' };
      return { kind: 'partition', values, place: place.slice('s3://'.length), otherCase: false };
    };
  }
  const at = table.location === undefined ? undefined : parseS3Uri(table.location);
  if (at === undefined) return () => ({ kind: 'odd' });
  const base = `${at.bucket}/${at.key}`.replace(/\/*$/, '/');
  return (path) => readHive(path, { base, keys: table.partitionKeys });
}

function readHive(
  path: string,
  { base, keys }: { readonly base: string; readonly keys: Table['partitionKeys'] },
): Spelled {
  if (!path.startsWith(base)) return { kind: 'odd' };
  const folders = path.slice(base.length).split('/');
  const values: string[] = [];
  let end = base.length;
  let otherCase = false;
  for (const [level, key] of keys.entries()) {
    const name = folders[level] ?? '';
    const read = readLevel(name, key);
    if (read.kind !== 'value') return { kind: read.kind };
    values.push(read.value);
    otherCase ||= read.otherCase;
    end += name.length + 1;
  }
  return { kind: 'partition', values, place: path.slice(0, end), otherCase };
}
