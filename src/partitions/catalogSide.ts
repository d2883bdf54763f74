import type { CatalogReader, Partition, Table } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import { valuesAt } from './layout';
import type { Patient } from './patient';
import { sameValues } from './values';
import type { LayoutPlace } from './template';
import { type TextSet, textSet } from './textSet';

/** A partition whose place and values do not follow from each other. */
export interface OtherPartition {
  readonly values: readonly string[];
  /** With a slash at its end; '' where the catalog has none. */
  readonly location: string;
}

/** Partitions that are read in another format than their table says. */
export interface FormatGroup {
  /** `serde, input format`. */
  readonly format: string;
  readonly count: number;
  /** The first that was found. */
  readonly values: readonly string[];
  readonly location: string;
}

export interface CatalogSide {
  readonly count: number;
  /** Paths below the layout's place of those that lie where their values say: nearly all, as a rule. */
  readonly regular: TextSet;
  readonly others: readonly OtherPartition[];
  readonly formats: readonly FormatGroup[];
  /** GetPartitions requests that were answered. */
  readonly requests: number;
}

/** Glue reads a table's partitions in at most ten segments side by side. */
const segments = 10;

/**
 * All partitions of a table. A table of one page takes one request; a larger one is read in ten segments side by
 * side, the first page thrown away: one request more, ten times the speed.
 */
export async function listCatalogSide(
  catalog: CatalogReader,
  request: {
    readonly connection: Connection;
    readonly table: Table;
    readonly place: LayoutPlace;
    readonly patient: Patient;
    readonly onProgress?: (partitions: number) => void;
  },
  signal: AbortSignal,
): Promise<CatalogSide> {
  const { connection, patient, table } = request;
  const kept = keeper(table, request.place);
  let requests = 0;
  const read = async (page: Pick<Parameters<CatalogReader['partitions']>[1], 'next' | 'segment'>) => {
    const name = {
      database: table.database,
      name: table.name,
      ...(table.catalog === undefined ? {} : { catalog: table.catalog }),
    };
    const answer = await patient(
      () => catalog.partitions(connection, { table: name, limit: 1000, ...page }, signal),
      signal,
    );
    requests += 1;
    return answer;
  };
  const readSegment = async (number: number): Promise<void> => {
    let next: string | undefined;
    do {
      const page = await read({
        segment: { number, total: segments },
        ...(next === undefined ? {} : { next }),
      });
      for (const partition of page.items) kept.take(partition);
      request.onProgress?.(kept.count());
      next = page.next;
    } while (next !== undefined);
  };
  const first = await read({});
  if (first.next === undefined) for (const partition of first.items) kept.take(partition);
  else await Promise.all(Array.from({ length: segments }, (_, number) => readSegment(number)));
  return { ...kept.all(), count: kept.count(), requests };
}

/** Keeps what comparing needs of each partition, once, and no more: a path, mostly. */
function keeper(table: Table, { bucket, prefix, layout }: LayoutPlace) {
  const base = `s3://${bucket}/${prefix}`;
  const own = formatOf(table);
  const regular = textSet();
  const others = new Map<string, OtherPartition>();
  const formats = new Map<string, FormatGroup>();
  return {
    take: (partition: Partition): void => {
      const { values } = partition;
      const location = placeOf(partition.location);
      const path = location.startsWith(base) ? location.slice(base.length) : '';
      const told = path === '' ? undefined : valuesAt(layout, path);
      if (told !== undefined && sameValues(told, values)) regular.add(path);
      else others.set(JSON.stringify(values), { values, location });
      const format = formatOf(partition);
      if (format === undefined || own === undefined || format === own) return;
      const group = formats.get(format);
      formats.set(
        format,
        group === undefined ? { format, count: 1, values, location } : { ...group, count: group.count + 1 },
      );
    },
    count: () => regular.size + others.size,
    all: () => ({ regular, others: [...others.values()], formats: [...formats.values()] }),
  };
}

/** All spellings of a place as one: `s3://bucket/prefix/`. */
function placeOf(location = ''): string {
  const plain = location.replace(/^s3[an]:\/\//i, 's3://');
  return plain === '' || plain.endsWith('/') ? plain : `${plain}/`;
}

function formatOf({ serde, inputFormat }: Pick<Partition, 'serde' | 'inputFormat'>): string | undefined {
  return serde === undefined && inputFormat === undefined
    ? undefined
    : [serde, inputFormat].filter((one) => one !== undefined).join(', ');
}
