// Packs a screenshot with a palette of 256 colours: less than half of the bytes, and hardly a difference to be seen.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/**
 * @param {Buffer} png 8 bits a channel, RGB or RGBA, not interlaced, as browsers write them
 * @returns {Buffer} the same picture with a palette
 */
export function withPalette(png) {
  const { width, height, pixels } = decode(png);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = paletteOf(counts);
  const indexOf = new Map([...counts.keys()].map((color) => [color, nearest(palette, color)]));
  const rows = Buffer.alloc((width + 1) * height); // each row starts with 0: not filtered
  pixels.forEach((pixel, at) => {
    rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = indexOf.get(pixel);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8); // 8 bits, palette
  const colors = Buffer.from(palette.flatMap(channels));
  const parts = [
    chunk('IHDR', header),
    chunk('PLTE', colors),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
  ];
  return Buffer.concat([signature, ...parts, chunk('IEND', Buffer.alloc(0))]);
}

/** The most used colours, and of the others those that none of them stands for: a single red mark stays red. */
function paletteOf(counts) {
  const colors = [...counts].toSorted((a, b) => b[1] - a[1]).map(([color]) => color);
  const palette = colors.slice(0, 160);
  const others = colors.slice(160);
  const distances = others.map((color) => Math.min(...palette.map((taken) => distance(taken, color))));
  while (palette.length < 256 && others.length > 0) {
    const farthest = distances.reduce((best, each, at) => (each > distances[best] ? at : best), 0);
    const color = others[farthest];
    palette.push(color);
    others.forEach((other, at) => (distances[at] = Math.min(distances[at], distance(color, other))));
    if (distances.every((each) => each === 0)) break;
  }
  return palette;
}

function distance(a, b) {
  const [left, right] = [channels(a), channels(b)];
  return left.reduce((sum, value, at) => sum + (value - right[at]) ** 2, 0);
}

const channels = (color) => [color >> 16, (color >> 8) & 255, color & 255];

function nearest(palette, color) {
  const distances = palette.map((candidate) => distance(candidate, color));
  return distances.indexOf(Math.min(...distances));
}

function decode(png) {
  const [width, height, samples] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3];
  const data = [];
  for (let at = signature.length; at < png.length; at += png.readUInt32BE(at) + 12) {
    const from = at + 8;
    if (png.toString('latin1', at + 4, from) === 'IDAT')
      data.push(png.subarray(from, from + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * samples;
  const bytes = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) unfilter(raw, bytes, { y, stride, samples });
  const pixels = new Uint32Array(width * height);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = bytes.readUIntBE(at * samples, 3);
  return { width, height, pixels };
}

/** Undoes the filter of one row (PNG specification, chapter 9). */
function unfilter(raw, bytes, { y, stride, samples }) {
  const from = y * (stride + 1);
  const to = y * stride;
  for (let x = 0; x < stride; x += 1) {
    const left = x < samples ? 0 : bytes[to + x - samples];
    const up = y === 0 ? 0 : bytes[to + x - stride];
    const corner = x < samples || y === 0 ? 0 : bytes[to + x - stride - samples];
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][raw[from]];
    bytes[to + x] = raw[from + 1 + x] + guess;
  }
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(guess - value));
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
