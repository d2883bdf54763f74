import { Problem } from '../base/problem';
import { parseS3Uri } from '../zones/s3Uri';

/** `s3://bucket/prefix` as a place below which files are looked for; a Problem for anything else. */
export function prefixOf(uri: string): { readonly bucket: string; readonly prefix: string } {
  const place = parseS3Uri(uri);
  if (place === undefined) {
    throw new Problem(`${uri} is no place in S3: write it as s3://bucket/prefix/.`, 'invalid');
  }
  const { bucket, key } = place;
  return { bucket, prefix: key === '' || key.endsWith('/') ? key : `${key}/` };
}
