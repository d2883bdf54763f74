import { Problem } from '../../src/base/problem';
import type {
  BucketLifecycle,
  BucketStorage,
  IncompleteUpload,
  ObjectVersion,
} from '../../src/storage/bucketStorage';

/** One bucket's lifecycle, uploads and versions in memory, with what was called. */
export interface MemoryStorage extends BucketStorage {
  current: BucketLifecycle | undefined;
  readonly calls: string[];
  /** Called before each call; may throw, as when it is denied. */
  before: (call: string) => void;
}

/** A storage whose pages hold two things each. */
export function memoryStorage(
  content: {
    readonly lifecycle?: BucketLifecycle;
    readonly uploads?: readonly (IncompleteUpload & { readonly bytes: number })[];
    readonly versions?: readonly ObjectVersion[];
  } = {},
): MemoryStorage {
  const called = (call: string): void => {
    storage.calls.push(call);
    storage.before(call);
  };
  const page = <T>(items: readonly T[], next = '0'): { items: readonly T[]; next?: string } => {
    const end = Number(next) + 2;
    return { items: items.slice(Number(next), end), ...(end < items.length ? { next: String(end) } : {}) };
  };
  const storage: MemoryStorage = {
    current: content.lifecycle,
    calls: [],
    before: () => undefined,
    async lifecycle() {
      called('get');
      return storage.current;
    },
    async putLifecycle(_, { lifecycle }) {
      called('put');
      storage.current = lifecycle;
    },
    async deleteLifecycle() {
      called('delete');
      storage.current = undefined;
    },
    async uploads(_, { prefix, next }) {
      called('uploads');
      return page(
        (content.uploads ?? []).filter(({ key }) => key.startsWith(prefix)),
        next,
      );
    },
    async uploadBytes(_, { id }) {
      called('parts');
      const found = content.uploads?.find((one) => one.id === id);
      if (found === undefined) throw new Problem('There is no such upload.', 'missing');
      return { bytes: found.bytes, more: false };
    },
    async versions(_, { prefix, next }) {
      called('versions');
      return page(
        (content.versions ?? []).filter(({ key }) => key.startsWith(prefix)),
        next,
      );
    },
  };
  return storage;
}
