import type { Span, TextEdit } from '../../../base/text';
import { nearest } from '../../settings';

/** A place where a configuration has not the form that S3 takes. */
export interface Misfit {
  readonly span: Span;
  readonly message: string;
  readonly fix?: { readonly title: string; readonly edits: readonly TextEdit[]; readonly scaffold?: boolean };
}

/** Keys of a rule, as `put-bucket-lifecycle-configuration` takes them. */
export const ruleKeys: readonly string[] = [
  'ID',
  'Status',
  'Filter',
  'Prefix',
  'Transitions',
  'Expiration',
  'NoncurrentVersionTransitions',
  'NoncurrentVersionExpiration',
  'AbortIncompleteMultipartUpload',
];

/** Keys of each part of a rule. */
export const partKeys: Readonly<Record<string, readonly string[]>> = {
  Filter: ['Prefix', 'Tag', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan', 'And'],
  And: ['Prefix', 'Tags', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'],
  Transitions: ['Days', 'Date', 'StorageClass'],
  Expiration: ['Days', 'Date', 'ExpiredObjectDeleteMarker'],
  NoncurrentVersionTransitions: ['NoncurrentDays', 'NewerNoncurrentVersions', 'StorageClass'],
  NoncurrentVersionExpiration: ['NoncurrentDays', 'NewerNoncurrentVersions'],
  AbortIncompleteMultipartUpload: ['DaysAfterInitiation'],
};

/** The key that was meant by one that a part has not: the nearest, and for plain days the one that counts days there. */
export function meantKey(key: string, keys: readonly string[]): string | undefined {
  return /^(?:Days|TransitionInDays)$/.test(key)
    ? keys.find((one) => one.includes('Days'))
    : nearest(key, keys);
}
