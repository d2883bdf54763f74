import type { Table } from '../catalog/catalog';
import type { StoredObject } from '../zones/objectStore';
import type { Figures, Orphan } from './figures';
import { layoutOf } from './layout';
import { numberList } from './numberList';
import type { PartitionRows } from './partitionRows';
import { pathOf, rowPlaces } from './places';

/** Adds up objects by the partition they lie in, a page at a time, in any order. */
export interface Counts {
  add(bucket: string, objects: readonly StoredObject[]): void;
  readonly objects: number;
  /** What was counted of a row so far; `touched` once anything at all lies at its place. */
  row(row: number): {
    readonly files: number;
    readonly bytes: number;
    readonly newest: number | undefined;
    readonly touched: boolean;
  };
  orphans(): readonly Orphan[];
  /** Data that lies below the table in no folder of a partition. */
  readonly strays: { readonly files: number; readonly bytes: number; readonly folders: readonly string[] };
}

interface Sum {
  files: number;
  bytes: number;
  newest: number;
}

const keptStrays = 10;

/** Nothing counted yet of these rows. `orphans: false` where rows are left out, so that nothing can be called one. */
export function counts(table: Table, rows: PartitionRows, options: { readonly orphans: boolean }): Counts {
  const spelled = layoutOf(table, rows);
  const places = rowPlaces(rows, (path) => {
    const found = spelled(path);
    return found.kind === 'partition' && found.place === path ? found.values : undefined;
  });
  const files = numberList();
  const bytes = numberList();
  const newest = numberList();
  const touched = numberList();
  for (let row = 0; row < rows.count; row += 1)
    for (const list of [files, bytes, newest, touched]) list.push(0);
  const orphans = new Map<
    string,
    Sum & { readonly values: readonly string[]; readonly otherCase: boolean }
  >();
  const stray = { files: 0, bytes: 0, folders: new Set<string>() };
  let objects = 0;
  const base = pathOf(table.location);
  const below = base === undefined ? 0 : base.length - bucketLength(base);

  /** The rows a folder belongs to, the longest location first, and how much of it is their place. */
  const ownersOf = (folder: string): { readonly owners: readonly number[]; readonly place: number } => {
    for (let end = folder.length; end > 0; end = folder.lastIndexOf('/', end - 2) + 1) {
      const owners = places.at(folder.slice(0, end));
      if (owners.length > 0) return { owners, place: end };
    }
    return { owners: [], place: 0 };
  };

  const addTo = (row: number, object: StoredObject, data: boolean): void => {
    touched.set(row, 1);
    if (!data) return;
    files.set(row, files.at(row) + 1);
    bytes.set(row, bytes.at(row) + object.bytes);
    newest.set(row, Math.max(newest.at(row), object.modifiedAt?.getTime() ?? 0));
  };

  const addOther = (folder: string, object: StoredObject): void => {
    const found = spelled(folder);
    if (found.kind === 'hidden' || !options.orphans) return;
    if (found.kind === 'partition') {
      if (!isData(object.key, found.place.length - bucketLength(folder))) return;
      const sum = orphans.get(found.place) ?? { ...found, files: 0, bytes: 0, newest: 0 };
      orphans.set(found.place, sum);
      sum.files += 1;
      sum.bytes += object.bytes;
      sum.newest = Math.max(sum.newest, object.modifiedAt?.getTime() ?? 0);
    } else if (isData(object.key, below)) {
      stray.files += 1;
      stray.bytes += object.bytes;
      if (stray.folders.size < keptStrays) stray.folders.add(`s3://${folder}`);
    }
  };

  return {
    add(bucket, page) {
      let folder: string | undefined;
      let found: ReturnType<typeof ownersOf> = { owners: [], place: 0 };
      for (const object of page) {
        objects += 1;
        // Keys come sorted: a folder is read once, not once a key.
        const own = `${bucket}/${object.key.slice(0, object.key.lastIndexOf('/') + 1)}`;
        if (own !== folder) {
          folder = own;
          found = ownersOf(own);
        }
        if (found.owners.length === 0) addOther(own, object);
        else {
          const data = isData(object.key, found.place - bucket.length - 1);
          for (const row of found.owners) addTo(row, object, data);
        }
      }
    },
    get objects() {
      return objects;
    },
    row: (row) => ({
      files: files.at(row),
      bytes: bytes.at(row),
      newest: newest.at(row) > 0 ? newest.at(row) : undefined,
      touched: touched.at(row) > 0,
    }),
    orphans: () =>
      [...orphans].map(([place, sum]): Orphan => {
        const row = rows.find(sum.values);
        const registeredAt = row === undefined ? undefined : rows.location(row);
        return {
          values: sum.values,
          location: `s3://${place}`,
          files: sum.files,
          bytes: sum.bytes,
          newest: sum.newest > 0 ? sum.newest : undefined,
          otherCase: sum.otherCase,
          ...(registeredAt === undefined ? {} : { registeredAt }),
        };
      }),
    get strays() {
      return { files: stray.files, bytes: stray.bytes, folders: [...stray.folders] };
    },
  };
}

function bucketLength(path: string): number {
  return path.indexOf('/') + 1;
}

/** Folder markers and what engines hide are no data: no name behind the partition's place may begin with _ or a dot. */
function isData(key: string, from: number): boolean {
  const rest = key.slice(from);
  return rest !== '' && !rest.endsWith('/') && !/(^|\/)[_.]/.test(rest) && !rest.endsWith('_$folder$');
}

/** The figures of rows whose listing is known to be whole or not. */
export function figuresFrom(counted: Counts, rows: PartitionRows, listed: (row: number) => boolean): Figures {
  const known = (row: number) => {
    const sum = counted.row(row);
    return listed(row) || sum.touched ? sum : undefined;
  };
  return {
    files: (row) => known(row)?.files,
    bytes: (row) => known(row)?.bytes,
    newest: (row) => known(row)?.newest,
    state(row) {
      if (rows.place(row) === 'none') return 'placeless';
      if (!listed(row)) return 'unlisted';
      const sum = counted.row(row);
      if (sum.files > 0 && sum.bytes > 0) return 'data';
      return sum.touched ? 'empty' : 'missing';
    },
  };
}
