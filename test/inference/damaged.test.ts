import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import { readFile } from '../../src/inference/readFile';
import { fixture } from './objects';

const files = [
  'nested.snappy.parquet',
  'payments.snappy.avro',
  'payments.zlib.orc',
  'payments.csv',
  'payments.csv.gz',
  'payments.csv.zst',
  'payments.ndjson.gz',
];
const seed = 20240115;

/** Numbers in [0, 1) that are the same each time (mulberry32). */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A copy with a few bytes changed, near its ends more often, or cut off somewhere. */
function damaged(bytes: Uint8Array, random: () => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (random() < 0.25) return copy.subarray(0, Math.floor(random() * copy.length));
  for (let count = 1 + Math.floor(random() * 8); count > 0; count--) {
    const edge = Math.floor(random() * Math.min(400, copy.length));
    const place =
      random() < 0.4 ? edge : random() < 0.7 ? copy.length - 1 - edge : Math.floor(random() * copy.length);
    copy[place] = Math.floor(random() * 256);
  }
  return copy;
}

test(`a damaged file tells what it can, or that it cannot be read, and nothing else happens (seed ${seed})`, async () => {
  const random = randomFrom(seed);
  for (const name of files) {
    const whole = fixture(name);
    let told = 0;
    for (let turn = 0; turn < 60; turn++) {
      const bytes = damaged(whole, random);
      const object = {
        key: name,
        bytes: bytes.length,
        read: async (start: number, end: number) => bytes.subarray(start, end),
      };
      try {
        await readFile(object);
        told++;
      } catch (error) {
        assert.ok(
          error instanceof Problem,
          `${name}, turn ${turn}: ${error instanceof Error ? (error.stack ?? '') : ''}`,
        );
        assert.match(error.message, /^[^\n]+\.$/);
      }
    }
    assert.ok(told > 0, `${name} was never read, so this test could not fail`);
  }
});
