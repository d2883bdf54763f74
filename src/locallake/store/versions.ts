import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Journal } from './journal';
import type { Place, StoredObject } from './objects';
import { SortedKeys } from './sortedKeys';

/** A version that is not the current object of its key: an older one, or a delete marker. */
export type StoredVersion =
  | { readonly kind: 'object'; readonly object: StoredObject; readonly blob: string }
  | { readonly kind: 'marker'; readonly versionId: string; readonly modified: number };

/** The versions of a bucket's keys apart from the current objects, newest first, with their contents in files of their own. */
export class Versions {
  readonly #root: string;
  readonly #journal: Journal;
  readonly #buckets = new Map<
    string,
    { keys: SortedKeys; versions: Map<string, readonly StoredVersion[]> }
  >();

  constructor(root: string, journal: Journal) {
    this.#root = join(root, '.lake', 'versions');
    this.#journal = journal;
    for (const [id, value] of journal.all('versions')) {
      const [bucket = '', key = ''] = id.split('\n');
      const kept = (value as readonly StoredVersion[]).filter(
        (version) => version.kind === 'marker' || existsSync(this.#file(version.blob)),
      );
      this.#remember({ bucket, key }, kept);
    }
  }

  /** The versions of a key, newest first. */
  of({ bucket, key }: Place): readonly StoredVersion[] {
    return this.#buckets.get(bucket)?.versions.get(key) ?? [];
  }

  /** The keys of a bucket that have versions here. */
  keys(bucket: string): SortedKeys {
    return this.#buckets.get(bucket)?.keys ?? new SortedKeys();
  }

  /** The file with the content of a version. */
  file(version: StoredVersion & { readonly kind: 'object' }): string {
    return this.#file(version.blob);
  }

  /** Takes what is in a file as the newest version here. The line is written first: a kill after it loses nothing. */
  take(place: Place, object: StoredObject, file: string): void {
    const blob = randomUUID();
    this.#set(place, [{ kind: 'object', object, blob }, ...this.of(place)]);
    mkdirSync(dirname(this.#file(blob)), { recursive: true });
    renameSync(file, this.#file(blob));
  }

  mark(place: Place, marker: { readonly versionId: string; readonly modified: number }): void {
    this.#set(place, [{ kind: 'marker', ...marker }, ...this.of(place)]);
  }

  /** Removes one version with its content; false when it is not here. */
  remove(place: Place, versionId: string): boolean {
    const all = this.of(place);
    const found = all.find((version) => idOf(version) === versionId);
    if (found === undefined) return false;
    this.#set(
      place,
      all.filter((version) => version !== found),
    );
    if (found.kind === 'object') rmSync(this.#file(found.blob), { force: true });
    return true;
  }

  /** The newest version with its content; undefined when it is a marker or there is none. */
  newest(place: Place): { readonly object: StoredObject; readonly file: string } | undefined {
    const [first] = this.of(place);
    return first?.kind === 'object' ? { object: first.object, file: this.#file(first.blob) } : undefined;
  }

  /** Writes the attributes of one version anew. */
  rewrite(place: Place, object: StoredObject): void {
    this.#set(
      place,
      this.of(place).map((version) =>
        version.kind === 'object' && idOf(version) === versionIdOf(object) ? { ...version, object } : version,
      ),
    );
  }

  #set(place: Place, versions: readonly StoredVersion[]): void {
    const id = `${place.bucket}\n${place.key}`;
    if (versions.length === 0) this.#journal.remove('versions', id);
    else this.#journal.put('versions', id, versions);
    this.#remember(place, versions);
  }

  #remember({ bucket, key }: Place, versions: readonly StoredVersion[]): void {
    const found = this.#buckets.get(bucket) ?? { keys: new SortedKeys(), versions: new Map() };
    this.#buckets.set(bucket, found);
    if (versions.length === 0) {
      found.versions.delete(key);
      found.keys.remove(key);
    } else {
      found.versions.set(key, versions);
      found.keys.add(key);
    }
  }

  #file(blob: string): string {
    return join(this.#root, blob);
  }
}

/** The id under which a version is asked for. */
export function idOf(version: StoredVersion): string {
  return version.kind === 'marker' ? version.versionId : versionIdOf(version.object);
}

/** An object written while its bucket kept no versions has the id `null`. */
export function versionIdOf({ versionId = 'null' }: StoredObject): string {
  return versionId;
}

/** A new id, which clients must not read anything from. */
export function newVersionId(): string {
  return Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url');
}
