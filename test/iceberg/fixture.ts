import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../src/base/problem';
import type { ReadObject } from '../../src/iceberg/metadata';

const root = 's3://centralbank-data-lake/analytics/loan_events/';

export const newestMetadata = `${root}metadata/00005-6f3c4f3a-284f-498e-a196-3bc61987233b.metadata.json`;
export const never = new AbortController().signal;

/** The fixture's files by the URIs they name each other by; `asked` hears of each read. */
export function fixtureReader(asked: (uri: string) => void = () => undefined): ReadObject {
  return async (uri) => {
    asked(uri);
    if (!uri.startsWith(root)) throw new Problem(`There is no ${uri}.`, 'missing');
    return readFile(join('test/fixtures/lake/iceberg', uri.slice(root.length))).catch(() => {
      throw new Problem(`There is no ${uri}: it was deleted, so read an older snapshot.`, 'missing');
    });
  };
}
