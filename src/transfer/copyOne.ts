import { Problem } from '../base/problem';
import type { ObjectFacts } from '../zones/objectDetails';
import type { CopyItem } from './copyPlan';
import { eachItem } from './eachItem';
import type { ObjectHeaders, ObjectPlace, UploadedPart, WriteCondition, Written } from './objectWriter';
import { largestSingle, partBytesOf, partRanges } from './partPlan';
import { unlessWritten, type WriteParts } from './putObject';

const mebi = 1024 ** 2;

/** What copies are made with. */
export interface CopyParts extends WriteParts {
  readonly facts: Pick<ObjectFacts, 'tags'>;
  /** Bytes above which a copy is made in parts; 5 GB, S3's limit, unless told. */
  readonly largest?: number;
}

/**
 * Copies one object inside S3 if its source is the one that was listed and its target as it was seen, and makes sure
 * that the whole of it arrived. Headers, tags and the storage class go along.
 */
export async function copyOne(
  parts: CopyParts,
  request: { readonly from: ObjectPlace; readonly to: ObjectPlace; readonly item: CopyItem },
  signal: AbortSignal,
): Promise<Written> {
  const { from, to, item } = request;
  const { writer, connection, calls, largest = largestSingle } = parts;
  const condition = conditionOf(item);
  const source = { ...from, etag: item.etag };
  const written =
    item.bytes > largest
      ? await copyInParts(parts, { ...request, condition }, signal)
      : await calls(() => {
          const { storageClass } = item;
          const asked = storageClass === undefined || storageClass === 'STANDARD' ? {} : { storageClass };
          return writer.copy(connection, { from: source, to, condition, ...asked }, signal);
        }).catch((error: unknown) =>
          unlessWritten({ ...parts, place: to, etag: item.etag, bytes: item.bytes }, error, signal),
        );
  if (written.etag === item.etag) return written;
  // Parts and KMS keys make other ETags of the same bytes.
  const there = await calls(() => writer.describe(connection, to, signal));
  if (there.etag === written.etag && there.bytes === item.bytes) return written;
  throw new Problem(
    `s3://${to.bucket}/${to.key} is not what was copied there from s3://${from.bucket}/${from.key}: somebody else wrote it meanwhile.`,
    'changed',
  );
}

function conditionOf({ there }: CopyItem): WriteCondition {
  if (there === undefined) return { kind: 'new' };
  return there.etag === '' ? { kind: 'any' } : { kind: 'over', etag: there.etag };
}

async function copyInParts(
  parts: CopyParts,
  request: {
    readonly from: ObjectPlace;
    readonly to: ObjectPlace;
    readonly item: CopyItem;
    readonly condition: WriteCondition;
  },
  signal: AbortSignal,
): Promise<Written> {
  const { writer, connection, calls } = parts;
  const { from, to, item, condition } = request;
  const headers = await headersOf(parts, request, signal);
  const upload = await calls(() => writer.begin(connection, { ...to, headers }, signal));
  try {
    const sent: UploadedPart[] = [];
    const source = { ...from, etag: item.etag };
    await eachItem(
      {
        // No byte passes through here: large parts cost nothing but fewer calls.
        items: partRanges(item.bytes, partBytesOf(item.bytes, parts.largest ?? 512 * mebi)),
        width: 16,
        run: async ({ number, start, end }) => {
          const range = { start, end };
          sent.push(
            await calls(() =>
              writer.copyPart(connection, { from: source, to, upload, number, range }, signal),
            ),
          );
        },
        together: true,
      },
      signal,
    );
    const inOrder = sent.toSorted((a, b) => a.number - b.number);
    return await calls(() =>
      writer.complete(connection, { ...to, upload, parts: inOrder, condition }, signal),
    );
  } catch (error) {
    // Copying again costs no transfer, and parts that nobody needs are billed.
    await writer.abort(connection, { ...to, upload }, AbortSignal.timeout(30_000)).catch(() => undefined);
    throw error;
  }
}

/** An upload in parts takes nothing from its source by itself. */
async function headersOf(
  { writer, facts, connection, calls }: CopyParts,
  { from, item }: { readonly from: ObjectPlace; readonly item: CopyItem },
  signal: AbortSignal,
): Promise<ObjectHeaders> {
  const described = await calls(() => writer.describe(connection, from, signal));
  if (described.etag !== item.etag) {
    throw new Problem(
      `s3://${from.bucket}/${from.key} was changed since it was listed, so it was not copied: list it again.`,
      'changed',
    );
  }
  // The key of another bucket may not be usable: the target's own default encrypts, as with every copy.
  const { encryption: _, ...headers } = described.headers;
  if (described.tagCount === 0) return headers;
  const tags = await calls(() => facts.tags(connection, from, signal));
  return { ...headers, tags };
}
