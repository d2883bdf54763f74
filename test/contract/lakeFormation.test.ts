import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startLake, type TestLake } from '../support/localLake';

// By plain requests: the clients of these two services are no dependency of the product.
describe('Lake Formation and S3 Tables on the local lake', () => {
  let lake: TestLake;
  before(async () => {
    lake = await startLake();
  });
  after(() => lake.stop());

  type Answer = Readonly<Record<string, unknown>>;
  const ask = async (name: string, input: object): Promise<Answer> => {
    const response = await fetch(`${lake.endpoint}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return { ...((await response.json()) as Answer), status: response.status };
  };
  const tables = async (path: string): Promise<Answer> => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=ANY/20260101/us-east-1/s3tables/aws4_request';
    const response = await fetch(`${lake.endpoint}${path}`, { headers: { authorization } });
    return { ...((await response.json()) as Answer), status: response.status };
  };
  const who = (answer: Answer, member: string) =>
    (
      answer[member] as readonly {
        readonly Principal: { readonly DataLakePrincipalIdentifier: string };
        readonly Permissions: readonly string[];
      }[]
    ).map(
      ({ Principal, Permissions }) =>
        `${Principal.DataLakePrincipalIdentifier.split('/').at(-1)}: ${Permissions.join()}`,
    );

  test('grants are listed by principal, kind and resource, in pages', async () => {
    const Table = { DatabaseName: 'centralbank_data', Name: 'customers' };
    assert.deepEqual(
      who(await ask('ListPermissions', { Resource: { Table } }), 'PrincipalResourcePermissions'),
      ['DataAnalyst: SELECT', 'DataEngineer: ALTER,DELETE,DESCRIBE,INSERT,SELECT'],
    );
    assert.deepEqual(
      who(await ask('ListPermissions', { ResourceType: 'DATA_LOCATION' }), 'PrincipalResourcePermissions'),
      ['DataEngineer: DATA_LOCATION_ACCESS'],
    );
    const DataLakePrincipalIdentifier = 'arn:aws:iam::111122223333:role/DataAnalyst';
    const first = await ask('ListPermissions', { Principal: { DataLakePrincipalIdentifier }, MaxResults: 1 });
    const second = await ask('ListPermissions', {
      Principal: { DataLakePrincipalIdentifier },
      MaxResults: 1,
      NextToken: first['NextToken'],
    });
    assert.deepEqual(
      [...who(first, 'PrincipalResourcePermissions'), ...who(second, 'PrincipalResourcePermissions')],
      ['DataAnalyst: DESCRIBE', 'DataAnalyst: SELECT'],
    );
    assert.equal(second['NextToken'], undefined);
  });

  test('settings, registered places and what holds for a path', async () => {
    const settings = await ask('GetDataLakeSettings', {});
    assert.match(JSON.stringify(settings['DataLakeSettings']), /role\/LakeAdministrator/);
    const { ResourceInfoList } = await ask('ListResources', {});
    assert.equal((ResourceInfoList as readonly unknown[]).length, 1);
    const FilterConditionList = [
      { Field: 'RESOURCE_ARN', ComparisonOperator: 'CONTAINS', StringValueList: ['nowhere'] },
    ];
    assert.deepEqual((await ask('ListResources', { FilterConditionList }))['ResourceInfoList'], []);
    const ResourceArn = 'arn:aws:s3:::centralbank-data-lake/processed/customers';
    const grants = who(await ask('GetEffectivePermissionsForPath', { ResourceArn }), 'Permissions');
    assert.ok(
      grants.includes('DataAnalyst: SELECT') && grants.includes('DataEngineer: DATA_LOCATION_ACCESS'),
    );
    assert.ok(!grants.includes('IAM_ALLOWED_PRINCIPALS: ALL'), 'the ledger lies elsewhere');
    const absent = await ask('DescribeResource', { ResourceArn: 'arn:aws:s3:::none' });
    assert.deepEqual([absent['status'], absent['__type']], [400, 'EntityNotFoundException']);
  });

  test('a member that is not honoured is refused by name, and denial comes as wished', async () => {
    const answer = await ask('ListPermissions', { IncludeRelated: 'TRUE' });
    assert.match(
      String(answer['message']),
      /does not implement the member IncludeRelated of ListPermissions/,
    );
    await lake.faults({ action: 'lakeformation:ListPermissions', kind: 'denied' });
    assert.equal((await ask('ListPermissions', {}))['__type'], 'AccessDeniedException');
    await lake.faults();
  });

  test('table buckets, their namespaces and tables are listed, and one table is described', async () => {
    const buckets = (await tables('/buckets'))['tableBuckets'] as readonly { readonly arn: string }[];
    const arn = buckets[0]?.arn ?? '';
    assert.equal(arn, 'arn:aws:s3tables:us-east-1:111122223333:bucket/centralbank-tables');
    const path = encodeURIComponent(arn);
    const { namespaces } = await tables(`/namespaces/${path}`);
    assert.deepEqual(
      (namespaces as readonly { readonly namespace: readonly string[] }[]).map(({ namespace }) => namespace),
      [['risk']],
    );
    const page = await tables(`/tables/${path}?namespace=risk&maxTables=1`);
    const next = await tables(
      `/tables/${path}?maxTables=1&continuationToken=${String(page['continuationToken'])}`,
    );
    const names = [page, next].flatMap((each) =>
      (each['tables'] as readonly { readonly name: string }[]).map(({ name }) => name),
    );
    assert.deepEqual([names, next['continuationToken']], [['exposures', 'limits'], undefined]);
    const one = await tables(`/get-table?tableBucketARN=${path}&namespace=risk&name=limits`);
    assert.deepEqual([one['format'], one['status']], ['ICEBERG', 200]);
    const none = await tables(`/get-table?tableBucketARN=${path}&namespace=risk&name=none`);
    assert.deepEqual([none['status'], none['__type']], [404, 'NotFoundException']);
    assert.match(
      String((await tables('/nothing'))['message']),
      /does not implement GET \/nothing of s3tables/,
    );
  });
});
