import { createHash, randomUUID } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Journal } from './journal';
import { md5OfFile } from './md5';
import type { ObjectAttributes, Place } from './objects';

/** An upload in parts that is neither complete nor aborted. */
export interface Upload extends Place {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly initiated: number;
  readonly attributes: ObjectAttributes;
}

/** One part of it. */
export interface UploadedPart {
  readonly number: number;
  /** Bytes. */
  readonly size: number;
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** The uploads in parts of the lake; they survive a kill as objects do. */
export class Uploads {
  readonly #root: string;
  readonly #journal: Journal;

  constructor(root: string, journal: Journal) {
    this.#root = join(root, '.lake', 'uploads');
    this.#journal = journal;
  }

  create(place: Place, attributes: ObjectAttributes, initiated = Date.now()): Upload {
    const { bucket, key } = place;
    const id = Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url');
    const upload = { id, bucket, key, initiated, attributes };
    this.#journal.put('upload', id, upload);
    return upload;
  }

  find(id: string): Upload | undefined {
    return this.#journal.all('upload').get(id) as Upload | undefined;
  }

  /** The uploads of a bucket by key, and those of one key in the order they began. */
  of(bucket: string): readonly Upload[] {
    return ([...this.#journal.all('upload').values()] as readonly Upload[])
      .filter((upload) => upload.bucket === bucket)
      .toSorted((a, b) =>
        a.key === b.key
          ? a.initiated - b.initiated || (a.id < b.id ? -1 : 1)
          : Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)),
      );
  }

  /** The parts of an upload by number. */
  parts({ id }: Upload): readonly UploadedPart[] {
    const parts = this.#journal.all('upload-parts').get(id) as readonly UploadedPart[] | undefined;
    return (parts ?? []).filter(({ number }) => existsSync(this.#file(id, number)));
  }

  /** Keeps a part, in place of one with the same number: bytes, or a range of a file. */
  putPart(
    upload: Upload,
    number: number,
    content: Uint8Array | { readonly path: string; readonly start: number; readonly end: number },
  ): UploadedPart {
    mkdirSync(join(this.#root, upload.id), { recursive: true });
    const file = this.#file(upload.id, number);
    const body =
      content instanceof Uint8Array
        ? content
        : readFileSync(content.path).subarray(content.start, content.end + 1);
    writeFileSync(`${file}.new`, body);
    renameSync(`${file}.new`, file);
    const modified = Math.floor(Date.now() / 1000) * 1000;
    const part = { number, size: statSync(file).size, etag: md5OfFile(file), modified };
    const others = this.parts(upload).filter((each) => each.number !== number);
    this.#journal.put(
      'upload-parts',
      upload.id,
      [...others, part].toSorted((a, b) => a.number - b.number),
    );
    return part;
  }

  /** Writes the chosen parts one after the other into a file; gives the ETag that S3 gives such an object. */
  assemble(upload: Upload, parts: readonly UploadedPart[], file: string): string {
    const digests = createHash('md5');
    for (const [at, { number, etag }] of parts.entries()) {
      if (at === 0) copyFileSync(this.#file(upload.id, number), file);
      else appendFileSync(file, readFileSync(this.#file(upload.id, number)));
      digests.update(Buffer.from(etag, 'hex'));
    }
    return `${digests.digest('hex')}-${parts.length}`;
  }

  /** Forgets an upload and its parts. */
  remove({ id }: Upload): void {
    this.#journal.remove('upload', id);
    this.#journal.remove('upload-parts', id);
    rmSync(join(this.#root, id), { recursive: true, force: true });
  }

  #file(id: string, number: number): string {
    return join(this.#root, id, String(number));
  }
}
