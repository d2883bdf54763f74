import type { Span } from '../../base/text';
import type { DataArray, DataDocument, DataNode, DataObject } from '../data/node';

/** A bucket's lifecycle configuration, as `aws s3api put-bucket-lifecycle-configuration` takes it. */
export interface LifecycleDocument {
  readonly data: DataDocument;
  /** Whose keys it is written with; `cloudformation` has others (`Id`, `TransitionInDays`), and its rules are not read. */
  readonly profile: 'api' | 'cloudformation';
  readonly list: DataArray | undefined;
  readonly rules: readonly LifecycleRule[];
  /** Where the file is the input of the command: the bucket that it is for. */
  readonly bucket: string | undefined;
  /** Which objects below 128 KB move without a size filter: none, or those for the two archive classes. */
  readonly defaultMinimum: 'all_storage_classes_128K' | 'varies_by_storage_class';
}

export interface LifecycleRule {
  readonly node: DataObject;
  /** Where to point at the rule as a whole: its ID, or else its brace. */
  readonly span: Span;
  /** Its ID, or its number from 1: `rule 2`. */
  readonly name: string;
  readonly id: string | undefined;
  readonly enabled: boolean;
  readonly filter: LifecycleFilter;
  readonly transitions: readonly LifecycleTransition[];
  readonly noncurrentTransitions: readonly LifecycleTransition[];
  readonly expiration: LifecycleExpiration | undefined;
  readonly noncurrentExpiration: LifecycleAction | undefined;
  /** AbortIncompleteMultipartUpload; its days count from the start of the upload. */
  readonly abort: LifecycleAction | undefined;
}

/** Which objects a rule is for: those that meet all of it. */
export interface LifecycleFilter {
  readonly node: DataNode | undefined;
  /** `''` where none is given. */
  readonly prefix: string;
  readonly prefixNode: DataNode | undefined;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** Bytes; objects of exactly this size are left out. */
  readonly greaterThan: number | undefined;
  readonly lessThan: number | undefined;
  /** False where a part of it is filled in by a tool, or is not of the form: then nothing may be said of what it meets. */
  readonly known: boolean;
}

export interface LifecycleAction {
  readonly node: DataObject;
  /** Days after creation, or after an object became noncurrent. */
  readonly days: number | undefined;
  readonly daysNode: DataNode | undefined;
}

export interface LifecycleTransition extends LifecycleAction {
  readonly storageClass: string | undefined;
  readonly classNode: DataNode | undefined;
  readonly date: string | undefined;
}

export interface LifecycleExpiration extends LifecycleAction {
  readonly date: string | undefined;
  /** ExpiredObjectDeleteMarker: only delete markers without versions behind them go. */
  readonly deleteMarkers: boolean;
}
