import { createHash } from 'node:crypto';
import { Problem, type ProblemKind } from '../../src/base/problem';
import type {
  ObjectHeaders,
  ObjectPlace,
  ObjectWriter,
  RemoveOutcome,
  UploadedPart,
  WriteCondition,
} from '../../src/transfer/objectWriter';
import type { ObjectFacts } from '../../src/zones/objectDetails';
import { keyOrder } from '../../src/zones/keyOrder';
import type { ObjectStore, StoredObject } from '../../src/zones/objectStore';

interface Kept {
  readonly body: Buffer;
  readonly etag: string;
  readonly headers: ObjectHeaders;
}

/** S3 in memory, one bucket, with its conditions, its versions and its uploads in parts; every call is counted by name. */
export interface MemoryS3 {
  readonly store: ObjectStore;
  readonly writer: ObjectWriter;
  readonly facts: Pick<ObjectFacts, 'versioning' | 'tags'>;
  readonly objects: Map<string, Kept>;
  /** What delete markers hide, by key and marker. */
  readonly hidden: Map<string, { readonly marker: string; readonly kept: Kept; readonly at?: Date }>;
  readonly uploads: Map<string, Map<number, Buffer>>;
  readonly calls: string[];
  /** Called before each call; may throw, to fail it. */
  before: (action: string, key: string) => void | Promise<void>;
  /** Called after a call was carried out; may throw, as when its answer is lost. */
  after: (action: string, key: string) => void;
  put(key: string, text: string | Buffer, headers?: ObjectHeaders): void;
  text(key: string): string | undefined;
}

export const bucket = 'box';

/** A Problem as the adapters throw it. */
export function fault(kind: ProblemKind, message = `S3 said ${kind}.`): Problem {
  return new Problem(message, kind);
}

export function memoryS3(
  contents: Readonly<Record<string, string>> = {},
  options: { readonly versioning?: 'on' | 'suspended' | 'never' } = {},
): MemoryS3 {
  const objects = new Map<string, Kept>();
  const hidden: MemoryS3['hidden'] = new Map();
  const uploads = new Map<string, Map<number, Buffer>>();
  const ids = { upload: 0, marker: 0 };
  const calls: string[] = [];
  const begun = new Map<string, ObjectHeaders>();
  const missing = (key: string): Problem => fault('missing', `S3 has no ${key}.`);
  const call = async <T>(action: string, key: string, run: () => T, signal: AbortSignal): Promise<T> => {
    signal.throwIfAborted();
    await new Promise((next) => setImmediate(next));
    signal.throwIfAborted();
    calls.push(action);
    await s3.before(action, key);
    signal.throwIfAborted();
    const answer = run();
    s3.after(action, key);
    return answer;
  };
  const at = (key: string): Kept => {
    const found = objects.get(key);
    if (found === undefined) throw missing(key);
    return found;
  };
  const check = (key: string, condition: WriteCondition): void => {
    const there = objects.get(key);
    if (condition.kind === 'new' && there !== undefined) throw fault('changed');
    if (condition.kind !== 'over') return;
    if (there === undefined) throw missing(key);
    if (there.etag !== condition.etag) throw fault('changed');
  };
  const facts = (key: string, { body, etag, headers }: Kept): StoredObject => ({
    key,
    bytes: body.length,
    etag,
    modifiedAt: new Date(Date.UTC(2026, 10, 1)),
    ...(headers.storageClass === undefined ? {} : { storageClass: headers.storageClass }),
  });
  const parts = (upload: string): readonly UploadedPart[] => {
    const found = uploads.get(upload);
    if (found === undefined) throw missing(`upload ${upload}`);
    return [...found]
      .toSorted(([a], [b]) => a - b)
      .map(([number, body]) => ({ number, etag: etagOf(body), bytes: body.length }));
  };
  const write = (key: string, kept: Kept) => {
    objects.set(key, kept);
    hidden.delete(key);
    return { etag: kept.etag };
  };
  const removed = (one: { key: string; etag?: string; version?: string }): RemoveOutcome => {
    const { key, etag, version } = one;
    if (version !== undefined) {
      const found = hidden.get(key);
      if (found?.marker !== version) return { kind: 'gone', key };
      objects.set(key, found.kept);
      hidden.delete(key);
      return { kind: 'removed', key };
    }
    const there = objects.get(key);
    if (there === undefined) return { kind: 'gone', key };
    if (etag !== undefined && there.etag !== etag) return { kind: 'changed', key };
    objects.delete(key);
    if (options.versioning !== 'on') return { kind: 'removed', key };
    const marker = `marker-${(ids.marker += 1)}`;
    hidden.set(key, { marker, kept: there });
    return { kind: 'removed', key, marker };
  };
  const s3: MemoryS3 = {
    objects,
    hidden,
    uploads,
    calls,
    before: () => undefined,
    after: () => undefined,
    put: (key, text, headers = {}) => {
      const body = Buffer.from(text);
      objects.set(key, { body, etag: etagOf(body), headers });
    },
    text: (key) => objects.get(key)?.body.toString(),
    facts: {
      versioning: (_, request, signal) =>
        call(
          'versioning',
          request.bucket,
          () => ({ versioning: options.versioning ?? 'never', mfaDelete: false }),
          signal,
        ),
      tags: (_, { key }, signal) => call('tags', key, () => at(key).headers.tags ?? {}, signal),
    },
    store: {
      buckets: async () => ({ items: [{ name: bucket }] }),
      head: (_, { key }, signal) => call('head', key, () => facts(key, at(key)), signal),
      read: (_, { key, range, etag }, signal) =>
        call(
          'read',
          key,
          () => {
            const found = at(key);
            if (etag !== undefined && found.etag !== etag) throw fault('changed');
            return found.body.subarray(range?.start ?? 0, range?.end ?? found.body.length);
          },
          signal,
        ),
      list: (_, { prefix, delimiter, startAfter = '', next, limit = 1000 }, signal) =>
        call(
          'list',
          prefix,
          () => {
            const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).toSorted(keyOrder);
            const entries = [
              ...new Set(
                keys.map((key) => {
                  const end = delimiter === undefined ? -1 : key.indexOf('/', prefix.length);
                  return end < 0 ? key : key.slice(0, end + 1);
                }),
              ),
            ].filter((entry) => keyOrder(entry, next ?? startAfter) > 0);
            const page = entries.slice(0, limit);
            const isPrefix = (entry: string): boolean =>
              delimiter !== undefined && entry.endsWith('/') && entry !== prefix;
            const last = page.at(-1);
            return {
              prefixes: page.filter(isPrefix),
              objects: page.filter((entry) => !isPrefix(entry)).map((key) => facts(key, at(key))),
              ...(entries.length > limit && last !== undefined ? { next: last } : {}),
            };
          },
          signal,
        ),
    },
    writer: {
      describe: (_, { key }, signal) =>
        call(
          'describe',
          key,
          () => {
            const { tags = {}, ...headers } = at(key).headers;
            return {
              ...facts(key, at(key)),
              etag: at(key).etag,
              headers,
              tagCount: Object.keys(tags).length,
            };
          },
          signal,
        ),
      put: (_, { key, body, condition, headers }, signal) =>
        call(
          'put',
          key,
          () => {
            check(key, condition);
            const kept = Buffer.from(body);
            return write(key, { body: kept, etag: etagOf(kept), headers });
          },
          signal,
        ),
      begin: (_, { key, headers }, signal) =>
        call(
          'begin',
          key,
          () => {
            const id = `upload-${(ids.upload += 1)}`;
            uploads.set(id, new Map());
            begun.set(id, headers);
            return id;
          },
          signal,
        ),
      part: (_, { key, upload, number, body }, signal) =>
        call(
          'part',
          key,
          () => {
            parts(upload);
            const kept = Buffer.from(body);
            uploads.get(upload)?.set(number, kept);
            return { number, etag: etagOf(kept), bytes: kept.length };
          },
          signal,
        ),
      parts: (_, { key, upload }, signal) => call('parts', key, () => parts(upload), signal),
      complete: (_, { key, upload, parts: chosen, condition }, signal) =>
        call(
          'complete',
          key,
          () => {
            const held = uploads.get(upload);
            if (held === undefined) throw missing(`upload ${upload}`);
            check(key, condition);
            const bodies = chosen.map(({ number, etag }) => {
              const body = held.get(number);
              if (body === undefined || etagOf(body) !== etag) throw fault('other', 'InvalidPart.');
              return body;
            });
            uploads.delete(upload);
            const body = Buffer.concat(bodies);
            const etag = `"${createHash('md5').update(body).digest('hex')}-${bodies.length}"`;
            return write(key, { body, etag, headers: begun.get(upload) ?? {} });
          },
          signal,
        ),
      abort: (_, { key, upload }, signal) => call('abort', key, () => void uploads.delete(upload), signal),
      copy: (_, { from, to, condition, storageClass }, signal) =>
        call(
          'copy',
          to.key,
          () => {
            const found = at(from.key);
            if (found.etag !== from.etag) throw fault('changed');
            check(to.key, condition);
            const { storageClass: _class, ...headers } = found.headers;
            const etag = etagOf(found.body); // a copy is made in one part
            return write(to.key, {
              body: found.body,
              etag,
              headers: { ...headers, ...(storageClass === undefined ? {} : { storageClass }) },
            });
          },
          signal,
        ),
      copyPart: (_, { from, to, upload, number, range }, signal) =>
        call(
          'copyPart',
          to.key,
          () => {
            const found = at(from.key);
            if (found.etag !== from.etag) throw fault('changed');
            const body = found.body.subarray(range.start, range.end);
            uploads.get(upload)?.set(number, body);
            return { number, etag: etagOf(body), bytes: body.length };
          },
          signal,
        ),
      remove: (_, { objects: wanted }, signal) =>
        call('remove', wanted[0]?.key ?? '', () => wanted.map(removed), signal),
      marker: (_, { key }: ObjectPlace, signal) =>
        call(
          'marker',
          key,
          () => {
            const found = hidden.get(key);
            if (found === undefined) return undefined;
            return { version: found.marker, ...(found.at === undefined ? {} : { modifiedAt: found.at }) };
          },
          signal,
        ),
    },
  };
  for (const [key, text] of Object.entries(contents)) s3.put(key, text);
  return s3;
}

export function etagOf(body: Uint8Array): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

/** Throttles every other call on each key: half of all calls, whatever order they come in. */
export function throttleHalf(s3: MemoryS3): void {
  const seen = new Map<string, number>();
  s3.before = (action, key) => {
    const name = `${action} ${key}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    if (count % 2 === 1) throw fault('throttled');
  };
}
