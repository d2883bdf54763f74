/** The newest entries whose sizes stay within a number of bytes; the one just set is always kept. */
export interface ByteCache<V> {
  readonly bytes: number;
  /** Also marks the entry as used last. */
  get(key: string): V | undefined;
  has(key: string): boolean;
  set(key: string, value: V, bytes: number): void;
  clear(): void;
}

/** Drops what was not used for longest once `limit` bytes are passed. */
export function byteCache<V>(limit: number): ByteCache<V> {
  const entries = new Map<string, { readonly value: V; readonly bytes: number }>();
  let total = 0;
  const drop = (key: string): void => {
    total -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  };
  return {
    get bytes() {
      return total;
    },
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key); // a Map keeps the order of insertion: the front is the least used
      entries.set(key, entry);
      return entry.value;
    },
    has: (key) => entries.has(key),
    set(key, value, bytes) {
      drop(key);
      entries.set(key, { value, bytes });
      total += bytes;
      for (const oldest of entries.keys()) {
        if (total <= limit || oldest === key) break;
        drop(oldest);
      }
    },
    clear() {
      entries.clear();
      total = 0;
    },
  };
}
