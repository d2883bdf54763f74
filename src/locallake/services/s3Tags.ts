import { AwsError } from '../service';
import { childrenOf, childText, child, malformedXml, type XmlElement } from '../wire/xmlReader';

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** The tags of `x-amz-tagging`, which are written as query parameters. */
export function tagsOfHeader(header: string): Tags {
  const pairs = [...new URLSearchParams(header)];
  return checkedTags(pairs);
}

/** The tags of a `Tagging` document. */
export function tagsOfXml(tagging: XmlElement): Tags {
  const set = child(tagging, 'TagSet');
  if (set === undefined) throw malformedXml();
  return checkedTags(
    childrenOf(set, 'Tag').map((tag) => {
      const key = childText(tag, 'Key');
      const value = childText(tag, 'Value');
      if (key === undefined || value === undefined) throw malformedXml();
      return [key, value] as const;
    }),
  );
}

// Ten tags of 128 and 256 characters: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
function checkedTags(pairs: readonly (readonly [key: string, value: string])[]): Tags {
  if (pairs.length > 10) throw new AwsError('BadRequest', 'Object tags cannot be greater than 10');
  const seen = new Set<string>();
  for (const [key, value] of pairs) {
    if (key === '' || key.length > 128 || !allowed.test(key))
      throw invalidTag('The TagKey you have provided is invalid', { TagKey: key });
    if (value.length > 256 || !allowed.test(value))
      throw invalidTag('The TagValue you have provided is invalid', { TagKey: key, TagValue: value });
    if (seen.has(key)) throw invalidTag('Cannot provide multiple Tags with the same key', { TagKey: key });
    seen.add(key);
  }
  return Object.fromEntries(pairs);
}

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function invalidTag(message: string, fields: Record<string, string>): AwsError {
  return new AwsError('InvalidTag', message, { fields });
}
