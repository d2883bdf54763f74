import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** The MD5 of a file in hexadecimal digits, read a MiB at a time. */
export function md5OfFile(path: string): string {
  const hash = createHash('md5');
  const part = Buffer.alloc(1 << 20);
  const file = openSync(path, 'r');
  try {
    for (let read = readSync(file, part); read > 0; read = readSync(file, part))
      hash.update(part.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}
