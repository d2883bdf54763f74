import { createHash } from 'node:crypto';

/** One reading of an object: its ETag, and what its text looks like. */
interface Reading {
  readonly etag: string;
  readonly print: string;
}

interface Known {
  readonly readings: readonly Reading[];
  readonly base: string | undefined;
  readonly isOpen: boolean;
}

/** Readings kept of one document, and documents that are not open any more. */
const mostReadings = 20;
const mostClosed = 500;

/**
 * Which version of an object an open document is based on. The newest reading is not always it: another extension, or a
 * comparison, may read the object while the document still shows an older version, and saving that must not pass.
 */
export class BaseVersions {
  readonly #known = new Map<string, Known>();

  /** Somebody has read an object. */
  read(address: string, { etag, bytes }: { readonly etag: string; readonly bytes: Uint8Array }): void {
    const known = this.#of(address);
    const readings = [...known.readings, { etag, print: printOf(bytes) }].slice(-mostReadings);
    this.#set(address, { ...known, readings, base: known.isOpen ? known.base : etag });
  }

  /** A document was opened, or its text changed to what needs no saving: it shows one of the readings. */
  shows(address: string, text: string): void {
    const known = this.#of(address);
    const print = printOf(Buffer.from(text));
    const found = known.readings.findLast((reading) => reading.print === print);
    // Another encoding may hide it: then the oldest reading stands, which at worst asks about a conflict that is none.
    const base = found?.etag ?? known.base ?? known.readings[0]?.etag;
    this.#set(address, { ...known, base, isOpen: true });
  }

  /** A version was written from here, or somebody chose to go on from it. */
  goesOnFrom(address: string, { etag, bytes }: { readonly etag: string; readonly bytes?: Uint8Array }): void {
    const known = this.#of(address);
    const readings = bytes === undefined ? known.readings : [{ etag, print: printOf(bytes) }];
    this.#set(address, { ...known, readings, base: etag });
  }

  /** A document was closed: whoever writes next has read it himself. */
  closed(address: string): void {
    const known = this.#known.get(address);
    if (known === undefined) return;
    this.#set(address, { ...known, isOpen: false, base: known.readings.at(-1)?.etag ?? known.base });
  }

  /** An object is gone or elsewhere. */
  forget(address: string): void {
    this.#known.delete(address);
  }

  /** The ETag to write over; `undefined` when it was never read. */
  base(address: string): string | undefined {
    return this.#known.get(address)?.base;
  }

  #of(address: string): Known {
    return this.#known.get(address) ?? { readings: [], base: undefined, isOpen: false };
  }

  #set(address: string, known: Known): void {
    this.#known.delete(address);
    this.#known.set(address, known);
    if (this.#known.size <= mostClosed) return;
    const oldest = [...this.#known].find(([, { isOpen }]) => !isOpen);
    if (oldest !== undefined) this.#known.delete(oldest[0]);
  }
}

/** Alike for a text and the bytes it was read from: editors drop the byte order mark and mend line ends. */
function printOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n');
  return createHash('sha256').update(text).digest('base64');
}
