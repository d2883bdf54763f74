import type { ResultStore } from './resultStore';

const comma = 0x2c;
const quote = 0x22;
const newline = 0x0a;
const carriageReturn = 0x0d;

/** Bytes. A row that does not end is read again with each chunk: without a limit that takes forever. */
const longestRow = 64 * 1024 * 1024;

/** What is wrong with a file, for the sentence that names it. */
export class CsvFault extends Error {
  readonly fault: 'cut-off' | 'ragged';
  /** Rows read before it, the header not counted. */
  readonly row: number;

  constructor(fault: 'cut-off' | 'ragged', row: number) {
    super(`${fault} after row ${row}`);
    this.name = 'CsvFault';
    this.fault = fault;
    this.row = row;
  }
}

export interface CsvReader {
  /** Reads on; chunks may be cut anywhere, in a character or between two quotes. Throws a CsvFault. */
  push(chunk: Uint8Array): void;
  /** The file has ended: reads a last row without a line end. Throws a CsvFault inside quotes. */
  end(): void;
}

/**
 * Reads CSV as Athena writes it into a store: the first row is left out (it names the columns), texts are
 * in quotes, quotes are doubled, and a field with neither text nor quotes is NULL. Only whole rows reach
 * the store.
 */
export function csvReader(store: ResultStore, columns: number): CsvReader {
  const fields = new Int32Array(3 * columns); // start, end and form of each field of one row
  let kept: Uint8Array = new Uint8Array(0);
  let header = true;

  const row = (bytes: Uint8Array): void => {
    if (header) header = false;
    else storeRow(store, bytes, fields);
  };

  return {
    push(chunk) {
      const bytes = kept.length === 0 ? chunk : joined(kept, chunk);
      let at = 0;
      for (;;) {
        const next = scanRow(bytes, { at, last: false }, fields);
        if (next === needsMore) break;
        if (next === ragged) throw new CsvFault('ragged', store.rowCount);
        row(bytes);
        at = next;
      }
      if (bytes.length - at > longestRow) throw new CsvFault('ragged', store.rowCount);
      kept = bytes.slice(at); // a copy, so that the chunk can go
    },
    end() {
      if (kept.length === 0) return;
      const next = scanRow(kept, { at: 0, last: true }, fields);
      if (next === needsMore) throw new CsvFault('cut-off', store.rowCount);
      if (next === ragged) throw new CsvFault(header ? 'ragged' : 'cut-off', store.rowCount);
      row(kept);
      kept = new Uint8Array(0);
    },
  };
}

const needsMore = -1;
const ragged = -2;

const formNull = 0;
const formPlain = 1;
const formEscaped = 2;

/** Finds the fields of the row at `at`; returns where the next row starts, `needsMore` or `ragged`. */
function scanRow(
  bytes: Uint8Array,
  { at, last }: { readonly at: number; readonly last: boolean },
  fields: Int32Array,
): number {
  const length = bytes.length;
  if (at >= length) return needsMore;
  let field = 0;
  let position = at;
  for (;;) {
    if (field === fields.length) return ragged;
    let start = position;
    let end: number;
    let form = formPlain;
    if (bytes[position] === quote) {
      start = position + 1;
      end = bytes.indexOf(quote, start);
      while (end >= 0 && end + 1 < length && bytes[end + 1] === quote) {
        form = formEscaped;
        end = bytes.indexOf(quote, end + 2);
      }
      if (end < 0 || (end + 1 >= length && !last)) return needsMore;
      position = end + 1;
    } else {
      while (position < length && !endsField(bytes, position)) position += 1;
      end = position;
      if (end === start) form = formNull;
    }
    fields[field] = start;
    fields[field + 1] = end;
    fields[field + 2] = form;
    field += 3;
    if (position < length && bytes[position] === comma) {
      position += 1;
      continue;
    }
    if (position < length && bytes[position] === carriageReturn) {
      if (position + 1 >= length && !last) return needsMore;
      position += 1;
    }
    if (position >= length) {
      if (!last) return needsMore;
    } else if (bytes[position] === newline) position += 1;
    else return ragged; // text after a closing quote
    return field === fields.length ? position : ragged;
  }
}

function endsField(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at];
  return (
    byte === comma || byte === newline || (byte === carriageReturn && (bytes[at + 1] ?? newline) === newline)
  );
}

function storeRow(store: ResultStore, bytes: Uint8Array, fields: Int32Array): void {
  for (let field = 0; field < fields.length; field += 3) {
    const start = fields[field] ?? 0;
    const end = fields[field + 1] ?? 0;
    const form = fields[field + 2];
    if (form === formNull) store.null();
    else if (form === formEscaped) {
      const text = unescaped(bytes, start, end);
      store.text(text, 0, text.length);
    } else store.text(bytes, start, end);
  }
  store.endRow();
}

function unescaped(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const text = new Uint8Array(end - start);
  let length = 0;
  for (let at = start; at < end; at++) {
    text[length] = bytes[at] ?? 0;
    length += 1;
    if (bytes[at] === quote) at += 1;
  }
  return text.subarray(0, length);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
