import type { BucketLifecycle } from '../../src/storage/bucketStorage';
import type { Operation } from './operations';
import { never, type World } from './world';

const lifecycle: BucketLifecycle = {
  minimumSize: 'all_storage_classes_128K',
  rules: [{ ID: 'temp', Status: 'Enabled', Filter: { Prefix: 'temp/' }, Expiration: { Days: 7 } }],
};

/** What decides how long a bucket keeps its objects: read, put in place of another, taken away. */
export const storageOperations: readonly Operation[] = [
  {
    command: 'GetBucketLifecycleConfiguration',
    at: { action: 's3:GetBucketLifecycleConfiguration' },
    action: 's3:GetLifecycleConfiguration',
    use: 'lifecycle, storage advice',
    repeats: 'safely',
    guarantee: 'reads only',
    cell: async ({ connection }) => ({
      target: 's3://centralbank-data-lake',
      run: (ports) => ports.storage.lifecycle(connection, { bucket: 'centralbank-data-lake' }, never),
    }),
  },
  {
    command: 'PutBucketLifecycleConfiguration',
    at: { action: 's3:PutBucketLifecycleConfiguration' },
    action: 's3:PutLifecycleConfiguration',
    use: 'applying a lifecycle',
    repeats: 'safely',
    formless: true,
    bodiless: true,
    guarantee: 'the whole configuration is put: twice is once, and the one before is kept in a file',
    cell: async (world, number) => {
      const bucket = await freshBucket(world, `lifecycle-put-${number}`);
      return {
        target: `s3://${bucket}`,
        run: (ports) => ports.storage.putLifecycle(world.connection, { bucket, lifecycle }, never),
        effects: async () => rulesAt(world, bucket),
      };
    },
  },
  {
    command: 'DeleteBucketLifecycle',
    at: { action: 's3:DeleteBucketLifecycle' },
    action: 's3:PutLifecycleConfiguration',
    use: 'applying a lifecycle without rules',
    repeats: 'safely',
    formless: true,
    guarantee: 'what is gone already stays gone, and is kept in a file',
    cell: async (world, number) => {
      const bucket = await freshBucket(world, `lifecycle-gone-${number}`);
      await send(world, `/${bucket}?lifecycle`, oneRule);
      return {
        target: `s3://${bucket}`,
        run: (ports) => ports.storage.deleteLifecycle(world.connection, { bucket }, never),
        effects: async () => 1 - (await rulesAt(world, bucket)),
      };
    },
  },
  {
    command: 'ListMultipartUploads',
    at: { action: 's3:ListMultipartUploads' },
    action: 's3:ListBucketMultipartUploads',
    use: 'storage advice',
    repeats: 'safely',
    guarantee: 'reads only',
    cell: async ({ connection }) => ({
      target: 's3://centralbank-data-lake/raw/',
      run: (ports) =>
        ports.storage.uploads(connection, { bucket: 'centralbank-data-lake', prefix: 'raw/' }, never),
    }),
  },
];

const oneRule =
  '<LifecycleConfiguration><Rule><ID>temp</ID><Status>Enabled</Status><Filter><Prefix>temp/</Prefix></Filter><Expiration><Days>7</Days></Expiration></Rule></LifecycleConfiguration>';

async function send({ lake }: World, path: string, body?: string): Promise<void> {
  const answer = await fetch(`${lake.endpoint}${path}`, {
    method: 'PUT',
    ...(body === undefined ? {} : { body }),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
}

async function freshBucket(world: World, bucket: string): Promise<string> {
  await send(world, `/${bucket}`);
  return bucket;
}

/** The rules that the lake keeps, asked past the product. */
async function rulesAt({ lake }: World, bucket: string): Promise<number> {
  const answer = await fetch(`${lake.endpoint}/${bucket}?lifecycle`);
  return ((await answer.text()).match(/<Rule>/g) ?? []).length;
}
