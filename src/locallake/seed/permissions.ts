import { accountId, type Fields } from '../service';
import { tableBucketArn } from '../services/s3Tables';
import type { Journal } from '../store/journal';
import { icebergPrefix } from './iceberg';
import { icebergMetadata } from './icebergFiles';
import { demoDatabase, lakeBucket } from './seedWriter';

const role = (name: string): Fields => ({
  DataLakePrincipalIdentifier: `arn:aws:iam::${accountId}:role/${name}`,
});
const day = 1_717_200_000;

/** Who may do what to the bank's lake, as Lake Formation keeps it, and a bucket of S3 Tables. */
export function seedPermissions(journal: Journal): void {
  journal.put('lf-settings', 'settings', {
    DataLakeAdmins: [role('LakeAdministrator')],
    ReadOnlyAdmins: [],
    CreateDatabaseDefaultPermissions: [],
    CreateTableDefaultPermissions: [],
    Parameters: { CROSS_ACCOUNT_VERSION: '4' },
    TrustedResourceOwners: [],
    AllowExternalDataFiltering: false,
  });
  const arn = `arn:aws:s3:::${lakeBucket}/processed`;
  journal.put('lf-location', arn, {
    ResourceArn: arn,
    RoleArn: `arn:aws:iam::${accountId}:role/LakeFormationDataAccess`,
    LastModified: day,
    WithFederation: false,
    HybridAccessEnabled: true,
  });
  const CatalogId = accountId;
  const table = { CatalogId, DatabaseName: demoDatabase, Name: 'customers' };
  const grants: readonly (readonly [principal: Fields, resource: Fields, permissions: readonly string[]])[] =
    [
      [
        role('LakeAdministrator'),
        { Database: { CatalogId, Name: demoDatabase } },
        ['ALL', 'CREATE_TABLE', 'DESCRIBE'],
      ],
      [role('DataAnalyst'), { Database: { CatalogId, Name: demoDatabase } }, ['DESCRIBE']],
      [
        role('DataAnalyst'),
        { TableWithColumns: { ...table, ColumnWildcard: { ExcludedColumnNames: ['email', 'contact'] } } },
        ['SELECT'],
      ],
      [role('DataEngineer'), { Table: table }, ['ALTER', 'DELETE', 'DESCRIBE', 'INSERT', 'SELECT']],
      [role('DataEngineer'), { DataLocation: { CatalogId, ResourceArn: arn } }, ['DATA_LOCATION_ACCESS']],
      [
        { DataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS' },
        { Table: { CatalogId, DatabaseName: demoDatabase, Name: 'ledger_entries' } },
        ['ALL'],
      ],
    ];
  for (const [at, [Principal, Resource, Permissions]] of grants.entries()) {
    journal.put('lf-grant', String(at), {
      Principal,
      Resource,
      Permissions,
      PermissionsWithGrantOption: Permissions.includes('ALL') && at === 0 ? Permissions : [],
      LastUpdated: day,
      LastUpdatedBy: `arn:aws:iam::${accountId}:role/LakeAdministrator`,
    });
  }
  seedTableBucket(journal);
}

function seedTableBucket(journal: Journal): void {
  const tableBucketId = '1f0c4a52-0000-4000-8000-00000000000a';
  const namespaceId = '1f0c4a52-0000-4000-8000-00000000000b';
  const createdAt = '2024-11-04T09:00:00Z';
  const bucketArn = tableBucketArn('centralbank-tables');
  journal.put('table-bucket', 'centralbank-tables', {
    arn: bucketArn,
    name: 'centralbank-tables',
    ownerAccountId: accountId,
    createdAt,
    tableBucketId,
    type: 'customer',
  });
  journal.put('table-namespace', 'risk', {
    name: 'risk',
    namespace: ['risk'],
    createdAt,
    createdBy: accountId,
    ownerAccountId: accountId,
    namespaceId,
    tableBucketId,
  });
  for (const [at, name] of ['exposures', 'limits'].entries()) {
    const warehouse = `s3://1f0c4a52-${at}-centralbank--table-s3`;
    journal.put('bucket-table', name, {
      name,
      type: 'customer',
      tableARN: `${bucketArn}/table/1f0c4a52-0000-4000-8000-00000000001${at}`,
      namespace: ['risk'],
      namespaceId,
      versionToken: `0000000000000000000${at}`,
      // No bucket stands behind a table bucket here: one table's metadata lies with the demo's Iceberg table.
      metadataLocation:
        name === 'exposures'
          ? `s3://${lakeBucket}/${icebergPrefix}${icebergMetadata}`
          : `${warehouse}/metadata/00001-1f0c4a52.metadata.json`,
      warehouseLocation: warehouse,
      createdAt,
      createdBy: accountId,
      modifiedAt: '2024-12-30T02:00:00Z',
      modifiedBy: accountId,
      ownerAccountId: accountId,
      format: 'ICEBERG',
      tableBucketId,
    });
  }
}
