import { AwsError, type Fields, type Operation } from '../service';
import type { CatalogStore } from '../store/catalogStore';
import { fields, objects, text } from '../wire/input';
import { pageOf, required } from './paging';

const invalid = 'InvalidRequestException';

/** The Glue catalog as Athena shows it. */
export function metadataOperations(catalog: CatalogStore): Record<string, Operation> {
  const own = (input: Fields): void => {
    const name = required(input, 'CatalogName', invalid);
    if (name.toLowerCase() !== 'awsdatacatalog')
      throw new AwsError(invalid, `Data catalog ${name} was not found`);
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
        const all = [{ CatalogName: 'AwsDataCatalog', Type: 'GLUE' }];
        const { items, next } = pageOf(all, input, { default: 50, most: 50, invalid });
        return { DataCatalogsSummary: items, ...next };
      },
    },
    ListDatabases: {
      members: ['CatalogName', 'NextToken', 'MaxResults'],
      run: (input) => {
        own(input);
        const { items, next } = pageOf(catalog.databases(), input, { default: 50, most: 50, invalid });
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
        own(input);
        const expression = text(input, 'Expression');
        const matches = expression === undefined ? undefined : new RegExp(expression);
        const tables = asMetadata(() => catalog.tables(required(input, 'DatabaseName', invalid)));
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
        own(input);
        const name = {
          database: required(input, 'DatabaseName', invalid),
          table: required(input, 'TableName', invalid),
        };
        return { TableMetadata: tableMetadata(asMetadata(() => catalog.table(name)).definition) };
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
