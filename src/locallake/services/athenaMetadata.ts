import { AwsError, accountId, type Fields, type Operation } from '../service';
import type { CatalogStore } from '../store/catalogStore';
import type { Journal } from '../store/journal';
import type { SharedCatalogs } from '../store/sharedCatalogs';
import { fields, objects, text } from '../wire/input';
import { pageOf, required } from './paging';

const invalid = 'InvalidRequestException';

const ownCatalog = {
  Name: 'AwsDataCatalog',
  Type: 'GLUE',
  Description: 'AWS Glue Data Catalog',
  Parameters: { 'catalog-id': accountId },
  Status: 'CREATE_COMPLETE',
};

/** The Glue catalogs as Athena shows them: the account's own, and those of others that are registered as data catalogs. */
export function metadataOperations({
  catalog,
  shared,
  journal,
}: {
  readonly catalog: CatalogStore;
  readonly shared?: SharedCatalogs;
  readonly journal: Journal;
}): Record<string, Operation> {
  const dataCatalogs = (): readonly Fields[] => [
    ownCatalog,
    ...([...journal.all('data-catalog').values()] as readonly Fields[]),
  ];
  const named = (name: string): Fields => {
    const found = dataCatalogs().find(
      (each) => (text(each, 'Name') ?? '').toLowerCase() === name.toLowerCase(),
    );
    if (found === undefined) throw new AwsError(invalid, `Data catalog ${name} was not found`);
    return found;
  };
  const storeOf = (input: Fields): CatalogStore => {
    const id = text(fields(named(required(input, 'CatalogName', invalid)), 'Parameters'), 'catalog-id') ?? '';
    const store = id === accountId ? catalog : shared?.of(id);
    if (store === undefined) throw new AwsError('MetadataException', `Catalog ${id} not found.`);
    return store;
  };
  // Athena's name for what is not there in Glue.
  const asMetadata = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (error instanceof AwsError && error.code === 'EntityNotFoundException')
        throw new AwsError('MetadataException', error.message);
      throw error;
    }
  };
  return {
    ListDataCatalogs: {
      members: ['NextToken', 'MaxResults'],
      run: (input) => {
        const all = dataCatalogs().map(({ Name, Type, Status }) => ({ CatalogName: Name, Type, Status }));
        const { items, next } = pageOf(all, input, { default: 50, most: 50, invalid });
        return { DataCatalogsSummary: items, ...next };
      },
    },
    GetDataCatalog: {
      members: ['Name'],
      run: (input) => ({ DataCatalog: named(required(input, 'Name', invalid)) }),
    },
    ListDatabases: {
      members: ['CatalogName', 'NextToken', 'MaxResults'],
      run: (input) => {
        const { items, next } = pageOf(storeOf(input).databases(), input, { default: 50, most: 50, invalid });
        return {
          DatabaseList: items.map((database) =>
            kept({
              Name: database['Name'],
              Description: database['Description'],
              Parameters: database['Parameters'],
            }),
          ),
          ...next,
        };
      },
    },
    ListTableMetadata: {
      members: ['CatalogName', 'DatabaseName', 'Expression', 'NextToken', 'MaxResults'],
      run: (input) => {
        const store = storeOf(input);
        const expression = text(input, 'Expression');
        const matches = expression === undefined ? undefined : new RegExp(expression);
        const tables = asMetadata(() => store.tables(required(input, 'DatabaseName', invalid)));
        const all = tables.filter(
          (table) => matches === undefined || matches.test(text(table, 'Name') ?? ''),
        );
        const { items, next } = pageOf(all, input, { default: 50, most: 50, invalid });
        return { TableMetadataList: items.map(tableMetadata), ...next };
      },
    },
    GetTableMetadata: {
      members: ['CatalogName', 'DatabaseName', 'TableName'],
      run: (input) => {
        const store = storeOf(input);
        const name = {
          database: required(input, 'DatabaseName', invalid),
          table: required(input, 'TableName', invalid),
        };
        return { TableMetadata: tableMetadata(asMetadata(() => store.table(name)).definition) };
      },
    },
  };
}

function tableMetadata(table: Fields): Fields {
  const descriptor = fields(table, 'StorageDescriptor');
  const serde = fields(descriptor, 'SerdeInfo');
  const column = ({ Name, Type, Comment }: Fields): Fields => kept({ Name, Type, Comment });
  return kept({
    Name: table['Name'],
    CreateTime: table['CreateTime'],
    TableType: table['TableType'],
    Columns: objects(descriptor, 'Columns').map(column),
    PartitionKeys: objects(table, 'PartitionKeys').map(column),
    Parameters: kept({
      ...fields(table, 'Parameters'),
      location: descriptor['Location'],
      inputformat: descriptor['InputFormat'],
      outputformat: descriptor['OutputFormat'],
      'serde.serialization.lib': serde['SerializationLibrary'],
    }),
  });
}

function kept(all: Fields): Fields {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
