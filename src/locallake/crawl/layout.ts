import type { FoundSchema } from './infer';

/** A file of a crawl: its folders below the target, its name and what is in it. */
export interface CrawledFile {
  readonly key: string;
  readonly folders: readonly string[];
  readonly size: number;
  readonly schema: FoundSchema;
}

/** One table that the files below a target make up. */
export interface FoundTable {
  /** The folders below the target in which it begins. */
  readonly root: readonly string[];
  readonly files: readonly CrawledFile[];
  readonly keys: readonly string[];
  readonly partitions: readonly FoundPartition[];
  /** Files at another depth than the rest, which belong to no partition. */
  readonly astray: readonly CrawledFile[];
}

/** The files of one partition. */
export interface FoundPartition {
  readonly values: readonly string[];
  /** The folders below the target. */
  readonly folders: readonly string[];
  readonly files: readonly CrawledFile[];
}

/**
 * Sorts the files below a target into tables as a crawler does: a folder whose files are of one format and of like
 * columns is one table with its folders as partitions, as is one with folders `key=value`; otherwise each folder in it
 * is looked at for itself.
 */
export function tablesIn(
  files: readonly CrawledFile[],
  { depth = 0, combines = false }: { readonly depth?: number; readonly combines?: boolean } = {},
): readonly FoundTable[] {
  const [first] = files;
  if (first === undefined) return [];
  const folders = grouped(
    files.filter((file) => file.folders.length > depth),
    (file) => file.folders[depth] ?? '',
  );
  if (
    folders.size === 0 ||
    [...folders.keys()].some((name) => keyOf(name) !== undefined) ||
    alike(files, combines)
  ) {
    return [tableAt(first.folders.slice(0, depth), files)];
  }
  const here = files.filter((file) => file.folders.length === depth);
  const below = [...folders.values()].flatMap((each) => tablesIn(each, { depth: depth + 1, combines }));
  return [...(here.length === 0 ? [] : [tableAt(first.folders.slice(0, depth), here)]), ...below];
}

function tableAt(root: readonly string[], files: readonly CrawledFile[]): FoundTable {
  const depths = grouped(files, ({ folders }) => folders.length);
  const [depth = root.length, kept = []] =
    [...depths].toSorted(([a, x], [b, y]) => y.length - x.length || b - a)[0] ?? [];
  const levels = kept[0]?.folders.slice(root.length) ?? [];
  const keys = levels.map((name, at) => keyOf(name)?.toLowerCase() ?? `partition_${at}`);
  const byFolder =
    depth === root.length
      ? new Map<string, CrawledFile[]>()
      : grouped(kept, ({ folders }) => folders.join('/'));
  const partitions = [...byFolder.values()].map((inside) => {
    const folders = inside[0]?.folders ?? [];
    return { folders, files: inside, values: folders.slice(root.length).map((name) => valueOf(name)) };
  });
  return {
    root,
    files: kept,
    keys,
    partitions,
    astray: files.filter((file) => file.folders.length !== depth),
  };
}

// AWS compares schemas by a likeness of 70 %.
function alike(files: readonly CrawledFile[], combines: boolean): boolean {
  const [first] = files;
  if (first === undefined) return true;
  if (combines) return files.every((file) => compatible(first, file));
  const names = new Set(first.schema.columns.map(({ name }) => name));
  return files.every(({ schema }) => {
    if (schema.format !== first.schema.format) return false;
    const shared = schema.columns.filter(({ name }) => names.has(name)).length;
    return shared >= 0.7 * Math.max(names.size, schema.columns.length);
  });
}

// Of one format, and no column of two types.
function compatible(one: CrawledFile, other: CrawledFile): boolean {
  if (one.schema.format !== other.schema.format) return false;
  const types = new Map(one.schema.columns.map(({ name, type }) => [name, type]));
  return other.schema.columns.every(({ name, type }) => (types.get(name) ?? type) === type);
}

/** The tables of files where each folder of a depth below the target is one; files above belong to none. */
export function tablesAt(files: readonly CrawledFile[], depth: number): readonly FoundTable[] {
  const below = files.filter((file) => file.folders.length >= depth);
  const roots = grouped(below, ({ folders }) => folders.slice(0, depth).join('/'));
  return [...roots.values()].map((each) => tableAt(each[0]?.folders.slice(0, depth) ?? [], each));
}

function keyOf(folder: string): string | undefined {
  return /^([^=]+)=/.exec(folder)?.[1];
}

function valueOf(folder: string): string {
  const value = keyOf(folder) === undefined ? folder : folder.slice(folder.indexOf('=') + 1);
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function grouped<K>(files: readonly CrawledFile[], keyFor: (file: CrawledFile) => K): Map<K, CrawledFile[]> {
  const groups = new Map<K, CrawledFile[]>();
  for (const file of files) {
    const group = groups.get(keyFor(file)) ?? [];
    group.push(file);
    groups.set(keyFor(file), group);
  }
  return groups;
}
