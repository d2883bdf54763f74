import { AwsError, accountId, type Fields, type Operation, region } from '../service';
import type { Journal } from '../store/journal';
import { number, text, texts } from '../wire/input';
import type { RestCall, RestRoute } from './lambda';
import { restOperation, signedService } from './restJson';

const invalid = 'BadRequestException';

/**
 * Finds what a request asks of S3 Tables, which is told by the service it is signed for: its paths look like S3's own.
 * Undefined for other requests. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_S3_Tables.html
 */
export function s3TablesRoute(journal: Journal, call: RestCall): RestRoute | undefined {
  if (signedService(call) !== 's3tables') return undefined;
  const [first = '', arn = ''] = call.path.slice(1).split('/').map(decodeURIComponent);
  const input: Fields = {
    ...Object.fromEntries(
      [...call.query].map(([name, value]) => [name, name.startsWith('max') ? Number(value) : value]),
    ),
    ...(arn === '' ? {} : { tableBucketARN: arn }),
  };
  const names: Readonly<Record<string, string>> = {
    buckets: arn === '' ? 'ListTableBuckets' : 'GetTableBucket',
    namespaces: 'ListNamespaces',
    tables: 'ListTables',
    'get-table': 'GetTable',
  };
  const name = call.method === 'GET' ? names[first] : undefined;
  const operation = name === undefined ? undefined : operations(journal)[name];
  if (name === undefined || operation === undefined) {
    const what = `${call.method} ${call.path}`;
    return restOperation(`s3tables:${call.method}`, refused(what), { input: {}, invalid });
  }
  return restOperation(`s3tables:${name}`, operation, { input, invalid });
}

function refused(what: string): Operation {
  return {
    members: [],
    run: () => {
      throw new AwsError('NotFoundException', `The local lake does not implement ${what} of s3tables.`, {
        status: 404,
      });
    },
  };
}

function operations(journal: Journal): Readonly<Record<string, Operation>> {
  const all = (kind: string): readonly Fields[] => [...journal.all(kind).values()] as readonly Fields[];
  const bucketOf = (input: Fields): Fields => {
    const arn = text(input, 'tableBucketARN') ?? '';
    const found = all('table-bucket').find((bucket) => bucket['arn'] === arn);
    if (found === undefined)
      throw new AwsError('NotFoundException', 'The specified table bucket does not exist.', { status: 404 });
    return found;
  };
  const inside = (bucket: Fields, kind: string): readonly Fields[] =>
    all(kind)
      .filter((each) => each['tableBucketId'] === bucket['tableBucketId'])
      .toSorted((a, b) => (String(a['name']) < String(b['name']) ? -1 : 1));
  return {
    ListTableBuckets: {
      members: ['prefix', 'continuationToken', 'maxBuckets'],
      run: (input) => {
        const some = all('table-bucket').filter(({ name }) =>
          String(name).startsWith(text(input, 'prefix') ?? ''),
        );
        return paged('tableBuckets', some, { input, limit: 'maxBuckets' });
      },
    },
    GetTableBucket: { members: ['tableBucketARN'], run: bucketOf },
    ListNamespaces: {
      members: ['tableBucketARN', 'prefix', 'continuationToken', 'maxNamespaces'],
      run: (input) => {
        const some = inside(bucketOf(input), 'table-namespace')
          .filter(({ name }) => String(name).startsWith(text(input, 'prefix') ?? ''))
          .map((each) => picked(each, namespaced));
        return paged('namespaces', some, { input, limit: 'maxNamespaces' });
      },
    },
    ListTables: {
      members: ['tableBucketARN', 'namespace', 'prefix', 'continuationToken', 'maxTables'],
      run: (input) => {
        const namespace = text(input, 'namespace');
        const some = inside(bucketOf(input), 'bucket-table')
          .filter(
            (table) =>
              (namespace === undefined || texts(table, 'namespace').join('.') === namespace) &&
              String(table['name']).startsWith(text(input, 'prefix') ?? ''),
          )
          .map((table) => picked(table, listed));
        return paged('tables', some, { input, limit: 'maxTables' });
      },
    },
    GetTable: {
      members: ['tableBucketARN', 'namespace', 'name', 'tableArn'],
      run: (input) => {
        const arn = text(input, 'tableArn');
        const found =
          arn === undefined
            ? inside(bucketOf(input), 'bucket-table').find(
                (table) =>
                  table['name'] === input['name'] &&
                  texts(table, 'namespace').join('.') === input['namespace'],
              )
            : all('bucket-table').find((table) => table['tableARN'] === arn);
        if (found === undefined)
          throw new AwsError('NotFoundException', 'The specified table does not exist.', { status: 404 });
        return found;
      },
    },
  };
}

const listed = [
  'namespace',
  'name',
  'type',
  'tableARN',
  'createdAt',
  'modifiedAt',
  'namespaceId',
  'tableBucketId',
];

const namespaced = ['namespace', 'createdAt', 'createdBy', 'ownerAccountId', 'namespaceId', 'tableBucketId'];

function picked(table: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(table).filter(([name]) => names.includes(name)));
}

function paged(
  member: string,
  all: readonly Fields[],
  { input, limit }: { readonly input: Fields; readonly limit: string },
): Fields {
  const most = number(input, limit) ?? 1000;
  if (!Number.isInteger(most) || most < 1 || most > 1000)
    throw new AwsError(invalid, `${limit} must be between 1 and 1000.`);
  const start = Number(text(input, 'continuationToken')?.replace(/^at-/, '') ?? 0);
  if (!Number.isInteger(start)) throw new AwsError(invalid, 'The continuation token is not valid.');
  const end = start + most;
  return {
    [member]: all.slice(start, end),
    ...(end < all.length ? { continuationToken: `at-${end}` } : {}),
  };
}

/** The ARN of a table bucket of this account. */
export function tableBucketArn(name: string): string {
  return `arn:aws:s3tables:${region}:${accountId}:bucket/${name}`;
}
