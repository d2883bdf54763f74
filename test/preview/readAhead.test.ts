import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAhead } from '../../src/preview/readAhead';

const kilobyte = 1024;

test('neighbouring ranges are one request, distant ones several at once', async () => {
  const asked: string[] = [];
  let together = 0;
  let most = 0;
  const read = async (start: number, end: number): Promise<Uint8Array> => {
    asked.push(`${start}-${end}`);
    most = Math.max(most, ++together);
    await Promise.resolve();
    together -= 1;
    return Uint8Array.from({ length: end - start }, (_, at) => (start + at) % 251);
  };
  const part = await readAhead(
    read,
    [
      { start: 5000 * kilobyte, end: 5001 * kilobyte },
      { start: 4, end: kilobyte },
      { start: kilobyte, end: 2 * kilobyte },
      { start: 60 * kilobyte, end: 61 * kilobyte },
    ],
    { gap: 64 * kilobyte },
  );
  assert.deepEqual(asked.toSorted(), ['4-62464', '5120000-5121024']);
  assert.equal(most, 2);
  assert.deepEqual(
    [...(part({ start: 1020, end: 1030 }) ?? [])],
    Array.from({ length: 10 }, (_, at) => (1020 + at) % 251),
  );
});

test('what was not read ahead is not given', async () => {
  const part = await readAhead(
    (start, end) => Promise.resolve(new Uint8Array(end - start)),
    [{ start: 0, end: 10 }],
    { gap: 0 },
  );
  assert.equal(part({ start: 5, end: 11 }), undefined);
  assert.equal(part({ start: 0, end: 10 })?.length, 10);
});

test('a failed request is a failed reading', async () => {
  await assert.rejects(
    readAhead(() => Promise.reject(new Error('gone')), [{ start: 0, end: 1 }], { gap: 0 }),
    /gone/,
  );
});
