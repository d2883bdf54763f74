import type { Connection } from '../../connection/connection';
import { listCost, type ListCost } from '../../zones/listPrice';
import { objectFormat } from '../../zones/objectFormat';
import type { ObjectStore, StoredObject } from '../../zones/objectStore';
import type { Amount } from '../../zones/tally';
import { walkKeys } from '../../zones/walkKeys';
import type { ZonePlace } from '../../zones/zones';
import { cellTally, type ObjectCells } from '../objectCells';

/** Files below this cost more to open than to read. */
export const smallFileBytes = 2 ** 20;
/** What compaction makes of small files: a size that Athena reads well. Source: https://docs.aws.amazon.com/athena/latest/ug/performance-tuning-data-optimization-techniques.html */
const goodFileBytes = 128 * 2 ** 20;

/** What one listing of a place tells of the cost of keeping it. */
export interface Survey extends ObjectCells {
  /** Files that are not empty and under 1 MB. */
  readonly small: Amount;
  /** How many files those would be, folder by folder, at 128 MB each. */
  readonly compacted: number;
  /** Text without compression by format: `CSV`, `JSON`… */
  readonly plainText: Readonly<Record<string, Amount>>;
  /** What lies below each of the prefixes that were asked for. */
  readonly below: ReadonlyMap<string, Amount>;
  readonly cost: ListCost;
  readonly at: Date;
}

/**
 * Lists everything of a place in pieces side by side. Memory grows with ages, classes and formats, never with objects
 * or folders. The signal stops it at once.
 */
export async function surveyPlace(
  from: {
    readonly store: ObjectStore;
    readonly connection: Connection;
    readonly now: Date;
    readonly onProgress?: (objects: number) => void;
  },
  request: {
    readonly place: ZonePlace;
    /** Prefixes to count apart. */
    readonly apart?: readonly string[];
  },
  signal: AbortSignal,
): Promise<Survey> {
  const { bucket, prefix } = request.place;
  const apart = request.apart ?? [];
  const tally = surveyTally(apart, from.now);
  const requests = await walkKeys(
    from.store,
    {
      connection: from.connection,
      bucket,
      prefix,
      onPage: (objects) => {
        tally.add(objects);
        from.onProgress?.(tally.objects);
      },
    },
    signal,
  );
  return { ...tally.result(), cost: listCost(requests), at: from.now };
}

/** Sums a survey up as pages come; within a page keys are in order, so that a folder's files stand together. */
export function surveyTally(apart: readonly string[], now: Date) {
  const conditions = apart.map((prefix) => ({ prefix, greaterThan: undefined, lessThan: undefined }));
  const cells = cellTally(conditions, now);
  const small = { objects: 0, bytes: 0 };
  const plainText: Record<string, { objects: number; bytes: number }> = {};
  let compacted = 0;

  const addText = ({ key, bytes }: StoredObject): void => {
    const format = plainTextFormat(key);
    if (format === undefined) return;
    const sum = (plainText[format] ??= { objects: 0, bytes: 0 });
    sum.objects += 1;
    sum.bytes += bytes;
  };

  return {
    get objects() {
      return cells.objects;
    },
    add(page: readonly StoredObject[]): void {
      const objects = page.filter(({ key, bytes }) => !(key.endsWith('/') && bytes === 0)); // a console's folders
      cells.add(objects);
      let folder = '';
      let bytes = 0;
      const close = (): void => {
        compacted += Math.ceil(bytes / goodFileBytes);
        bytes = 0;
      };
      for (const object of objects) {
        addText(object);
        if (object.bytes === 0 || object.bytes >= smallFileBytes) continue;
        const own = object.key.slice(0, object.key.lastIndexOf('/') + 1);
        if (own !== folder) close();
        folder = own;
        bytes += object.bytes;
        small.objects += 1;
        small.bytes += object.bytes;
      }
      // A folder that goes on with the next page counts once more: a file in a thousand.
      close();
    },
    result(): Omit<Survey, 'cost' | 'at'> {
      const found = cells.result();
      const below = new Map(apart.map((prefix) => [prefix, { objects: 0, bytes: 0 }]));
      for (const { met, objects, bytes } of found.cells) {
        for (const index of met) {
          const sum = below.get(apart[index] ?? '');
          if (sum === undefined) continue;
          sum.objects += objects;
          sum.bytes += bytes;
        }
      }
      return { ...found, small: { ...small }, compacted, plainText, below };
    },
  };
}

const textFormats: ReadonlySet<string> = new Set(['CSV', 'JSON', 'XML', 'text']);

/** The format of a text file whose name tells of no compression. */
function plainTextFormat(key: string): string | undefined {
  const format = objectFormat(key);
  if (format === undefined || !textFormats.has(format)) return undefined;
  return /\.(?:csv|tsv|psv|jsonl?|ndjson|xml|txt|log)$/i.test(key) ? format : undefined;
}
