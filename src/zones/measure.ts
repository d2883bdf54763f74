import type { Connection } from '../connection/connection';
import { objectFormat } from './objectFormat';
import type { ObjectStore } from './objectStore';
import type { ZonePlace } from './zones';

/** Files below this cost more to open than to read (Athena tuning guide: 128 MB is good, below a few MB is small). */
const smallBytes = 2 ** 20;

/** What lies in a place, from listing all of it. */
export interface Measure {
  readonly objects: number;
  readonly bytes: number;
  /** Objects that are not empty and under 1 MB. */
  readonly small: number;
  /** By format as its names tell; `other` for the rest. */
  readonly formats: Readonly<Record<string, { readonly objects: number; readonly bytes: number }>>;
  readonly newest?: Date;
}

/** Counts everything below a place, 1,000 objects a request, except what lies below some prefixes of it. */
export async function measure(
  from: {
    readonly store: ObjectStore;
    readonly connection: Connection;
    readonly onProgress?: (objects: number) => void;
  },
  request: { readonly place: ZonePlace; readonly except: readonly string[] },
  signal: AbortSignal,
): Promise<Measure> {
  const { bucket, prefix } = request.place;
  const formats = new Map<string, { objects: number; bytes: number }>();
  let objects = 0;
  let bytes = 0;
  let small = 0;
  let newest: Date | undefined;
  let next: string | undefined;
  do {
    const page = await from.store.list(
      from.connection,
      { bucket, prefix, ...(next === undefined ? {} : { next }) },
      signal,
    );
    for (const object of page.objects) {
      if (object.key.endsWith('/') && object.bytes === 0) continue; // a console's folder
      if (request.except.some((other) => object.key.startsWith(other))) continue;
      objects += 1;
      bytes += object.bytes;
      if (object.bytes > 0 && object.bytes < smallBytes) small += 1;
      const name = objectFormat(object.key) ?? 'other';
      const sum = formats.get(name) ?? { objects: 0, bytes: 0 };
      sum.objects += 1;
      sum.bytes += object.bytes;
      formats.set(name, sum);
      if (object.modifiedAt !== undefined && (newest === undefined || object.modifiedAt > newest)) {
        newest = object.modifiedAt;
      }
    }
    from.onProgress?.(objects);
    next = page.next;
  } while (next !== undefined);
  const sorted = [...formats].toSorted(([, a], [, b]) => b.bytes - a.bytes);
  return {
    objects,
    bytes,
    small,
    formats: Object.fromEntries(sorted),
    ...(newest === undefined ? {} : { newest }),
  };
}
