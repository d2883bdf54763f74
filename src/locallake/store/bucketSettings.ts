import type { XmlValue } from '../wire/xml';
import type { Journal } from './journal';

/** What is set on a bucket. */
export interface BucketSettings {
  /** Absent: where the lake is. */
  readonly region?: string;
  /** Absent: versions were never kept. */
  readonly versioning?: 'Enabled' | 'Suspended';
  readonly lifecycle?: { readonly rules: readonly XmlValue[]; readonly minimumSize: string };
  readonly encryption?: Encryption;
}

/** How objects are encrypted on the disk: told, not done. */
export interface Encryption {
  readonly algorithm: string;
  readonly keyId?: string;
  /** Of a bucket's default. */
  readonly bucketKey?: boolean;
}

/** The settings of one bucket. */
export function settingsOf(journal: Journal, bucket: string): BucketSettings {
  return (journal.all('bucket-settings').get(bucket) as BucketSettings | undefined) ?? {};
}

/** Changes some settings of a bucket; `undefined` takes one away. */
export function changeSettings(
  journal: Journal,
  bucket: string,
  changes: { readonly [Name in keyof BucketSettings]?: BucketSettings[Name] | undefined },
): void {
  const all = Object.entries({ ...settingsOf(journal, bucket), ...changes });
  journal.put('bucket-settings', bucket, Object.fromEntries(all.filter(([, value]) => value !== undefined)));
}
