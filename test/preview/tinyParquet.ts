import type { RangedObject } from '../../src/preview/preview';

/** A value of Thrift's compact protocol; a list's elements are of one kind. */
export type Thrift =
  | { readonly i: number; readonly wide: boolean }
  | { readonly text: string | Uint8Array }
  | { readonly yes: boolean }
  | { readonly list: readonly Thrift[] }
  | { readonly struct: Readonly<Record<number, Thrift>> };

export const int = (i: number): Thrift => ({ i, wide: false });
export const long = (i: number): Thrift => ({ i, wide: true });
export const text = (value: string | Uint8Array): Thrift => ({ text: value });
export const list = (...values: readonly Thrift[]): Thrift => ({ list: values });
export const struct = (fields: Readonly<Record<number, Thrift>>): Thrift => ({ struct: fields });

/** Bytes of a struct in the compact protocol: what Parquet writes footers and page headers in. */
export function thriftBytes(value: Thrift): Uint8Array {
  const parts: Uint8Array[] = [];
  write(value, parts);
  return Buffer.concat(parts);
}

function typeOf(value: Thrift): number {
  if ('i' in value) return value.wide ? 6 : 5;
  if ('text' in value) return 8;
  if ('yes' in value) return value.yes ? 1 : 2;
  return 'list' in value ? 9 : 12;
}

function write(value: Thrift, parts: Uint8Array[]): void {
  if ('i' in value) parts.push(varint(value.i >= 0 ? value.i * 2 : -value.i * 2 - 1));
  else if ('text' in value) {
    const bytes = typeof value.text === 'string' ? Buffer.from(value.text) : value.text;
    parts.push(varint(bytes.length), bytes);
  } else if ('list' in value) {
    const [first] = value.list;
    parts.push(Uint8Array.of(0xf0 | (first === undefined ? 12 : typeOf(first))), varint(value.list.length));
    for (const one of value.list) write(one, parts);
  } else if ('struct' in value) {
    let before = 0;
    for (const [id, one] of Object.entries(value.struct)) {
      parts.push(Uint8Array.of(((Number(id) - before) << 4) | typeOf(one)));
      before = Number(id);
      write(one, parts);
    }
    parts.push(Uint8Array.of(0));
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.from([...bytes, rest]);
}

/** A Parquet file of columns of whole numbers, all of them 0, in one page a chunk; `note` stands in its footer for each of them. */
export function numbersFile(shape: {
  readonly columns: number;
  readonly groups: number;
  readonly rows: number;
  readonly note?: string;
}): Buffer {
  const { columns, groups, rows, note = '' } = shape;
  const values = Buffer.alloc(rows * 8);
  const header = thriftBytes(
    struct({
      1: int(0),
      2: int(values.length),
      3: int(values.length),
      5: struct({ 1: int(rows), 2: int(0), 3: int(3), 4: int(3) }),
    }),
  );
  const parts: Uint8Array[] = [Buffer.from('PAR1')];
  let at = 4;
  const rowGroups = Array.from({ length: groups }, () =>
    struct({
      1: list(
        ...Array.from({ length: columns }, (_, column) => {
          const offset = at;
          parts.push(header, values);
          at += header.length + values.length;
          return struct({
            2: long(offset),
            3: struct({
              1: int(2),
              2: list(int(0)),
              3: list(text(`c${column}`)),
              4: int(0),
              5: long(rows),
              6: long(at - offset),
              7: long(at - offset),
              ...(note === '' ? {} : { 8: list(struct({ 1: text('note'), 2: text(note) })) }),
              9: long(offset),
              12: struct({ 3: long(0), 5: text(Buffer.alloc(8)), 6: text(Buffer.alloc(8)) }),
            }),
          });
        }),
      ),
      2: long(rows * 8 * columns),
      3: long(rows),
    }),
  );
  const schema = [
    struct({ 4: text('schema'), 5: int(columns) }),
    ...Array.from({ length: columns }, (_, column) =>
      struct({ 1: int(2), 3: int(0), 4: text(`c${column}`) }),
    ),
  ];
  const footer = thriftBytes(
    struct({
      1: int(1),
      2: list(...schema),
      3: long(rows * groups),
      4: list(...rowGroups),
      6: text('a test'),
    }),
  );
  return closed(Buffer.concat(parts), footer, 'PAR1');
}

/** Data, a footer, its length and the mark of the end. */
export function closed(data: Uint8Array, footer: Uint8Array, mark: 'PAR1' | 'PARE'): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([data, footer, length, Buffer.from(mark)]);
}

/** An object that counts what is asked of it. */
export function countedObject(
  bytes: Uint8Array,
  key: string,
): RangedObject & { readonly asked: () => { readonly bytes: number; readonly requests: number } } {
  let sum = 0;
  let requests = 0;
  return {
    key,
    bytes: bytes.length,
    read: (start, end) => {
      sum += end - start;
      requests += 1;
      return Promise.resolve(bytes.subarray(start, end));
    },
    asked: () => ({ bytes: sum, requests }),
  };
}
