import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Journal } from './journal';
import { pathOfKey, pathOfPrefix } from './keyPath';
import { SortedKeys } from './sortedKeys';

/** What is known of an object apart from its content. */
export interface StoredObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Milliseconds since 1970, whole seconds as S3 keeps them. */
  readonly modified: number;
  readonly storageClass: string;
  readonly contentType?: string;
  readonly contentEncoding?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What a writer may say of an object. */
export type ObjectAttributes = Partial<
  Pick<StoredObject, 'storageClass' | 'contentType' | 'contentEncoding' | 'metadata' | 'modified'>
>;

/** Where an object is. */
export interface Place {
  readonly bucket: string;
  readonly key: string;
}

interface Bucket {
  readonly created: number;
  readonly objects: Map<string, StoredObject>;
  readonly keys: SortedKeys;
}

/** Buckets and objects, kept as plain files below one folder; what is not in the files is in the journal. */
export class ObjectStore {
  readonly #root: string;
  readonly #journal: Journal;
  readonly #buckets = new Map<string, Bucket>();

  constructor(root: string, journal: Journal) {
    this.#root = root;
    this.#journal = journal;
    rmSync(join(root, '.lake', 'tmp'), { recursive: true, force: true });
    for (const [name, created] of journal.all('bucket')) {
      this.#buckets.set(name, { created: created as number, objects: new Map(), keys: new SortedKeys() });
    }
    for (const [id, value] of journal.all('object')) {
      const [bucket = '', key = ''] = id.split('\n');
      const stored = this.#checked({ bucket, key }, value as StoredObject);
      if (stored === undefined) journal.remove('object', id);
      else this.#remember(bucket, stored);
    }
  }

  /** Names and creation times (ms) of all buckets, by name. */
  buckets(): readonly { readonly name: string; readonly created: number }[] {
    return [...this.#buckets]
      .map(([name, { created }]) => ({ name, created }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  hasBucket(name: string): boolean {
    return this.#buckets.has(name);
  }

  createBucket(name: string): void {
    const created = wholeSeconds(Date.now());
    this.#buckets.set(name, { created, objects: new Map(), keys: new SortedKeys() });
    mkdirSync(join(this.#root, name), { recursive: true });
    this.#journal.put('bucket', name, created);
  }

  deleteBucket(name: string): void {
    this.#buckets.delete(name);
    rmSync(join(this.#root, name), { recursive: true, force: true });
    this.#journal.remove('bucket', name);
  }

  /** The keys of a bucket in order; none for a bucket that is not there. */
  keys(bucket: string): SortedKeys {
    return this.#buckets.get(bucket)?.keys ?? new SortedKeys();
  }

  find({ bucket, key }: Place): StoredObject | undefined {
    return this.#buckets.get(bucket)?.objects.get(key);
  }

  /** Every object whose key begins with the prefix, in order. */
  *under(bucket: string, prefix: string): Generator<StoredObject> {
    const keys = this.keys(bucket);
    for (let key = keys.first(prefix); key?.startsWith(prefix); key = keys.first(`${key}\0`)) {
      const found = this.find({ bucket, key });
      if (found !== undefined) yield found;
    }
  }

  /** The file in which an object is kept. */
  file({ bucket, key }: Place): string {
    return join(this.#root, bucket, pathOfKey(key));
  }

  /** The folder in which everything under a prefix is kept; the prefix ends in a slash. */
  folder(bucket: string, prefix: string): string {
    return join(this.#root, bucket, pathOfPrefix(prefix));
  }

  /** A new empty folder on the same disk, from which `putFile` takes files; the caller removes it. */
  scratch(): string {
    const folder = join(this.#root, '.lake', 'tmp', randomUUID());
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  read(place: Place): Buffer {
    return readFileSync(this.file(place));
  }

  /** Stores an object whole or not at all. */
  put(place: Place, body: Uint8Array, attributes: ObjectAttributes = {}): StoredObject {
    const folder = this.scratch();
    writeFileSync(join(folder, 'body'), body);
    const stored = this.putFile(place, join(folder, 'body'), attributes);
    rmdirSync(folder);
    return stored;
  }

  /** Moves a file into the lake as an object. */
  putFile(place: Place, file: string, attributes: ObjectAttributes = {}): StoredObject {
    const stored: StoredObject = {
      storageClass: 'STANDARD',
      ...attributes,
      key: place.key,
      size: statSync(file).size,
      etag: md5(readFileSync(file)),
      modified: wholeSeconds(attributes.modified ?? Date.now()),
    };
    const target = this.file(place);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(file, target);
    this.#journal.put('object', `${place.bucket}\n${place.key}`, stored);
    this.#remember(place.bucket, stored);
    return stored;
  }

  /** Removes an object; nothing happens when there is none. */
  remove({ bucket, key }: Place): void {
    const found = this.#buckets.get(bucket);
    if (found === undefined || !found.objects.delete(key)) return;
    found.keys.remove(key);
    this.#journal.remove('object', `${bucket}\n${key}`);
    rmSync(this.file({ bucket, key }), { force: true });
  }

  #remember(bucket: string, stored: StoredObject): void {
    const found = this.#buckets.get(bucket);
    found?.objects.set(stored.key, stored);
    found?.keys.add(stored.key);
  }

  // A kill can come between the file and its journal line, and a user may have changed the file.
  #checked(place: Place, stored: StoredObject): StoredObject | undefined {
    const file = this.file(place);
    if (!existsSync(file)) return undefined;
    const { size, mtimeMs } = statSync(file);
    if (size === stored.size) return stored;
    return { ...stored, size, etag: md5(readFileSync(file)), modified: wholeSeconds(mtimeMs) };
  }
}

function md5(body: Uint8Array): string {
  return createHash('md5').update(body).digest('hex');
}

function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}
