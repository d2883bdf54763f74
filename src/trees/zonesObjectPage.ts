import { formatBytes, formatCount, formatDuration } from '../base/format';
import type { Encryption, ObjectDetails } from '../zones/objectDetails';
import { objectFormat } from '../zones/objectFormat';
import type { ReadObject } from '../zones/readObject';
import { formatS3Uri, lastPart, type S3Place } from '../zones/s3Uri';
import { cell, code, line, tableOfRows } from './tablePageMarkdown';

/** The page of an object, Markdown: what S3 tells of it, and what could not be read. */
export function objectPage(place: S3Place, found: ReadObject, now: Date): string {
  const { details, tags, versioning, bucketEncryption, problems } = found;
  const parts = [
    `# ${cell(lastPart(place.key))}`,
    code(formatS3Uri(place)),
    ...(problems.length === 0
      ? []
      : ['## Could not be read', problems.map(({ message }) => `- ${cell(message)}`).join('\n')]),
    ...(details === undefined ? [] : ['## Object', objectLines(place, details, now)]),
    '## Protection',
    [
      ...(details === undefined
        ? []
        : [line('Encryption', encryptionText(details.encryption)), line('Version', details.version)]),
      line(
        'Versioning of the bucket',
        versioning === undefined ? undefined : versioningText[versioning.versioning],
      ),
      versioning?.mfaDelete === true ? line('MFA delete', 'on') : '',
      line(
        'Encryption of new objects',
        bucketEncryption === undefined ? undefined : encryptionText(bucketEncryption),
      ),
    ]
      .filter((one) => one !== '')
      .join('\n'),
    ...pairs('Tags', tags, 'It has no tags.'),
    ...pairs('Metadata', details?.metadata, 'It has no metadata of its own.'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const versioningText = {
  on: 'on: earlier versions stay until a lifecycle rule ends them',
  suspended: 'suspended: earlier versions stay, new ones overwrite',
  never: 'never switched on: what is overwritten or deleted is gone',
} as const;

function objectLines({ key }: S3Place, details: ObjectDetails, now: Date): string {
  const { bytes, modifiedAt } = details;
  return [
    line(
      'Size',
      bytes < 1024 ? `${formatCount(bytes)} bytes` : `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`,
    ),
    line('Format', objectFormat(key)),
    line('Modified', modifiedAt === undefined ? undefined : `${moment(modifiedAt)}, ${age(modifiedAt, now)}`),
    line('Storage class', storageText(details)),
    line('Restore', restoreText(details)),
    line('Content type', details.contentType),
    line('Content encoding', details.contentEncoding),
    line('ETag', details.etag?.replaceAll('"', '')),
  ]
    .filter((one) => one !== '')
    .join('\n');
}

function storageText({ storageClass, archiveStatus }: ObjectDetails): string {
  return archiveStatus === undefined ? storageClass : `${storageClass}, ${archiveStatus}`;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/archived-objects.html */
function restoreText({ storageClass, archiveStatus, restore }: ObjectDetails): string | undefined {
  if (restore?.kind === 'running') return 'under way: it cannot be read yet';
  if (restore?.kind === 'restored') {
    return restore.until === undefined
      ? 'restored: it can be read'
      : `restored: it can be read until ${moment(restore.until)}`;
  }
  const archived =
    storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE' || archiveStatus !== undefined;
  return archived ? 'archived: it has to be restored before it can be read or queried' : undefined;
}

function encryptionText(encryption: Encryption | undefined): string {
  if (encryption === undefined) return 'none told';
  const { algorithm, key } = encryption;
  if (algorithm === 'AES256') return 'SSE-S3 (AES256)';
  const name = algorithm === 'aws:kms' ? 'SSE-KMS' : algorithm === 'aws:kms:dsse' ? 'DSSE-KMS' : algorithm;
  return key === undefined ? `${name} with the key of AWS` : `${name} with ${key}`;
}

function pairs(
  title: string,
  values: Readonly<Record<string, string>> | undefined,
  none: string,
): readonly string[] {
  if (values === undefined) return [];
  const rows = Object.entries(values).map(([name, value]) => [code(name), code(value)]);
  return [`## ${title}`, rows.length === 0 ? none : tableOfRows(['Name', 'Value'], rows)];
}

function moment(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function age(at: Date, now: Date): string {
  const ms = now.getTime() - at.getTime();
  if (ms < 0) return 'in the future by this computer’s clock';
  const days = Math.floor(ms / 86_400_000);
  return days >= 2 ? `${formatCount(days)} days ago` : `${formatDuration(ms)} ago`;
}
