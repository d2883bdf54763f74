import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Fields } from '../service';
import { columnsOf, locationOf, type StoredTable } from '../store/catalogStore';
import type { ObjectStore } from '../store/objects';
import { fields, text, texts } from '../wire/input';
import { projectedPartitions } from './projection';
import { QueryError } from './queryError';

/** One file of a table. */
export interface TableFile {
  /** A link whose path carries the partition values, so that DuckDB prunes by them wherever the file really is. */
  readonly link: string;
  /** Where the file really is. */
  readonly file: string;
  /** `s3://bucket/key`. */
  readonly uri: string;
  /** Bytes. */
  readonly size: number;
  /** Partition values in the order of the keys. */
  readonly values: readonly string[];
}

/** Where `s3://bucket/prefix` points; the prefix ends in a slash unless it is empty. */
export function placeOf(location: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket, path = ''] = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(location) ?? [];
  if (bucket === undefined)
    throw new QueryError('HIVE_METASTORE_ERROR', `Location ${location} is no place in S3.`);
  return { bucket, prefix: path === '' || path.endsWith('/') ? path : `${path}/` };
}

/** Links to the files of tables, made as they are needed and kept. */
export class FileLinks {
  readonly #folder: string;
  readonly #store: ObjectStore;
  readonly #made = new Set<string>();

  constructor(folder: string, store: ObjectStore) {
    this.#folder = folder;
    this.#store = store;
  }

  /** The name of the hive key in the links of a table: by it a scan in a plan is told from others. */
  markOf(definition: Fields): string {
    const id = `${text(definition, 'DatabaseName') ?? ''}.${text(definition, 'Name') ?? ''}`;
    return `t_${createHash('sha256').update(id).digest('hex').slice(0, 10)}`;
  }

  /** The files Athena would read for a whole table: those at the locations of its registered partitions. */
  filesOf({ definition, partitions }: StoredTable): readonly TableFile[] {
    const keys = columnsOf(definition, 'PartitionKeys').map(({ name }) => name);
    const mark = this.markOf(definition);
    if (keys.length === 0) return this.#at(locationOf(definition), { keys, values: [], mark });
    const projected = fields(definition, 'Parameters')['projection.enabled'] === 'true';
    const all = projected
      ? projectedPartitions(definition, (location) => this.#hasFiles(location))
      : [...partitions.values()].map((each) => ({
          values: texts(each, 'Values'),
          location: locationOf(each),
        }));
    return all.flatMap(({ values, location }) => this.#at(location, { keys, values, mark }));
  }

  /**
   * Another link to a file, whose mark is 0: a filter on the mark then prunes something, and so stays in the plan, where
   * it tells which table a scan reads.
   */
  ghostOf({ link, file }: TableFile): string {
    const ghost = link.replace(/(t_[0-9a-f]{10})=1/, '$1=0');
    this.#link(ghost, file);
    return ghost;
  }

  #hasFiles(location: string): boolean {
    const { bucket, prefix } = placeOf(location);
    return this.#store.keys(bucket).first(prefix)?.startsWith(prefix) === true;
  }

  #at(
    location: string,
    { keys, values, mark }: { keys: readonly string[]; values: readonly string[]; mark: string },
  ): readonly TableFile[] {
    const { bucket, prefix } = placeOf(location);
    const files: TableFile[] = [];
    for (const { key, size } of this.#store.under(bucket, prefix)) {
      const name = key.slice(key.lastIndexOf('/') + 1);
      // Hive takes names that begin so for hidden, and an empty object for a folder.
      if (name === '' || /^[_.]/.test(name) || size === 0) continue;
      const folders = keys.map((each, at) => `${each}=${encodeURIComponent(values[at] ?? '')}`);
      const id = createHash('sha256').update(`${bucket}/${key}`).digest('hex').slice(0, 16);
      const ending = /(\.\w+){1,2}$/.exec(name)?.[0] ?? '';
      const link = join(this.#folder, `${mark}=1`, ...folders, `${id}${ending}`);
      const file = this.#store.file({ bucket, key });
      this.#link(link, file);
      files.push({ link, file, uri: `s3://${bucket}/${key}`, size, values });
    }
    return files;
  }

  #link(link: string, file: string): void {
    if (this.#made.has(link)) return;
    if (!existsSync(link)) {
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(file, link);
    }
    this.#made.add(link);
  }
}
