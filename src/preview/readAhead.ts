/** Parts of an object, half-open, in bytes. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

type Read = (start: number, end: number) => Promise<Uint8Array>;

/** Gives a part of what was read; undefined for one that was not. */
export type ReadPart = (part: ByteRange) => Uint8Array | undefined;

/** Requests under way at once. */
const together = 8;

/**
 * Reads ranges of an object, several at once, and those that lie no further apart than `gap` bytes in one request:
 * the bytes between cost less than another answer's wait.
 */
export async function readAhead(
  read: Read,
  ranges: readonly ByteRange[],
  { gap }: { readonly gap: number },
): Promise<ReadPart> {
  const waiting = merged(ranges, gap);
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

/** Bytes that reading ranges so would fetch, those between neighbours included. */
export function mergedBytes(ranges: readonly ByteRange[], gap: number): number {
  return merged(ranges, gap).reduce((sum, { start, end }) => sum + end - start, 0);
}

function merged(ranges: readonly ByteRange[], gap: number): ByteRange[] {
  const result: ByteRange[] = [];
  for (const next of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && next.start - last.end <= gap)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    else result.push(next);
  }
  return result;
}
