/** Parts of an object, half-open, in bytes. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

type Read = (start: number, end: number) => Promise<Uint8Array>;

/** Closer than this, two ranges are one request: the bytes between cost less than another answer's wait. */
const gap = 64 * 1024;

/** Requests under way at once. */
const together = 8;

/**
 * Reads ranges of an object, neighbours in one request and several at once. The result gives parts of what was
 * read; undefined for a part that was not.
 */
export async function readAhead(
  read: Read,
  ranges: readonly ByteRange[],
): Promise<(part: ByteRange) => Uint8Array | undefined> {
  const waiting = merged(ranges);
  const kept: { readonly start: number; readonly bytes: Uint8Array }[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      kept.push({ start: next.start, bytes: await read(next.start, next.end) });
  };
  await Promise.all(Array.from({ length: together }, worker));
  return ({ start, end }) => {
    const from = kept.find((one) => one.start <= start && end <= one.start + one.bytes.length);
    return from?.bytes.subarray(start - from.start, end - from.start);
  };
}

function merged(ranges: readonly ByteRange[]): ByteRange[] {
  const result: ByteRange[] = [];
  for (const next of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && next.start - last.end <= gap)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    else result.push(next);
  }
  return result;
}
