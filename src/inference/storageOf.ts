import type { Table } from '../catalog/catalog';
import type { CsvDialect } from './reading';

/** What a table says of how its files are read. */
export type Storage = Pick<
  Table,
  'kind' | 'format' | 'serde' | 'inputFormat' | 'outputFormat' | 'serdeParameters' | 'parameters'
>;

const text = {
  inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
};

/** Parquet and ORC files tell their own columns; Athena finds them by name in Parquet, by position in ORC unless told. */
export function columnarStorage(format: 'parquet' | 'orc'): Storage {
  const byName = {
    serde: 'org.apache.hadoop.hive.ql.io.orc.OrcSerde',
    serdeParameters: { 'orc.column.index.access': 'false' },
  };
  const classes = {
    inputFormat: 'org.apache.hadoop.hive.ql.io.orc.OrcInputFormat',
    outputFormat: 'org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat',
  };
  return {
    kind: 'hive',
    format,
    ...(format === 'orc' ? { ...byName, ...classes } : {}),
    parameters: { classification: format },
  };
}

/** Avro's SerDe takes the schema from a property of the table (Athena User Guide, "Avro SerDe"). */
export function avroStorage(schema: string): Storage {
  return {
    kind: 'hive',
    format: 'avro',
    serde: 'org.apache.hadoop.hive.serde2.avro.AvroSerDe',
    serdeParameters: { 'avro.schema.literal': schema },
    inputFormat: 'org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat',
    outputFormat: 'org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat',
    parameters: { classification: 'avro' },
  };
}

/** OpenX's SerDe, which can rename keys and pass over broken lines (Athena User Guide, "OpenX JSON SerDe"). */
export function jsonStorage(serdeParameters: Readonly<Record<string, string>>): Storage {
  return {
    kind: 'hive',
    format: 'json',
    serde: 'org.openx.data.jsonserde.JsonSerDe',
    serdeParameters,
    ...text,
    parameters: { classification: 'json' },
  };
}

/**
 * OpenCSVSerde for fields in quotes, LazySimpleSerDe, which reads types, for all others (Athena User Guide, "CSV SerDe
 * libraries").
 */
export function csvStorage({ delimiter, quoted, header }: CsvDialect): Storage {
  return {
    kind: 'hive',
    format: 'csv',
    ...(quoted
      ? {
          serde: 'org.apache.hadoop.hive.serde2.OpenCSVSerde',
          serdeParameters: { separatorChar: delimiter, quoteChar: '"', escapeChar: '\\' },
        }
      : {
          serde: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
          serdeParameters: { 'field.delim': delimiter, 'serialization.format': delimiter },
        }),
    ...text,
    parameters: { classification: 'csv', ...(header ? { 'skip.header.line.count': '1' } : {}) },
  };
}

/** A Delta table tells its columns itself (Athena User Guide, "Query Linux Foundation Delta Lake tables"). */
export const deltaStorage: Storage = { kind: 'delta', parameters: { table_type: 'DELTA' } };
