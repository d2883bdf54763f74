/**
 * What listing found of a partition: `data`; `empty`, files without a byte or only what engines hide; `missing`,
 * nothing at all at its location; `placeless`, the catalog names no location; `unlisted`, not or not wholly listed.
 */
export type PartitionState = 'data' | 'empty' | 'missing' | 'placeless' | 'unlisted';

/** What was counted of each row; undefined where nothing was listed. */
export interface Figures {
  files(row: number): number | undefined;
  bytes(row: number): number | undefined;
  /** Milliseconds since 1970. */
  newest(row: number): number | undefined;
  state(row: number): PartitionState;
}

/** A folder with files that spells a partition which the catalog has not got at that place. */
export interface Orphan {
  readonly values: readonly string[];
  /** `s3://bucket/…/`. */
  readonly location: string;
  readonly files: number;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly newest: number | undefined;
  /** A key stands in it in another case than the catalog's, so that Athena does not see it. */
  readonly otherCase: boolean;
  /** Where the catalog has a partition of these values. */
  readonly registeredAt?: string;
}
