import type { Reading, SampledFile } from './reading';

/** Glue takes files for one table when so much of their columns is alike. */
const likeness = 0.7;

/** Whether two files may belong to one table: one format, and most columns of one name. */
export function alike(a: Reading, b: Reading): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'typed' && b.kind === 'typed' && a.format !== b.format) return false;
  const [left, right] = [namesOf(a), namesOf(b)];
  const shared = left.filter((name) => right.includes(name)).length;
  return shared >= likeness * Math.max(left.length, right.length);
}

/** One file for each folder directly below a prefix, by the folder's name. */
export function readingsByFolder(
  files: readonly Pick<SampledFile, 'key' | 'reading'>[],
  prefix: string,
): ReadonlyMap<string, Reading> {
  const found = new Map<string, Reading>();
  for (const { key, reading } of files) {
    const [folder = '', ...rest] = key.slice(prefix.length).split('/');
    if (rest.length > 0 && reading !== undefined) found.set(folder, reading);
  }
  return found;
}

function namesOf(reading: Reading): readonly string[] {
  switch (reading.kind) {
    case 'typed':
      return reading.columns.map(({ name }) => name.toLowerCase());
    case 'json':
    case 'csv':
      return reading.fields.map(([name]) => name.toLowerCase());
    case 'other':
      return [];
  }
}
