/** A place in S3; an empty key is the bucket itself. */
export interface S3Place {
  readonly bucket: string;
  /** A key or a prefix, decoded, without a leading slash. */
  readonly key: string;
}

/** `s3://bucket/key`; `undefined` for anything else. Hadoop's `s3a:` and `s3n:` mean the same. */
export function parseS3Uri(uri: string): S3Place | undefined {
  const found = /^s3[an]?:\/\/([^/?#\s]+)(?:\/([\s\S]*))?$/i.exec(uri);
  if (found === null) return undefined;
  return { bucket: found[1] ?? '', key: found[2] ?? '' };
}

/** `s3://bucket/key`, as Athena and the command line take it: keys are not URL-encoded. */
export function formatS3Uri({ bucket, key }: S3Place): string {
  return `s3://${bucket}/${key}`;
}

/** The last part of a key or prefix, a prefix with its slash: `year=2024/` of `raw/year=2024/`. */
export function lastPart(key: string): string {
  return key.slice(key.lastIndexOf('/', key.length - 2) + 1);
}
