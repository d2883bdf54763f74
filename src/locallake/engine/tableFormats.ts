const hadoop = 'org.apache.hadoop';
const textFiles = {
  InputFormat: `${hadoop}.mapred.TextInputFormat`,
  OutputFormat: `${hadoop}.hive.ql.io.HiveIgnoreKeyTextOutputFormat`,
};

/** What the catalog says of each format: the class names that Athena writes. */
export const tableFormats = {
  parquet: {
    InputFormat: `${hadoop}.hive.ql.io.parquet.MapredParquetInputFormat`,
    OutputFormat: `${hadoop}.hive.ql.io.parquet.MapredParquetOutputFormat`,
    SerdeInfo: {
      SerializationLibrary: `${hadoop}.hive.ql.io.parquet.serde.ParquetHiveSerDe`,
      Parameters: { 'serialization.format': '1' },
    },
  },
  json: {
    ...textFiles,
    SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe', Parameters: {} },
  },
  csv: {
    ...textFiles,
    SerdeInfo: {
      SerializationLibrary: `${hadoop}.hive.serde2.OpenCSVSerde`,
      Parameters: { separatorChar: ',', quoteChar: '"' },
    },
  },
  textfile: {
    ...textFiles,
    SerdeInfo: {
      SerializationLibrary: `${hadoop}.hive.serde2.lazy.LazySimpleSerDe`,
      Parameters: { 'serialization.format': '1' },
    },
  },
} as const;
