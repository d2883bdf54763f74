import type { DataDocument } from '../data/node';

/** A bucket's lifecycle configuration, as `aws s3api put-bucket-lifecycle-configuration` takes it. */
export interface LifecycleDocument {
  readonly data: DataDocument;
}
