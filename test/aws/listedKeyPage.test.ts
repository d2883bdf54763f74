import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partContents } from '../../src/aws/listedContents';
import { partKeyPage } from '../../src/aws/listedKeyPage';
import { decodeKey } from '../../src/aws/listedKeys';
import { keyPageOf, type KeyPage } from '../../src/zones/keyPage';

const usual = '<ETag>&quot;0123456789abcdef0123456789abcdef&quot;</ETag>';
const object = (key: string, rest: string): string => `<Contents><Key>${key}</Key>${rest}</Contents>`;
const whole = (inside: string, type = '<EncodingType>url</EncodingType>'): string =>
  `<?xml version="1.0"?><ListBucketResult><Prefix>p</Prefix>${type}${inside}</ListBucketResult>\n`;
const at = (moment: string): string => `<LastModified>${moment}</LastModified>`;

/** Everything of a page, row by row. */
function rowsOf(page: KeyPage): readonly (readonly [string, number, number, string, number, number])[] {
  return Array.from({ length: page.count }, (_, row) => [
    page.key(row),
    page.bytes[row] ?? -1,
    page.modified[row] ?? -1,
    page.storageClass(row),
    page.alike[row] ?? -1,
    page.folder[row] ?? -1,
  ]);
}

/** What reading object by object gives for the same answer. */
function slowly(xml: string): ReturnType<typeof rowsOf> {
  const objects = partContents(xml)?.objects ?? [];
  return rowsOf(keyPageOf(objects.map((one) => ({ ...one, key: decodeKey(one.key) }))));
}

const rows: Readonly<Record<string, readonly string[]>> = {
  'what S3 writes': [
    object(
      'a/x.parquet',
      `${at('2024-02-29T23:59:58.123Z')}${usual}<Size>12</Size><StorageClass>STANDARD</StorageClass>`,
    ),
    object(
      'a/y.parquet',
      `${at('1970-01-01T00:00:00.000Z')}${usual}<Size>0</Size><StorageClass>STANDARD</StorageClass>`,
    ),
    object(
      'a/y.csv',
      `${at('2100-03-01T12:00:00.000Z')}${usual}<Size>9007199254740991</Size><StorageClass>STANDARD_IA</StorageClass>`,
    ),
    object(
      'a/z.csv',
      `${at('2000-02-29T00:00:00.000Z')}${usual}<Size>1</Size><StorageClass>STANDARD</StorageClass>`,
    ),
  ],
  'uploads in parts, checksums, owners and restores': [
    object(
      'a',
      `${at('2024-01-01T00:00:00.000Z')}<ETag>&quot;0123456789abcdef0123456789abcdef-12&quot;</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><Size>5</Size><Owner><ID>1</ID></Owner><RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress></RestoreStatus><StorageClass>GLACIER</StorageClass>`,
    ),
    object('b', `<Size>7</Size>${at('2024-01-01T00:00:00Z')}`),
    object('c', '<Size>8</Size>'),
  ],
  'keys of every kind': [
    'a+b/100%25/x%3Ay/%C3%BC.csv',
    'a+b/100%25/x%3Ay/%F0%9F%98%80.csv',
    'a/',
    'a//',
    'a//b',
    'a/b.x/',
    'dt%3D__HIVE_DEFAULT_PARTITION__/c.csv.gz',
    'dt%3D__HIVE_DEFAULT_PARTITION__/d.csv.gz',
    'dt%3D__HIVE_DEFAULT_PARTITION__/d.json.gz',
    'DT%3D1/.hidden',
    '%26%3C%3E',
    'no-dot',
  ].map((key) =>
    object(
      key,
      `${at('2024-01-01T00:00:00.000Z')}${usual}<Size>3</Size><StorageClass>STANDARD</StorageClass>`,
    ),
  ),
};
for (const [title, objects] of Object.entries(rows)) {
  test(`a page read from its bytes is what it is read object by object: ${title}`, () => {
    const xml = whole(objects.join(''));
    const parted = partKeyPage(Buffer.from(xml));
    assert.ok(parted !== undefined);
    assert.deepEqual(rowsOf(parted.page), slowly(xml));
    assert.equal(parted.rest, whole(''));
    assert.equal(parted.page.count, objects.length);
  });
}

const { 'what S3 writes': some = [] } = rows;
const left: Readonly<Record<string, string>> = {
  'an error': '<Error><Code>SlowDown</Code></Error>',
  nothing: '',
  'no object': whole(''),
  'half an answer': whole(some.join('')).slice(0, -30),
  'half an object': whole(some.join('')).slice(0, 300),
  'keys that are not encoded': whole(some.join(''), ''),
  'two runs of objects': whole(`${some[0] ?? ''}<IsTruncated>false</IsTruncated>${some[1] ?? ''}`),
  'a size that is none': whole(object('a', '<Size>many</Size>')),
  'an empty size': whole(object('a', '<Size></Size>')),
  'no size': whole(object('a', '<StorageClass>STANDARD</StorageClass>')),
  'no key first': whole('<Contents><Size>1</Size><Key>a</Key></Contents>'),
  'another form of moment': whole(object('a', `${at('Mon, 01 Jan 2024')}<Size>1</Size>`)),
  'more than S3 gives': whole((some[0] ?? '').repeat(1001)),
};
for (const [title, xml] of Object.entries(left)) {
  test(`${title} is left to be read object by object`, () => {
    assert.equal(partKeyPage(Buffer.from(xml)), undefined);
  });
}
