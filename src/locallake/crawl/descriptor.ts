import type { Fields } from '../service';
import { tableFormats as formats } from '../engine/tableFormats';
import type { FoundSchema } from './infer';

const lazySimple = 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe';

/** The storage descriptor a crawler writes for files of a schema at a location. */
export function descriptorOf(schema: FoundSchema, location: string): Fields {
  return {
    Columns: schema.columns.map(({ name, type }) => ({ Name: name, Type: type })),
    Location: location,
    Compressed: false,
    NumberOfBuckets: -1,
    BucketColumns: [],
    SortColumns: [],
    StoredAsSubDirectories: false,
    Parameters: {},
    ...formatOf(schema),
  };
}

/** The parameters a crawler writes on a table and its partitions. */
export function parametersOf(
  schema: FoundSchema,
  counted: { readonly crawler: string; readonly objects: number; readonly bytes: number },
): Readonly<Record<string, string>> {
  return {
    CrawlerSchemaDeserializerVersion: '1.0',
    CrawlerSchemaSerializerVersion: '1.0',
    UPDATED_BY_CRAWLER: counted.crawler,
    classification: schema.format,
    compressionType: 'none',
    objectCount: String(counted.objects),
    sizeKey: String(counted.bytes),
    typeOfData: 'file',
    ...(schema.format === 'csv'
      ? { delimiter: schema.delimiter ?? ',', 'skip.header.line.count': '1', areColumnsQuoted: 'false' }
      : {}),
  };
}

function formatOf(schema: FoundSchema): Fields {
  switch (schema.format) {
    case 'parquet':
    case 'json':
      return formats[schema.format];
    case 'csv':
      return {
        InputFormat: formats.csv.InputFormat,
        OutputFormat: formats.csv.OutputFormat,
        SerdeInfo: {
          SerializationLibrary: lazySimple,
          Parameters: { 'field.delim': schema.delimiter ?? ',' },
        },
      };
    case 'unknown':
      return { InputFormat: '', OutputFormat: '', SerdeInfo: { SerializationLibrary: '', Parameters: {} } };
  }
}
