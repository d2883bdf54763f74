import type { ZonePlace } from '../../zones/zones';
import type { RuleValue } from '../bucketStorage';
import type { StoragePrices } from '../storagePrices';
import type { BucketFacts } from './bucketFacts';
import type { ResultPlace } from './resultPlaces';
import type { Survey } from './survey';

/** Something about a place that costs more than it must, or will. */
export interface AdviceFinding {
  readonly id:
    | 'storage-class'
    | 'minimum-size'
    | 'small-files'
    | 'plain-text'
    | 'archived-data'
    | 'incomplete-uploads'
    | 'missing-abort'
    | 'noncurrent-versions'
    | 'query-results';
  /** One sentence with its figures. */
  readonly title: string;
  /** Sentences; what is not known is among them. */
  readonly details: readonly string[];
  readonly action: string;
  /** A rule for the bucket's lifecycle, ready to be put there. */
  readonly rule?: RuleValue;
  /** USD a month that the action saves at most; absent: it cannot be computed. */
  readonly usdPerMonth?: number;
}

/** All that is known of a place. */
export interface PlaceFacts {
  readonly place: ZonePlace;
  /** Which zone it is of; absent: none by its name. */
  readonly zone?: string;
  readonly survey: Survey;
  readonly bucket: BucketFacts;
  /** Of the whole account. */
  readonly results: readonly ResultPlace[];
  readonly prices: StoragePrices;
}
