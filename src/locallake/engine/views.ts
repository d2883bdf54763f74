import type { Fields } from '../service';
import { isFields, text } from '../wire/input';

/** The query of a view as Athena stores it, undefined for a table: `/* Presto View: <base64 of JSON> *\/`. */
export function viewText(definition: Fields): string | undefined {
  if (text(definition, 'TableType') !== 'VIRTUAL_VIEW') return undefined;
  const [, encoded = ''] = /Presto View: ([\w+/=]+)/.exec(text(definition, 'ViewOriginalText') ?? '') ?? [];
  const content: unknown = encoded === '' ? {} : JSON.parse(Buffer.from(encoded, 'base64').toString());
  return isFields(content) ? text(content, 'originalSql') : undefined;
}

/** The TableInput of a view. */
export function viewInput(
  name: string,
  view: {
    readonly sql: string;
    readonly database: string;
    readonly columns: readonly { readonly name: string; readonly hive: string; readonly athena: string }[];
  },
): Fields {
  const content = {
    originalSql: view.sql,
    catalog: 'awsdatacatalog',
    schema: view.database,
    columns: view.columns.map(({ name: column, athena }) => ({ name: column, type: athena })),
  };
  return {
    Name: name,
    TableType: 'VIRTUAL_VIEW',
    Parameters: { presto_view: 'true', comment: 'Presto View' },
    PartitionKeys: [],
    StorageDescriptor: {
      Columns: view.columns.map(({ name: column, hive }) => ({ Name: column, Type: hive })),
      Location: '',
      Compressed: false,
      NumberOfBuckets: 0,
      SerdeInfo: {},
      BucketColumns: [],
      SortColumns: [],
      Parameters: {},
      StoredAsSubDirectories: false,
    },
    ViewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(content)).toString('base64')} */`,
    ViewExpandedText: '/* Presto View */',
  };
}
