import { isRecord } from './exactJson';

/** Reads one value after the other from bytes; throws a RangeError where they are cut off. */
export interface AvroReader {
  readonly long: () => bigint;
  readonly text: () => string;
  readonly fixed: (length: number) => Uint8Array;
  /** The next value by its schema: parsed JSON of Avro. */
  readonly value: (schema: unknown) => unknown;
  readonly atEnd: () => boolean;
}

const decoder = new TextDecoder();

/** A reader of Avro's binary encoding (Avro 1.11 specification, "Binary Encoding"). */
export function avroReader(bytes: Uint8Array): AvroReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names = new Map<string, unknown>();
  let at = 0;

  const fixed = (length: number): Uint8Array => {
    if (!(length >= 0 && at + length <= bytes.length)) throw new RangeError('it is cut off');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const long = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('it is cut off');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return (value >> 1n) ^ -(value & 1n);
    }
    throw new RangeError('a number in it is too long');
  };
  const text = (): string => decoder.decode(fixed(Number(long())));

  const blocks = (each: () => void): void => {
    for (let count = long(); count !== 0n; count = long()) {
      if (count < 0n) long();
      const items = Number(count < 0n ? -count : count);
      // Each item of Iceberg's lists takes a byte at least; a count past the end is noise.
      if (items > bytes.length - at) throw new RangeError('it is cut off');
      for (let item = 0; item < items; item += 1) each();
    }
  };

  const named = (schema: Readonly<Record<string, unknown>>): unknown => {
    if (typeof schema['name'] === 'string') names.set(schema['name'], schema);
    switch (schema['type']) {
      case 'record': {
        const record: Record<string, unknown> = {};
        for (const field of Array.isArray(schema['fields']) ? schema['fields'] : []) {
          if (isRecord(field)) record[String(field['name'])] = value(field['type']);
        }
        return record;
      }
      case 'array': {
        const items: unknown[] = [];
        blocks(() => items.push(value(schema['items'])));
        return items;
      }
      case 'map': {
        const entries: [string, unknown][] = [];
        blocks(() => entries.push([text(), value(schema['values'])]));
        return Object.fromEntries(entries);
      }
      case 'fixed':
        return fixed(Number(schema['size']));
      case 'enum': {
        const symbols: readonly unknown[] = Array.isArray(schema['symbols']) ? schema['symbols'] : [];
        return symbols[Number(long())];
      }
      default:
        return value(schema['type']);
    }
  };

  const value = (schema: unknown): unknown => {
    if (Array.isArray(schema)) {
      const branch = Number(long());
      if (branch < 0 || branch >= schema.length) throw new RangeError('a value in it is of no known kind');
      return value(schema[branch]);
    }
    if (isRecord(schema)) return named(schema);
    switch (schema) {
      case 'null':
        return null;
      case 'boolean':
        return fixed(1)[0] === 1;
      case 'int':
      case 'long':
        return long();
      case 'float':
        fixed(4);
        return view.getFloat32(at - 4, true);
      case 'double':
        fixed(8);
        return view.getFloat64(at - 8, true);
      case 'bytes':
        return fixed(Number(long()));
      case 'string':
        return text();
      default: {
        const known = names.get(String(schema));
        if (known === undefined) throw new RangeError(`its schema has no type ${String(schema)}`);
        return named(known as Readonly<Record<string, unknown>>);
      }
    }
  };

  return { long, text, fixed, value, atEnd: () => at >= bytes.length };
}
