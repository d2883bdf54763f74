import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
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
import { type BucketSettings, changeSettings, type Encryption, settingsOf } from './bucketSettings';
import type { Journal } from './journal';
import { pathOfKey, pathOfPrefix } from './keyPath';
import { md5OfFile } from './md5';
import { SortedKeys } from './sortedKeys';
import { Uploads } from './uploads';
import { idOf, newVersionId, versionIdOf, Versions } from './versions';

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
  /** Absent for what was written while the bucket kept no versions. */
  readonly versionId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Of an archived object that was asked for: when it is there and when it goes; ms. */
  readonly restore?: { readonly ready: number; readonly until: number };
  readonly encryption?: Encryption;
  /** Of an object that was uploaded in parts: their sizes in bytes. */
  readonly parts?: readonly number[];
}

/** What a writer may say of an object. */
export type ObjectAttributes = Partial<
  Pick<
    StoredObject,
    | 'storageClass'
    | 'contentType'
    | 'contentEncoding'
    | 'metadata'
    | 'modified'
    | 'tags'
    | 'encryption'
    | 'parts'
    | 'etag'
  >
>;

/** What a removal did. */
export interface Removal {
  /** Of the version that was removed for good, or of the marker that was made. */
  readonly versionId?: string;
  readonly marker: boolean;
}

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
  readonly versions: Versions;
  readonly uploads: Uploads;

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
    this.versions = new Versions(root, journal);
    this.uploads = new Uploads(root, journal);
    this.#mend();
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

  settings(bucket: string): BucketSettings {
    return settingsOf(this.#journal, bucket);
  }

  /** Changes some settings of a bucket; `undefined` takes one away. */
  change(
    bucket: string,
    changes: { readonly [Name in keyof BucketSettings]?: BucketSettings[Name] | undefined },
  ): void {
    changeSettings(this.#journal, bucket, changes);
  }

  deleteBucket(name: string): void {
    for (const upload of this.uploads.of(name)) this.uploads.remove(upload);
    this.#buckets.delete(name);
    rmSync(join(this.#root, name), { recursive: true, force: true });
    this.#journal.remove('bucket', name);
    this.#journal.remove('bucket-settings', name);
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

  /** Removes such a folder. */
  discard(folder: string): void {
    rmSync(folder, { recursive: true, force: true });
  }

  read(place: Place): Buffer {
    return readFileSync(this.file(place));
  }

  /** Stores an object whole or not at all. */
  put(place: Place, body: Uint8Array, attributes: ObjectAttributes = {}): StoredObject {
    return this.#putWritten(place, (file) => writeFileSync(file, body), attributes);
  }

  /** Stores the content of a file of the lake as an object; the file stays. */
  copyFile(place: Place, file: string, attributes: ObjectAttributes = {}): StoredObject {
    return this.#putWritten(place, (target) => copyFileSync(file, target), attributes);
  }

  /** Moves a file into the lake as an object. */
  putFile(place: Place, file: string, attributes: ObjectAttributes = {}): StoredObject {
    const { versioning } = this.settings(place.bucket);
    const stored: StoredObject = {
      storageClass: 'STANDARD',
      ...attributes,
      key: place.key,
      size: statSync(file).size,
      etag: attributes.etag ?? md5OfFile(file),
      modified: wholeSeconds(attributes.modified ?? Date.now()),
      ...(versioning === undefined ? {} : { versionId: versioning === 'Enabled' ? newVersionId() : 'null' }),
    };
    if (versioning !== undefined) this.#setAside(place, versionIdOf(stored));
    this.#adopt(place, stored, file);
    return stored;
  }

  /** Writes what is known of an object anew, its content apart. */
  rewrite(place: Place, stored: StoredObject): void {
    const current = this.find(place);
    if (current === undefined || versionIdOf(current) !== versionIdOf(stored))
      return this.versions.rewrite(place, stored);
    this.#journal.put('object', `${place.bucket}\n${place.key}`, stored);
    this.#remember(place.bucket, stored);
  }

  /** Removes an object, or puts a delete marker over it where versions are kept. */
  remove(place: Place): Removal {
    const { versioning } = this.settings(place.bucket);
    if (!this.#buckets.has(place.bucket) || versioning === undefined) {
      this.#drop(place);
      return { marker: false };
    }
    const versionId = versioning === 'Enabled' ? newVersionId() : 'null';
    this.#setAside(place, versionId);
    this.versions.mark(place, { versionId, modified: wholeSeconds(Date.now()) });
    return { versionId, marker: true };
  }

  /** Removes one version for good; `marker` tells that it was a delete marker. The one before it becomes current. */
  removeVersion(place: Place, versionId: string): Removal {
    const current = this.find(place);
    const marker = this.versions.of(place).some((each) => each.kind === 'marker' && idOf(each) === versionId);
    if (current !== undefined && versionIdOf(current) === versionId) this.#drop(place);
    else this.versions.remove(place, versionId);
    if (this.find(place) === undefined) this.#promote(place);
    return { versionId, marker };
  }

  #putWritten(place: Place, write: (file: string) => void, attributes: ObjectAttributes): StoredObject {
    const folder = this.scratch();
    write(join(folder, 'body'));
    const stored = this.putFile(place, join(folder, 'body'), attributes);
    rmdirSync(folder);
    return stored;
  }

  // Makes room for a new current version: the one before it goes to the versions, or away when it has the same id.
  #setAside(place: Place, versionId: string): void {
    const current = this.find(place);
    this.versions.remove(place, versionId);
    if (current === undefined) return;
    if (versionIdOf(current) === versionId) return this.#drop(place);
    this.versions.take(place, current, this.file(place));
    this.#drop(place);
  }

  #adopt(place: Place, stored: StoredObject, file: string): void {
    const target = this.file(place);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(file, target);
    this.#journal.put('object', `${place.bucket}\n${place.key}`, stored);
    this.#remember(place.bucket, stored);
  }

  #promote(place: Place): void {
    const before = this.versions.newest(place);
    if (before === undefined) return;
    this.#adopt(place, before.object, before.file);
    this.versions.remove(place, versionIdOf(before.object));
  }

  #drop({ bucket, key }: Place): void {
    const found = this.#buckets.get(bucket);
    if (found === undefined || !found.objects.delete(key)) return;
    found.keys.remove(key);
    this.#journal.remove('object', `${bucket}\n${key}`);
    rmSync(this.file({ bucket, key }), { force: true });
  }

  // A kill between two steps of a change leaves a key whose newest version is no longer the current object.
  #mend(): void {
    for (const bucket of this.#buckets.keys()) {
      const keys = this.versions.keys(bucket);
      for (let key = keys.first(''); key !== undefined; key = keys.first(`${key}\0`))
        if (this.find({ bucket, key }) === undefined) this.#promote({ bucket, key });
    }
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
    return { ...stored, size, etag: md5OfFile(file), modified: wholeSeconds(mtimeMs) };
  }
}

function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}
