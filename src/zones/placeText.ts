import { Problem } from '../base/problem';
import { parseS3Uri, type S3Place } from './s3Uri';

/**
 * The place that a text names: an `s3://` address, an ARN, or a link to S3 or its console, as they are pasted. A Problem
 * says what is wrong with it.
 */
export function placeFrom(text: string): S3Place {
  const given = unquoted(text.trim());
  if (given === '')
    throw new Problem('No address was given: write it as s3://bucket/prefix/ or s3://bucket/key.', 'invalid');
  const place = parseS3Uri(given) ?? fromArn(given) ?? fromLink(given);
  if (place === undefined) {
    throw new Problem(
      `${shortened(given)} is no address in S3: write it as s3://bucket/prefix/ or s3://bucket/key.`,
      'invalid',
    );
  }
  const fault = bucketFault(place.bucket);
  if (fault !== undefined)
    throw new Problem(`${shortened(place.bucket)} is no name of a bucket: ${fault}.`, 'invalid');
  if (Buffer.byteLength(place.key) > mostKeyBytes) {
    throw new Problem(
      `The key ${shortened(place.key)} is longer than the 1,024 bytes that S3 takes: check what was pasted.`,
      'invalid',
    );
  }
  return place;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const mostKeyBytes = 1024;

/** `'s3://…'` as SQL has it, `<s3://…>` as letters have it. */
function unquoted(text: string): string {
  return /^(['"`])(.*)\1[;,]?$/s.exec(text)?.[2] ?? /^<(.*)>$/s.exec(text)?.[1] ?? text;
}

function fromArn(text: string): S3Place | undefined {
  const found = /^arn:aws[\w-]*:s3:::([^/\s]+)(?:\/([\s\S]*))?$/.exec(text);
  return found === null ? undefined : { bucket: found[1] ?? '', key: found[2] ?? '' };
}

/** Links of the console, virtual-hosted and path-style addresses; keys in them are URL-encoded. */
function fromLink(text: string): S3Place | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const path = decoded(url.pathname.slice(1));
  if (/(^|\.)console\.(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)$/.test(url.hostname)) {
    const bucket = /^s3\/(?:buckets|object|upload)\/([^/]+)/.exec(path)?.[1];
    return bucket === undefined ? undefined : { bucket, key: url.searchParams.get('prefix') ?? '' };
  }
  const host =
    /^(?:(.+)\.)?s3[.-](?:(?:dualstack|fips|website)[.-])?(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/.exec(
      url.hostname,
    );
  if (host === null) return undefined;
  if (host[1] !== undefined) return { bucket: host[1], key: path };
  const slash = path.indexOf('/');
  const [bucket, key] = slash < 0 ? [path, ''] : [path.slice(0, slash), path.slice(slash + 1)];
  return bucket === '' ? undefined : { bucket, key };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a bare percent sign
  }
}

/**
 * What is wrong with a bucket's name; buckets from before 2018 may have capitals, underscores and up to 255 characters
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
 */
function bucketFault(name: string): string | undefined {
  if (name.length < 3 || name.length > 255) return 'it has to have 3 to 63 characters';
  if (!/^[A-Za-z0-9._-]+$/.test(name)) return 'only letters, digits, dots and hyphens may stand in it';
  if (/^[.-]|[.-]$|\.\./.test(name)) return 'it begins and ends with a letter or digit, and no two dots meet';
  return undefined;
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
