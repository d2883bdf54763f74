import { objectFormat } from './objectFormat';
import { formatS3Uri, type S3Place } from './s3Uri';

/** One way to write a place, ready to be pasted. */
export interface CopyForm {
  readonly id: 'uri' | 'arn' | 'console' | 'location' | 'copy' | 'spark';
  readonly title: string;
  readonly text: string;
}

/** Every way to write a place. A key that is empty or ends with a slash is a folder. */
export function copyForms(place: S3Place, region: string): readonly CopyForm[] {
  return [
    { id: 'uri', title: 'URI', text: formatS3Uri(place) },
    { id: 'arn', title: 'ARN', text: s3Arn(place, region) },
    { id: 'console', title: 'Console link', text: consoleLink(place, region) },
    { id: 'location', title: 'LOCATION of Athena', text: locationClause(place) },
    { id: 'copy', title: 'COPY of Redshift', text: copyStatement(place) },
    { id: 'spark', title: 'spark.read', text: sparkRead(place) },
  ];
}

/** `arn:aws:s3:::bucket/key`; of China and GovCloud by the region. */
export function s3Arn({ bucket, key }: S3Place, region: string): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:s3:::${bucket}${key === '' ? '' : `/${key}`}`;
}

/** The page of the S3 console that shows an object, or lists a folder. */
export function consoleLink({ bucket, key }: S3Place, region: string): string {
  const host = region.startsWith('cn-')
    ? 'console.amazonaws.cn'
    : region.startsWith('us-gov-')
      ? 'console.amazonaws-us-gov.com'
      : `${region}.console.aws.amazon.com`;
  const page = isFolder(key) ? 'buckets' : 'object';
  const query = new URLSearchParams({ region, ...(key === '' ? {} : { prefix: key }) });
  return `https://${host}/s3/${page}/${encodeURIComponent(bucket)}?${query.toString().replaceAll('+', '%20')}`;
}

/** `LOCATION 's3://bucket/folder/'`: Athena takes folders alone, so an object gives its folder. */
export function locationClause({ bucket, key }: S3Place): string {
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  return `LOCATION ${quoted(formatS3Uri({ bucket, key: folder }))}`;
}

/** `COPY table_name FROM '…' IAM_ROLE default …`; the format as the name tells, else none. */
export function copyStatement(place: S3Place): string {
  const format = copyFormats[objectFormat(place.key) ?? ''] ?? '';
  const compression = /\.(gz|gzip)$/i.test(place.key)
    ? ' GZIP'
    : /\.(zst|zstd)$/i.test(place.key)
      ? ' ZSTD'
      : '';
  return `COPY table_name FROM ${quoted(formatS3Uri(place))} IAM_ROLE default${format}${compression};`;
}

/** Compression is a parameter of text formats alone. */
const copyFormats: Readonly<Record<string, string>> = {
  Parquet: ' FORMAT AS PARQUET',
  ORC: ' FORMAT AS ORC',
  Avro: " FORMAT AS AVRO 'auto'",
  JSON: " FORMAT AS JSON 'auto'",
  CSV: ' FORMAT AS CSV',
};

/** `spark.read.parquet("s3://…")`; Parquet where the name tells nothing. */
export function sparkRead(place: S3Place): string {
  const uri = JSON.stringify(formatS3Uri(place));
  const read = sparkReaders[objectFormat(place.key) ?? ''] ?? 'parquet';
  return `spark.read.${read}(${uri})`;
}

const sparkReaders: Readonly<Record<string, string>> = {
  CSV: 'option("header", True).csv',
  JSON: 'json',
  ORC: 'orc',
  Avro: 'format("avro").load',
  text: 'text',
};

function isFolder(key: string): boolean {
  return key === '' || key.endsWith('/');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
