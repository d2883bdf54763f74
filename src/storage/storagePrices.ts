import {
  pricesRead,
  smallObjectBytes,
  storageClasses,
  type StorageClass,
} from '../documents/lifecycle/storageClasses';

const gigabyte = 2 ** 30;
/** As S3 prorates a month of storage. */
const daysOfMonth = 30;

/** USD for a gigabyte and month by class, and what can be said of them. */
export interface StoragePrices {
  readonly usdPerGbMonth: Readonly<Record<StorageClass, number>>;
  /** One sentence, for below the figures. */
  readonly basis: string;
}

/** Objects that are billed alike. */
export interface ObjectGroup {
  readonly objects: number;
  readonly bytes: number;
  /** Whether each is below 128 KB. */
  readonly small: boolean;
}

/**
 * The prices to reckon with in a region. List prices are known of one region; for another the figures stay those, and
 * the basis says so. `own` are the user's, USD for a gigabyte and month by class, and go before.
 */
export function storagePrices(region: string, own: Readonly<Record<string, unknown>> = {}): StoragePrices {
  const listed = Object.values(storageClasses);
  const given = (name: StorageClass): number | undefined => {
    const price = own[name];
    return typeof price === 'number' && price >= 0 && Number.isFinite(price) ? price : undefined;
  };
  const usdPerGbMonth = Object.fromEntries(
    listed.map(({ name, usdPerGbMonth: price }) => [name, given(name) ?? price]),
  ) as Record<StorageClass, number>;
  const replaced = listed.filter(({ name }) => given(name) !== undefined).map(({ title }) => title);
  const list = `list prices of ${pricesRead.region} (${pricesRead.month}), first 50 TB, without reading`;
  const elsewhere =
    region === pricesRead.region
      ? ''
      : `; the prices of ${region} are not known here and differ: lakeWorkbench.storage.prices takes them`;
  const basis =
    replaced.length === listed.length
      ? `Prices of storage from lakeWorkbench.storage.prices, of moves from the ${list}.`
      : replaced.length > 0
        ? `Prices of ${replaced.join(', ')} from lakeWorkbench.storage.prices, the others from the ${list}${elsewhere}.`
        : `Prices: ${list}${elsewhere}.`;
  return { usdPerGbMonth, basis };
}

/**
 * USD a month for objects in a class: their bytes or the least that is billed, the index of archived objects, and the
 * monitoring of Intelligent-Tiering, whose bytes count as read often. Source: https://aws.amazon.com/s3/pricing/
 */
export function monthlyUsd(prices: StoragePrices, name: StorageClass, group: ObjectGroup): number {
  const { minimumBytes, overhead, usdPerThousandMonitored = 0 } = storageClasses[name];
  const { objects, small } = group;
  const billed = small ? Math.max(group.bytes, objects * minimumBytes) : group.bytes;
  const own = billed + objects * (overhead?.ownBytes ?? 0);
  return (
    (own / gigabyte) * prices.usdPerGbMonth[name] +
    ((objects * (overhead?.standardBytes ?? 0)) / gigabyte) * prices.usdPerGbMonth.STANDARD +
    // Objects below 128 KB are neither monitored nor moved.
    (small ? 0 : (objects / 1000) * usdPerThousandMonitored)
  );
}

/** USD, once, for lifecycle moves of so many objects into a class. */
export function transitionUsd(to: StorageClass, objects: number): number {
  return (objects / 1000) * storageClasses[to].usdPerThousandTransitions;
}

/** USD, once, for taking objects out of a class after so many days there: what is left of the days that are billed in any case. */
export function earlyUsd(
  prices: StoragePrices,
  name: StorageClass,
  { group, days }: { readonly group: ObjectGroup; readonly days: number },
): number {
  const left = storageClasses[name].minimumDays - days;
  return left <= 0 ? 0 : monthlyUsd(prices, name, group) * (left / daysOfMonth);
}

/** Whether an object counts as small to S3's minimums. */
export function isSmall(bytes: number): boolean {
  return bytes < smallObjectBytes;
}
