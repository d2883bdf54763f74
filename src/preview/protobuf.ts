/** One field of a Protocol Buffers message: a number, or bytes. */
export interface Field {
  readonly id: number;
  readonly number?: number;
  readonly bytes?: Uint8Array;
}

/** The fields of a message in their order, as far as they can be read. Numbers above 2^53 are not exact. */
export function protobuf(bytes: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('cut off');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  };
  try {
    while (at < bytes.length) {
      const tag = varint();
      const id = Math.floor(tag / 8);
      switch (tag % 8) {
        case 0:
          fields.push({ id, number: varint() });
          break;
        case 1:
          at += 8;
          break;
        case 2: {
          const length = varint();
          if (at + length > bytes.length) return fields;
          fields.push({ id, bytes: bytes.subarray(at, at + length) });
          at += length;
          break;
        }
        case 5:
          at += 4;
          break;
        default:
          return fields;
      }
    }
  } catch {
    return fields; // cut off: what was read stands
  }
  return fields;
}
