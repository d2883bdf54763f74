import type { Operation } from './operations';
import { never, type World } from './world';

const bucket = 'centralbank-data-lake';
const body = Buffer.from('one line\n'.repeat(100));

/** What writes, copies and removes objects: each takes effect once at most, whatever became of the answer. */
export const objectOperations: readonly Operation[] = [
  {
    command: 'PutObject',
    at: { action: 's3:PutObject' },
    action: 's3:PutObject',
    use: 'saving, upload',
    repeats: 'safely',
    formless: true,
    bodiless: true,
    guarantee:
      'the same bytes again are the same object; a lost answer to a conditional write is no conflict',
    cell: async (world, number) => {
      const key = `temp/matrix/put-${number}`;
      return {
        target: `s3://${bucket}/${key}`,
        run: (ports) =>
          ports.writer.put(
            world.connection,
            { bucket, key, body, condition: { kind: 'any' }, headers: {} },
            never,
          ),
        effects: () => objectsAt(world, key),
      };
    },
  },
  {
    command: 'CreateMultipartUpload',
    at: { action: 's3:CreateMultipartUpload' },
    action: 's3:PutObject',
    use: 'upload, copy above 5 GB',
    repeats: 'safely',
    guarantee: 'a second beginning is an empty upload, which holds and costs nothing',
    cell: async (world, number) => {
      const key = `temp/matrix/begun-${number}`;
      return {
        target: `s3://${bucket}/${key}`,
        run: (ports) => ports.writer.begin(world.connection, { bucket, key, headers: {} }, never),
      };
    },
  },
  {
    command: 'UploadPart',
    at: { action: 's3:UploadPart' },
    action: 's3:PutObject',
    use: 'upload',
    repeats: 'safely',
    formless: true,
    bodiless: true,
    guarantee: 'the same number again replaces the part',
    cell: async (world, number) => {
      const place = await upload(world, `temp/matrix/part-${number}`);
      return {
        target: `s3://${bucket}/${place.key}`,
        run: (ports) => ports.writer.part(world.connection, { ...place, number: 1, body }, never),
        effects: async () => (await partsAt(world, place)).length,
      };
    },
  },
  {
    command: 'ListParts',
    at: { action: 's3:ListParts' },
    action: 's3:ListMultipartUploadParts',
    use: 'resuming an upload',
    repeats: 'safely',
    guarantee: 'reads only',
    cell: async (world, number) => {
      const place = await upload(world, `temp/matrix/parts-${number}`);
      return {
        target: `s3://${bucket}/${place.key}`,
        run: (ports) => ports.writer.parts(world.connection, place, never),
      };
    },
  },
  {
    command: 'CompleteMultipartUpload',
    at: { action: 's3:CompleteMultipartUpload' },
    action: 's3:PutObject',
    use: 'upload, copy above 5 GB',
    repeats: 'safely',
    guarantee: 'an upload that is over, with its object there, is what was asked for',
    cell: async (world, number) => {
      const place = await upload(world, `temp/matrix/complete-${number}`);
      const path = `${place.key}?partNumber=1&uploadId=${place.upload}`;
      const answer = await ask(world, path, { method: 'PUT', body });
      const part = { number: 1, etag: answer.headers.get('etag') ?? '', bytes: body.length };
      return {
        target: `s3://${bucket}/${place.key}`,
        run: (ports) =>
          ports.writer.complete(
            world.connection,
            { ...place, parts: [part], condition: { kind: 'any' } },
            never,
          ),
        effects: () => objectsAt(world, place.key),
      };
    },
  },
  {
    command: 'AbortMultipartUpload',
    at: { action: 's3:AbortMultipartUpload' },
    action: 's3:AbortMultipartUpload',
    use: 'discarding an upload',
    repeats: 'safely',
    formless: true,
    guarantee: 'an upload that is over counts as done',
    cell: async (world, number) => {
      const place = await upload(world, `temp/matrix/abort-${number}`);
      return {
        target: `s3://${bucket}/${place.key}`,
        run: (ports) => ports.writer.abort(world.connection, place, never),
        effects: async () => {
          const { status } = await ask(world, `${place.key}?uploadId=${place.upload}`);
          return status === 404 ? 1 : 0;
        },
      };
    },
  },
  {
    command: 'CopyObject',
    at: { action: 's3:CopyObject' },
    action: 's3:PutObject',
    use: 'copy, move',
    repeats: 'safely',
    guarantee: 'the same copy again is the same object',
    cell: async (world, number) => {
      const from = await source(world, `temp/matrix/from-${number}`);
      const to = { bucket, key: `temp/matrix/copy-${number}` };
      return {
        target: `s3://${bucket}/${to.key}`,
        run: (ports) => ports.writer.copy(world.connection, { from, to, condition: { kind: 'any' } }, never),
        effects: () => objectsAt(world, to.key),
      };
    },
  },
  {
    command: 'UploadPartCopy',
    at: { action: 's3:UploadPartCopy' },
    action: 's3:PutObject',
    use: 'copy above 5 GB',
    repeats: 'safely',
    guarantee: 'the same number again replaces the part',
    cell: async (world, number) => {
      const from = await source(world, `temp/matrix/part-from-${number}`);
      const { key, upload: id } = await upload(world, `temp/matrix/part-copy-${number}`);
      const range = { start: 0, end: body.length };
      const request = { from, to: { bucket, key }, upload: id, number: 1, range };
      return {
        target: `s3://${bucket}/${key}`,
        run: (ports) => ports.writer.copyPart(world.connection, request, never),
        effects: async () => (await partsAt(world, { key, upload: id })).length,
      };
    },
  },
  {
    command: 'DeleteObject',
    at: { action: 's3:DeleteObject' },
    action: 's3:DeleteObject',
    use: 'deleting one object',
    repeats: 'safely',
    formless: true,
    guarantee: 'what is gone counts as gone; what was written anew is left alone',
    cell: async (world, number) => {
      const { key, etag } = await source(world, `temp/matrix/one-${number}`);
      return {
        target: `s3://${bucket}/${key}`,
        run: (ports) => ports.writer.remove(world.connection, { bucket, objects: [{ key, etag }] }, never),
        effects: async () => 1 - (await objectsAt(world, key)),
      };
    },
  },
  {
    command: 'DeleteObjects',
    at: { action: 's3:DeleteObjects' },
    action: 's3:DeleteObject',
    use: 'delete, move, undo',
    repeats: 'safely',
    guarantee: 'what is gone counts as gone; what was written anew is left alone',
    cell: async (world, number) => {
      const objects = await Promise.all(
        ['a', 'b'].map((name) => source(world, `temp/matrix/${name}-${number}`)),
      );
      return {
        target: `s3://${bucket}`,
        run: (ports) =>
          ports.writer.remove(
            world.connection,
            { bucket, objects: objects.map(({ key, etag }) => ({ key, etag })) },
            never,
          ),
        effects: async () => 1 - (await objectsAt(world, objects[0]?.key ?? '')),
      };
    },
  },
  {
    command: 'ListObjectVersions',
    at: { action: 's3:ListObjectVersions' },
    action: 's3:ListBucketVersions',
    use: 'undo of a deletion',
    repeats: 'safely',
    guarantee: 'reads only',
    cell: async (world, number) => {
      const { key } = await source(world, `temp/matrix/versions-${number}`);
      return {
        target: `s3://${bucket}/${key}`,
        run: (ports) => ports.writer.marker(world.connection, { bucket, key }, never),
      };
    },
  },
];

/** Asks S3 past the product. */
async function ask(world: World, path: string, options: RequestInit = {}): Promise<Response> {
  return await fetch(`${world.lake.endpoint}/${bucket}/${path}`, options);
}

async function objectsAt(world: World, key: string): Promise<number> {
  return (await ask(world, key, { method: 'HEAD' })).ok ? 1 : 0;
}

async function source(world: World, key: string) {
  const answer = await ask(world, key, { method: 'PUT', body });
  return { bucket, key, etag: answer.headers.get('etag') ?? '' };
}

async function upload(world: World, key: string) {
  const text = await (await ask(world, `${key}?uploads`, { method: 'POST' })).text();
  return { bucket, key, upload: /<UploadId>([^<]+)</.exec(text)?.[1] ?? '' };
}

async function partsAt(
  world: World,
  place: { readonly key: string; readonly upload: string },
): Promise<readonly string[]> {
  const text = await (await ask(world, `${place.key}?uploadId=${place.upload}`)).text();
  return text.match(/<PartNumber>/g) ?? [];
}
